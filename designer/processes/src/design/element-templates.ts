import type {LocalizedText} from '@banli/formats';

/** One input that a template asks for. */
export interface TemplateField {
  /** Name of the worker's input. */
  readonly name: string;
  readonly title: LocalizedText;
  readonly help: string;
  readonly kind: 'text' | 'longText' | 'number' | 'boolean' | 'choice' | 'constant';
  readonly required: boolean;
  /** FEEL that is written when the template is chosen; empty for none. */
  readonly initial: string;
  readonly choices: ReadonlyArray<{readonly id: string; readonly title: LocalizedText}>;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly pattern: RegExp | null;
  /** What to say when `pattern` does not fit. */
  readonly patternHelp: string;
}

/** An element template as the panel uses it: a worker with the inputs it asks for. */
export interface ElementTemplate {
  readonly id: string;
  readonly title: LocalizedText;
  readonly description: LocalizedText;
  readonly topic: string;
  readonly fields: readonly TemplateField[];
}

type Json = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, TemplateField['kind']>> = {String: 'text', Text: 'longText', Number: 'number', Boolean: 'boolean', Dropdown: 'choice', Hidden: 'constant'};

/**
 * Reads element templates of plugins, in the Camunda 7 template format narrowed to what a service task has here: a hidden property
 * `banli:topic`, and properties bound as `camunda:inputParameter`. `metadata.en` holds the English words. Others are left out.
 */
export function readElementTemplates(raw: readonly Json[]): readonly ElementTemplate[] {
  return raw.flatMap(template => {
    const id = text(template['id']);
    const properties = list(template['properties']);
    const topic = text(properties.find(property => bindingOf(property).name === 'banli:topic')?.['value']);
    if (id === '' || topic === '' || !appliesToService(template['appliesTo'])) return [];
    const english = record(record(template['metadata'])['en']);
    const labels = record(english['labels']);
    const inputs = properties.filter(property => bindingOf(property).type === 'camunda:inputParameter');
    return [{
      id,
      topic,
      title: localized(text(template['name']) || id, english['name']),
      description: localized(text(template['description']), english['description']),
      fields: inputs.flatMap(property => readField(property, labels)),
    }];
  });
}

function readField(property: Json, labels: Json): readonly TemplateField[] {
  const {name} = bindingOf(property);
  const kind = kinds[text(property['type']) || 'String'];
  if (name === '' || kind === undefined) return [];
  const constraints = record(property['constraints']);
  const pattern = typeof constraints['pattern'] === 'string' ? {value: constraints['pattern'], message: ''} : record(constraints['pattern']);
  const choices = list(property['choices']).map(choice => ({id: text(choice['value']), title: {'zh-CN': text(choice['name'])}}));
  const given = property['value'];
  return [{
    name,
    kind,
    choices,
    title: localized(text(property['label']) || name, labels[name]),
    help: text(property['description']),
    required: constraints['notEmpty'] === true,
    initial: given === undefined ? '' : writeTyped(kind, String(given)),
    minLength: typeof constraints['minLength'] === 'number' ? constraints['minLength'] : null,
    maxLength: typeof constraints['maxLength'] === 'number' ? constraints['maxLength'] : null,
    pattern: readPattern(text(pattern['value'])),
    patternHelp: text(pattern['message']),
  }];
}

/** What a person typed as FEEL: text becomes a text literal, after `=` stands FEEL; numbers and 是/否 are FEEL already. */
export function writeTyped(kind: TemplateField['kind'], typed: string): string {
  if (typed.trim() === '') return '';
  if (typed.startsWith('=')) return typed.slice(1).trim();
  return kind === 'number' || kind === 'boolean' ? typed.trim() : JSON.stringify(typed);
}

/** FEEL as the person sees it: a text literal without its quotes, other FEEL after `=`; numbers and 是/否 as they are. */
export function readTyped(kind: TemplateField['kind'], feel: string): string {
  if (feel === '' || kind === 'number' || kind === 'boolean') return feel;
  return literalOf(feel) ?? `=${feel}`;
}

/** Why a typed text does not fit its field: `required`, `short`, `long`, `pattern`; `null` when it does or is FEEL. */
export function checkTyped(field: TemplateField, typed: string): 'required' | 'short' | 'long' | 'pattern' | null {
  if (typed.trim() === '') return field.required ? 'required' : null;
  if (typed.startsWith('=')) return null;
  if (field.minLength !== null && typed.length < field.minLength) return 'short';
  if (field.maxLength !== null && typed.length > field.maxLength) return 'long';
  return field.pattern === null || field.pattern.test(typed) ? null : 'pattern';
}

/** Inputs of a step after a template was chosen: what fits stays, the rest starts as the template says. */
export function inputsFor(template: ElementTemplate, before: ReadonlyMap<string, string>): ReadonlyArray<{readonly name: string; readonly value: string}> {
  const values = template.fields.map(field => ({name: field.name, value: field.kind === 'constant' ? field.initial : (before.get(field.name) ?? field.initial)}));
  return values.filter(({value}) => value !== '');
}

function literalOf(feel: string): string | null {
  if (!/^"(?:[^"\\]|\\["\\nrtbf/]|\\u[0-9a-fA-F]{4})*"$/.test(feel.trim())) return null;
  return JSON.parse(feel.trim().replace(/\n/g, '\\n')) as string;
}

function readPattern(source: string): RegExp | null {
  if (source === '') return null;
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function bindingOf(property: Json): {readonly type: string; readonly name: string} {
  const binding = record(property['binding']);
  return {type: text(binding['type']), name: text(binding['name'])};
}

function localized(zh: string, en: unknown): LocalizedText {
  return {'zh-CN': zh, ...(typeof en === 'string' ? {en} : {})};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function appliesToService(value: unknown): boolean {
  return Array.isArray(value) && value.includes('bpmn:ServiceTask');
}
