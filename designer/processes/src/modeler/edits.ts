import type {ProcessModeler} from './process-modeler.js';
import type {DiagramElement, ModdleElement} from './services.js';

/** An extension element as plain data: attributes by name; `effects` stand inside an outcome. */
export interface ExtensionData {
  readonly attributes: Readonly<Record<string, string>>;
  readonly effects?: readonly ExtensionData[];
}

/** Kinds of extension elements that the panel writes. */
export type ExtensionKind = 'banli:Assignment' | 'banli:Outcome' | 'banli:Action' | 'banli:Input';

const attributeNames: Readonly<Record<ExtensionKind | 'banli:Effect', readonly string[]>> = {
  'banli:Assignment': ['role', 'unit', 'sameAs', 'exclude', 'follow'],
  'banli:Outcome': ['id', 'name', 'nameEn', 'tone', 'requires', 'when', 'confirm', 'confirmEn', 'confirmWhen', 'batch'],
  'banli:Action': ['id', 'name', 'nameEn', 'command', 'message', 'fields', 'requires', 'when', 'clock', 'amountField', 'reasonField', 'untilField'],
  'banli:Input': ['name', 'value'],
  'banli:Effect': ['kind', 'name', 'op', 'value', 'when', 'sender', 'reason', 'column', 'right'],
};

/** Reads an attribute of an element; empty text when it is not set. */
export function readAttribute(element: DiagramElement, name: string): string {
  const value = element.businessObject.get<unknown>(name);
  return typeof value === 'string' ? value : '';
}

/** Writes attributes of an element; empty text removes one. */
export function writeAttributes(modeler: ProcessModeler, element: DiagramElement, values: Readonly<Record<string, string>>): void {
  modeler.modeling.updateProperties(element, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? undefined : value])));
}

/** Reads the extension elements of one kind, in order. */
export function readExtensions(element: DiagramElement, kind: ExtensionKind): readonly ExtensionData[] {
  return valuesOf(element).filter(value => value.$type === kind).map(value => ({
    ...plain(value, kind),
    ...(kind === 'banli:Outcome' ? {effects: (value.get<readonly ModdleElement[] | undefined>('effects') ?? []).map(effect => plain(effect, 'banli:Effect'))} : {}),
  }));
}

/** Replaces the extension elements of one kind; the others stay. */
export function writeExtensions(modeler: ProcessModeler, element: DiagramElement, kind: ExtensionKind, items: readonly ExtensionData[]): void {
  modeler.modeling.updateProperties(element, {extensionElements: extensionsWith(modeler, element, kind, items)});
}

/** Makes a step one that a worker does, with its inputs, as one step of undo. Empty `topic` takes the worker away. */
export function writeWorker(modeler: ProcessModeler, element: DiagramElement, {topic, template, inputs}: {readonly topic: string; readonly template: string; readonly inputs: readonly ExtensionData[]}): void {
  modeler.modeling.updateProperties(element, {
    'banli:topic': topic === '' ? undefined : topic,
    'banli:template': template === '' ? undefined : template,
    extensionElements: extensionsWith(modeler, element, 'banli:Input', inputs),
  });
}

/** The element's extensions with those of one kind replaced. */
function extensionsWith(modeler: ProcessModeler, element: DiagramElement, kind: ExtensionKind, items: readonly ExtensionData[]): ModdleElement | undefined {
  const {factory} = modeler;
  const made = items.map(item => {
    const created = factory.create(kind, filled(item.attributes));
    if (item.effects && item.effects.length > 0) {
      const effects = item.effects.map(effect => factory.create('banli:Effect', filled(effect.attributes)));
      for (const effect of effects) effect.$parent = created;
      created.set('effects', effects);
    }
    return created;
  });
  const kept = valuesOf(element).filter(value => value.$type !== kind);
  const order: readonly string[] = ['banli:Assignment', 'banli:Outcome', 'banli:Action', 'banli:Input'];
  const values = [...kept, ...made].sort((a, b) => order.indexOf(a.$type) - order.indexOf(b.$type));
  const extensionElements = values.length > 0 ? factory.create('bpmn:ExtensionElements', {values}) : undefined;
  for (const value of values) if (extensionElements) value.$parent = extensionElements;
  if (extensionElements) extensionElements.$parent = element.businessObject;
  return extensionElements;
}

/** FEEL condition of a flow; empty text when there is none. */
export function readCondition(flow: DiagramElement): string {
  return flow.businessObject.get<ModdleElement | undefined>('conditionExpression')?.get<string | undefined>('body') ?? '';
}

/** Writes the FEEL condition of a flow; empty text removes it. */
export function writeCondition(modeler: ProcessModeler, flow: DiagramElement, body: string): void {
  const conditionExpression = body.trim() === '' ? undefined : modeler.factory.create('bpmn:FormalExpression', {body, language: 'feel'});
  if (conditionExpression) conditionExpression.$parent = flow.businessObject;
  modeler.modeling.updateProperties(flow, {conditionExpression});
}

/** Says whether a flow is the default of its gateway. */
export function isDefault(flow: DiagramElement): boolean {
  return flow.source?.businessObject.get('default') === flow.businessObject;
}

/** Makes a flow the default of its gateway (its condition goes), or takes that back. */
export function writeDefault(modeler: ProcessModeler, flow: DiagramElement, chosen: boolean): void {
  if (!flow.source) return;
  modeler.modeling.updateProperties(flow.source, {default: chosen ? flow.businessObject : undefined});
  if (chosen) writeCondition(modeler, flow, '');
}

/** Says whether a step is done by several units at once. */
export function isMultiple(element: DiagramElement): boolean {
  return element.businessObject.get('loopCharacteristics') !== undefined;
}

/** Makes a step one that several units do at once, or takes that back. */
export function writeMultiple(modeler: ProcessModeler, element: DiagramElement, multiple: boolean): void {
  modeler.modeling.updateProperties(element, {loopCharacteristics: multiple ? modeler.factory.create('bpmn:MultiInstanceLoopCharacteristics') : undefined});
}

/** The event definition of an event, or `null`. */
export function definitionOf(element: DiagramElement): ModdleElement | null {
  return element.businessObject.get<readonly ModdleElement[] | undefined>('eventDefinitions')?.[0] ?? null;
}

/** Names of the messages in the file. */
export function readMessages(modeler: ProcessModeler): readonly string[] {
  return messages(modeler).map(message => message.get<string | undefined>('name') ?? '');
}

/** Name of the message an event waits for; empty when none is chosen. */
export function readMessage(element: DiagramElement): string {
  return definitionOf(element)?.get<ModdleElement | undefined>('messageRef')?.get<string | undefined>('name') ?? '';
}

/** Lets an event wait for a message by its name; a new name makes a new message in the file. */
export function writeMessage(modeler: ProcessModeler, element: DiagramElement, name: string): void {
  const definition = definitionOf(element);
  if (!definition) return;
  let messageRef = messages(modeler).find(message => message.get('name') === name);
  if (!messageRef) {
    const definitions = modeler.definitions();
    messageRef = modeler.factory.create('bpmn:Message', {name});
    messageRef.$parent = definitions;
    const roots = definitions.get<readonly ModdleElement[]>('rootElements');
    modeler.modeling.updateModdleProperties(element, definitions, {rootElements: [messageRef, ...roots]});
  }
  modeler.modeling.updateModdleProperties(element, definition, {messageRef});
}

function messages(modeler: ProcessModeler): readonly ModdleElement[] {
  return modeler.definitions().get<readonly ModdleElement[]>('rootElements').filter(root => root.$type === 'bpmn:Message');
}

function valuesOf(element: DiagramElement): readonly ModdleElement[] {
  return element.businessObject.get<ModdleElement | undefined>('extensionElements')?.get<readonly ModdleElement[] | undefined>('values') ?? [];
}

function plain(value: ModdleElement, kind: ExtensionKind | 'banli:Effect'): ExtensionData {
  const attributes: Record<string, string> = {};
  for (const name of attributeNames[kind]) {
    const text = value.get<unknown>(name);
    if (typeof text === 'string' && text !== '') attributes[name] = text;
  }
  return {attributes};
}

function filled(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}
