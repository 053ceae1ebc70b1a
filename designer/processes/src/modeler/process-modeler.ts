import Modeler from 'bpmn-js/lib/Modeler';
import banliModdle from '@banli/bundles/moddle' with {type: 'json'};
import type {Language} from '@banli/ui';
import {BanliContextPad} from './context-pad.js';
import {BanliFactory} from './factory.js';
import {BanliPalette} from './palette.js';
import type {BpmnFactory, Canvas, CommandStack, DiagramElement, ElementRegistry, EventBus, ModdleElement, Modeling, Overlays, Selection} from './services.js';
import {createTranslate} from './words.js';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import './modeler.css';

/** An element in words, for lists. */
export interface NodeSummary {
  readonly id: string;
  readonly name: string;
  /** `bpmn:UserTask` … */
  readonly type: string;
}

/** One drawing on a canvas. Every change goes through the command stack, so it can be undone. */
export interface ProcessModeler {
  /** Shows a drawing. @throws Error when it is no BPMN or has no diagram. */
  open(xml: string): Promise<void>;
  save(): Promise<string>;
  /** Called after every change of the drawing, also after undo. */
  onChange(listener: () => void): void;
  /** Called when another element, or nothing, is selected. */
  onSelect(listener: (element: DiagramElement | null) => void): void;
  /** The selected element, or the process itself. */
  selected(): DiagramElement;
  element(id: string): DiagramElement | undefined;
  /** Selects an element and brings it into view; nothing happens for an id that is not drawn. */
  jump(id: string): void;
  fit(): void;
  /** One step nearer (1) or farther (-1). */
  zoom(step: 1 | -1): void;
  /** Puts a mark with a number and words at each element; replaces the former marks. */
  mark(marks: ReadonlyMap<string, {readonly count: number; readonly text: string}>): void;
  /** Elements of these types; of start events only that of the process, as only there somebody does something. */
  nodes(types: readonly string[]): readonly NodeSummary[];
  readonly modeling: Modeling;
  readonly factory: BpmnFactory;
  readonly commands: CommandStack;
  /** Root of the file: messages stand in it. */
  definitions(): ModdleElement;
  destroy(): void;
}

/** Makes a modeler in `container`, limited to what is executed here. The bpmn.io mark stays visible, as its licence asks. */
export function createProcessModeler(container: HTMLElement, language: Language): ProcessModeler {
  const modeler = new Modeler({
    container,
    moddleExtensions: {banli: banliModdle},
    additionalModules: [{
      bpmnFactory: ['type', BanliFactory],
      paletteProvider: ['type', BanliPalette],
      contextPadProvider: ['type', BanliContextPad],
      translate: ['value', createTranslate(language)],
    }],
  });
  const bus = modeler.get<EventBus>('eventBus');
  const canvas = modeler.get<Canvas>('canvas');
  const registry = modeler.get<ElementRegistry>('elementRegistry');
  const selection = modeler.get<Selection>('selection');
  const size = new ResizeObserver(() => canvas.resized());
  size.observe(container);
  const selected = (): DiagramElement => owner(selection.get()[0]) ?? canvas.getRootElement();
  return {
    async open(xml) {
      await modeler.importXML(xml);
      fit(canvas, readableScale);
    },
    save: async () => {
      const {xml} = await modeler.saveXML({format: true});
      if (xml === undefined) throw new Error('The drawing could not be written.');
      return xml;
    },
    onChange: listener => bus.on('commandStack.changed', () => listener()),
    onSelect: listener => bus.on('selection.changed', ({newSelection}) => listener(newSelection?.length === 1 ? owner(newSelection[0]) ?? null : null)),
    selected,
    element: id => registry.get(id),
    jump(id) {
      const element = registry.get(id);
      if (!element) return;
      const box = canvas.viewbox();
      if (box.outer.width / box.width < readableScale) canvas.viewbox({x: box.x, y: box.y, width: box.outer.width / readableScale, height: box.outer.height / readableScale});
      selection.select(element);
      canvas.scrollToElement(element);
    },
    fit: () => fit(canvas, 0),
    zoom: step => void canvas.zoom(canvas.zoom() * (step > 0 ? 1.25 : 0.8), 'auto'),
    mark: createMarks({overlays: modeler.get<Overlays>('overlays'), canvas, registry}),
    nodes: types => registry.filter(element => types.includes(element.type) && !element.labelTarget && (element.type !== 'bpmn:StartEvent' || element.businessObject.$parent?.$type === 'bpmn:Process')).map(({id, type, businessObject}) => ({id, type, name: businessObject.get<string | undefined>('name') ?? ''})),
    modeling: modeler.get<Modeling>('modeling'),
    factory: modeler.get<BpmnFactory>('bpmnFactory'),
    commands: modeler.get<CommandStack>('commandStack'),
    definitions: () => modeler.getDefinitions() as unknown as ModdleElement,
    destroy: () => {
      size.disconnect();
      modeler.destroy();
    },
  };
}

/** Smallest scale at which a drawing opens: words can be read; what does not fit lies to the right. */
const readableScale = 0.9;
const margins = {left: 128, right: 32, vertical: 32} as const;

/** Shows the whole drawing beside the palette, but no smaller than `minScale`; then its beginning. */
function fit(canvas: Canvas, minScale: number): void {
  const {inner, outer} = canvas.viewbox();
  if (inner.width === 0 || outer.width === 0) return;
  const whole = Math.min((outer.width - margins.left - margins.right) / inner.width, (outer.height - 2 * margins.vertical) / inner.height, 1);
  const scale = Math.max(whole, minScale);
  const spare = Math.max(margins.vertical, (outer.height - inner.height * scale) / 2);
  canvas.viewbox({x: inner.x - margins.left / scale, y: inner.y - spare / scale, width: outer.width / scale, height: outer.height / scale});
}

function owner(element: DiagramElement | undefined): DiagramElement | undefined {
  return element?.labelTarget ?? element;
}

/** Keeps which elements are marked, so that the next marks replace them. */
function createMarks({overlays, canvas, registry}: {readonly overlays: Overlays; readonly canvas: Canvas; readonly registry: ElementRegistry}): ProcessModeler['mark'] {
  const marked = new Set<string>();
  return marks => {
    overlays.remove({type: 'banli-problem'});
    for (const id of marked) if (registry.get(id)) canvas.removeMarker(id, 'banli-marked');
    marked.clear();
    for (const [id, {count, text}] of marks) {
      const element = registry.get(id);
      if (!element || element === canvas.getRootElement()) continue;
      overlays.add(id, 'banli-problem', {position: element.waypoints ? {top: -22} : {top: -10, right: 12}, scale: {min: 1}, html: badge(count, text)});
      canvas.addMarker(id, 'banli-marked');
      marked.add(id);
    }
  };
}

function badge(count: number, text: string): HTMLElement {
  const mark = document.createElement('div');
  mark.className = 'banli-problem-mark';
  mark.textContent = String(count);
  mark.title = text;
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', text);
  return mark;
}
