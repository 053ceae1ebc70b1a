import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import type {DiagramMarkView} from '../case/case-data.js';

/** A drawing on the screen. */
export interface Drawing {
  /** Resolves when it is drawn; rejects when the drawing cannot be read. */
  readonly ready: Promise<void>;
  /** Puts marks on elements and the flows that were taken; earlier ones go away. */
  readonly mark: (marks: readonly DiagramMarkView[], flows: readonly string[]) => void;
  readonly choose: (elementId: string | null) => void;
  /** One step nearer (1) or farther (-1). */
  readonly zoom: (step: 1 | -1) => void;
  readonly fit: () => void;
  /** At first sight: the whole drawing where its texts can be read then, else these elements. */
  readonly begin: (elementIds: readonly string[]) => void;
  /** Shows the part around these elements in a readable size; around the innermost where they lie too far apart. */
  readonly show: (elementIds: readonly string[]) => void;
  readonly close: () => void;
}

/** Below this zoom the texts of a drawing cannot be read. */
const readableScale = 0.9;
/** Room around a whole drawing, as a part of its size. */
const margin = 0.02;

interface Canvas {
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
  zoom(level?: number | 'fit-viewport', center?: 'auto'): number;
  viewbox(): {readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly scale: number; readonly inner: Shape; readonly outer: {readonly width: number; readonly height: number}};
  viewbox(box: {readonly x: number; readonly y: number; readonly width: number; readonly height: number}): void;
  resized(): void;
  scrollToElement(element: string, padding?: number): void;
}

interface Overlays {
  add(element: string, type: string, overlay: {position: {top?: number; left?: number; right?: number}; html: HTMLElement}): string;
  remove(filter: {type: string}): void;
}

interface Registry {
  get(id: string): Shape | undefined;
}

interface Shape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Parsed {
  readonly elementsById?: Readonly<Record<string, {name?: string; readonly $attrs?: Readonly<Record<string, string>>}>>;
}

/** Elements that have an English name are drawn with it. */
function sayInEnglish({elementsById = {}}: Parsed): void {
  for (const element of Object.values(elementsById)) {
    const name = element.$attrs?.['banli:nameEn'];
    if (name) element.name = name;
  }
}

/** Opens a drawing for reading: drag to move, wheel to zoom, a click chooses an element. The library's mark stays visible as its licence asks. */
export function openDrawing(container: HTMLElement, xml: string, language: 'zh-CN' | 'en', onChoose: (elementId: string | null) => void): Drawing {
  const viewer = new NavigatedViewer({container});
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  if (language === 'en') viewer.on('import.parse.complete', sayInEnglish);
  let marked: ReadonlyArray<readonly [string, string]> = [];
  let chosen: string | null = null;
  viewer.on('element.click', (event: {element: {id: string; type: string}}) => onChoose(event.element.type === 'bpmn:Process' ? null : event.element.id));
  const set = (element: string, marker: string) => {
    if (!registry.get(element)) return [];
    canvas.addMarker(element, marker);
    return [[element, marker] as const];
  };
  return {
    ready: viewer.importXML(xml).then(() => undefined),
    mark: (marks, flows) => {
      for (const [element, marker] of marked) canvas.removeMarker(element, marker);
      overlays.remove({type: 'banli-mark'});
      marked = [...marks.flatMap(mark => set(mark.elementId, `mark-${mark.status}`)), ...flows.flatMap(flow => set(flow, 'mark-taken'))];
      for (const mark of marks) {
        const html = badge(mark);
        if (html && registry.get(mark.elementId)) overlays.add(mark.elementId, 'banli-mark', {position: {top: -12, left: 4}, html});
      }
    },
    choose: elementId => {
      if (chosen && registry.get(chosen)) canvas.removeMarker(chosen, 'mark-chosen');
      chosen = elementId;
      if (elementId && registry.get(elementId)) {
        canvas.addMarker(elementId, 'mark-chosen');
        canvas.scrollToElement(elementId);
      }
    },
    zoom: step => {
      canvas.zoom(canvas.viewbox().scale * (step > 0 ? 1.25 : 0.8), 'auto');
    },
    fit: () => fitWhole(canvas),
    begin: elementIds => {
      fitWhole(canvas);
      if (canvas.viewbox().scale < readableScale) showAround(canvas, registry, elementIds);
    },
    show: elementIds => showAround(canvas, registry, elementIds),
    close: () => viewer.destroy(),
  };
}

function fitWhole(canvas: Canvas): void {
  canvas.resized();
  canvas.zoom('fit-viewport', 'auto');
  // A margin around it, so that nothing seems to be cut.
  const {x, y, width, height} = canvas.viewbox();
  canvas.viewbox({x: x - width * margin, y: y - height * margin, width: width * (1 + 2 * margin), height: height * (1 + 2 * margin)});
}

function showAround(canvas: Canvas, registry: Registry, elementIds: readonly string[]): void {
  const shapes = elementIds.flatMap(id => registry.get(id) ?? []).sort((a, b) => a.width * a.height - b.width * b.height);
  const [innermost] = shapes;
  if (!innermost) return;
  const {outer, inner} = canvas.viewbox();
  const [width, height] = [outer.width / readableScale, outer.height / readableScale];
  const all = around(shapes);
  const seen = all.width < width && all.height < height ? all : innermost;
  canvas.viewbox({x: placed(seen.x + seen.width / 2, width, inner.x, inner.width), y: placed(seen.y + seen.height / 2, height, inner.y, inner.height), width, height});
}

/** Where a part of this length begins that has a point in its middle, as far as it shows no more emptiness beside the drawing than it must. */
function placed(middle: number, length: number, from: number, whole: number): number {
  const room = length * margin;
  if (whole + 2 * room <= length) return from + whole / 2 - length / 2;
  return Math.min(Math.max(middle - length / 2, from - room), from + whole + room - length);
}

/** The smallest box around some shapes. */
function around(shapes: readonly Shape[]): Shape {
  const [x, y] = [Math.min(...shapes.map(shape => shape.x)), Math.min(...shapes.map(shape => shape.y))];
  return {x, y, width: Math.max(...shapes.map(shape => shape.x + shape.width)) - x, height: Math.max(...shapes.map(shape => shape.y + shape.height)) - y};
}

/** Persons at a current step, or how often a step was done when it was more than once. */
function badge(mark: DiagramMarkView): HTMLElement | null {
  const persons = mark.status === 'current' ? mark.persons.slice(0, 2).join('、') + (mark.persons.length > 2 ? ` +${mark.persons.length - 2}` : '') : '';
  const text = [mark.count > 1 ? `×${mark.count}` : '', persons].filter(part => part !== '').join(' ');
  if (text === '') return null;
  const element = document.createElement('div');
  element.className = `app-badge app-badge-${mark.status}`;
  element.textContent = text;
  return element;
}
