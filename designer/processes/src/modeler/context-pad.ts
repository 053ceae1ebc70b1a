import type {AutoPlace, Create, DiagramElement, ElementFactory, Modeling, ToolEntry} from './services.js';

interface PadHost {
  registerProvider(provider: BanliContextPad): void;
}

interface Connect {
  start(event: unknown, element: DiagramElement): void;
}

/** The pad beside a selected element: append what usually follows, connect, remove. There is no "change type": that would offer what is not executed. */
export class BanliContextPad {
  static readonly $inject = ['contextPad', 'autoPlace', 'create', 'elementFactory', 'connect', 'modeling', 'translate'];

  constructor(
    contextPad: PadHost,
    private readonly autoPlace: AutoPlace,
    private readonly create: Create,
    private readonly elementFactory: ElementFactory,
    private readonly connect: Connect,
    private readonly modeling: Modeling,
    private readonly translate: (text: string) => string,
  ) {
    contextPad.registerProvider(this);
  }

  /** Buttons for several selected elements. */
  getMultiElementContextPadEntries(elements: readonly DiagramElement[]): Readonly<Record<string, ToolEntry>> {
    return {remove: {group: 'edit', className: 'bpmn-icon-trash', title: this.translate('Remove'), action: {click: () => this.modeling.removeElements([...elements])}}};
  }

  /** Buttons for one element. */
  getContextPadEntries(element: DiagramElement): Readonly<Record<string, ToolEntry>> {
    const is = (type: string): boolean => element.businessObject.$instanceOf(type);
    const entries: Record<string, ToolEntry> = {};
    const eventScope = is('bpmn:SubProcess') && element.businessObject.get('triggeredByEvent') === true;
    if (is('bpmn:FlowNode') && !is('bpmn:EndEvent') && !eventScope && !element.labelTarget) {
      entries['userTask'] = this.append('bpmn-icon-user-task', 'Person step', {type: 'bpmn:UserTask'});
      entries['serviceTask'] = this.append('bpmn-icon-service-task', 'Worker step', {type: 'bpmn:ServiceTask'});
      entries['gateway'] = this.append('bpmn-icon-gateway-xor', 'One of several ways', {type: 'bpmn:ExclusiveGateway'});
      entries['end'] = this.append('bpmn-icon-end-event-none', 'End', {type: 'bpmn:EndEvent'});
    }
    if ((is('bpmn:FlowNode') && !eventScope) || is('bpmn:TextAnnotation')) {
      const start = (event: unknown, source: DiagramElement): void => this.connect.start(event, source);
      entries['connect'] = {group: 'connect', className: 'bpmn-icon-connection-multi', title: this.translate('Connect'), action: {click: start, dragstart: start}};
    }
    if (!is('bpmn:Process')) entries['remove'] = {group: 'edit', className: 'bpmn-icon-trash', title: this.translate('Remove'), action: {click: () => this.modeling.removeElements([element])}};
    return entries;
  }

  private append(className: string, title: string, attributes: Readonly<Record<string, unknown>>): ToolEntry {
    const shape = (): DiagramElement => this.elementFactory.createShape(attributes);
    return {
      group: 'model',
      className,
      title: this.translate(title),
      action: {
        click: (_event, source) => this.autoPlace.append(source, shape()),
        dragstart: (event, source) => this.create.start(event, shape(), {source}),
      },
    };
  }
}
