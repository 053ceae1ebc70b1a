import type {Create, DiagramElement, ElementFactory, ToolEntry} from './services.js';

interface Tool {
  activateHand?(event: unknown): void;
  activateSelection?(event: unknown): void;
  toggle?(event: unknown): void;
  start?(event: unknown): void;
}

interface PaletteHost {
  registerProvider(provider: BanliPalette): void;
  /** Says whether the entries need a second column; to be replaced where their size is another. */
  _needsCollapse(availableHeight: number, entries: Readonly<Record<string, ToolEntry>>): boolean;
}

/** Height of one entry as `modeler.css` draws it, and what surrounds all of them, in pixels. */
const entryHeight = 34;
const paletteMargin = 44;

type Translate = (text: string) => string;

/** The palette: only what is executed here; icons on the left, words on hover. */
export class BanliPalette {
  static readonly $inject = ['palette', 'create', 'elementFactory', 'handTool', 'lassoTool', 'spaceTool', 'globalConnect', 'translate'];

  constructor(
    palette: PaletteHost,
    private readonly create: Create,
    private readonly elementFactory: ElementFactory,
    private readonly handTool: Tool,
    private readonly lassoTool: Tool,
    private readonly spaceTool: Tool,
    private readonly globalConnect: Tool,
    private readonly translate: Translate,
  ) {
    palette._needsCollapse = (available, entries) => available < Object.keys(entries).length * entryHeight + paletteMargin;
    palette.registerProvider(this);
  }

  /** Buttons by id, in the order shown. */
  getPaletteEntries(): Readonly<Record<string, ToolEntry>> {
    return {
      hand: this.tool('bpmn-icon-hand-tool', 'Move the canvas', event => this.handTool.activateHand?.(event)),
      lasso: this.tool('bpmn-icon-lasso-tool', 'Select an area', event => this.lassoTool.activateSelection?.(event)),
      space: this.tool('bpmn-icon-space-tool', 'Make or remove space', event => this.spaceTool.activateSelection?.(event)),
      connect: this.tool('bpmn-icon-connection-multi', 'Connect', event => this.globalConnect.start?.(event)),
      toolSeparator: {group: 'tools', separator: true},
      userTask: this.shape('bpmn-icon-user-task', 'Person step', {type: 'bpmn:UserTask'}),
      serviceTask: this.shape('bpmn-icon-service-task', 'Worker step', {type: 'bpmn:ServiceTask'}),
      exclusiveGateway: this.shape('bpmn-icon-gateway-xor', 'One of several ways', {type: 'bpmn:ExclusiveGateway'}),
      parallelGateway: this.shape('bpmn-icon-gateway-parallel', 'All ways at once', {type: 'bpmn:ParallelGateway'}),
      clock: this.shape('bpmn-icon-intermediate-event-catch-non-interrupting-timer', 'Clock lapse at a step', {type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition', cancelActivity: false}),
      end: this.shape('bpmn-icon-end-event-none', 'End', {type: 'bpmn:EndEvent'}),
      terminate: this.shape('bpmn-icon-end-event-terminate', 'End everything here', {type: 'bpmn:EndEvent', eventDefinitionType: 'bpmn:TerminateEventDefinition'}),
      subProcess: this.scope('bpmn-icon-subprocess-expanded', 'Sub-process', {}, {}),
      clockScope: this.scope('bpmn-icon-start-event-non-interrupting-timer', 'When a clock lapses', {triggeredByEvent: true}, {eventDefinitionType: 'bpmn:TimerEventDefinition', isInterrupting: false}),
      messageScope: this.scope('bpmn-icon-start-event-non-interrupting-message', 'When a message comes', {triggeredByEvent: true}, {eventDefinitionType: 'bpmn:MessageEventDefinition', isInterrupting: false}),
      note: this.shape('bpmn-icon-text-annotation', 'Note', {type: 'bpmn:TextAnnotation'}),
    };
  }

  private tool(className: string, title: string, click: (event: unknown) => void): ToolEntry {
    return {group: 'tools', className, title: this.translate(title), action: {click}};
  }

  private shape(className: string, title: string, attributes: Readonly<Record<string, unknown>>): ToolEntry {
    const start = (event: unknown): void => this.create.start(event, this.elementFactory.createShape(attributes));
    return {group: 'elements', className, title: this.translate(title), action: {click: start, dragstart: start}};
  }

  private scope(className: string, title: string, scope: Readonly<Record<string, unknown>>, startEvent: Readonly<Record<string, unknown>>): ToolEntry {
    const start = (event: unknown): void => {
      const parent: DiagramElement = this.elementFactory.createShape({type: 'bpmn:SubProcess', x: 0, y: 0, isExpanded: true, ...scope});
      const inner = this.elementFactory.createShape({type: 'bpmn:StartEvent', x: 40, y: 82, parent, ...startEvent});
      this.create.start(event, [parent, inner], {hints: {autoSelect: [parent]}});
    };
    return {group: 'elements', className, title: this.translate(title), action: {click: start, dragstart: start}};
  }
}
