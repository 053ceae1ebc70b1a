import fc, {type Arbitrary} from 'fast-check';

/** A field of a form as the case page gets it, as far as values are made from it. */
interface FieldSchema {
  readonly type?: string;
  readonly enum?: ReadonlyArray<{readonly value: unknown}>;
  readonly items?: FieldSchema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly 'x-component'?: string;
  readonly 'x-banli'?: {readonly catalog?: {readonly id: string}; readonly requiredWhen?: string};
}

/** What a person can choose from. */
export interface Choices {
  readonly units: readonly string[];
  /** Keys of each catalog. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Ids of files that the person uploaded. */
  readonly files: readonly string[];
}

/** Every field of a form by its name, out of its sections and grids. */
export function fieldsIn(schema: unknown): ReadonlyMap<string, FieldSchema> {
  const found = new Map<string, FieldSchema>();
  const walk = ({properties = {}}: FieldSchema): void => {
    for (const [name, field] of Object.entries(properties)) {
      if (field.type !== 'void') found.set(name, field);
      walk(field);
    }
  };
  walk(schema as FieldSchema);
  return found;
}

const words = fc.constantFrom('同意', '已核实', '现场照片', '请补充', '小区东门', 'Ünï 🙂 𠮷', '１３８', "it's; --", '<b>x</b>', '={1}', '  两侧空格  ');
/** Texts that fit the patterns of the form: phone, id number, credit code. */
const shaped: Readonly<Record<string, readonly string[]>> = {'^(1': ['13899990001', '0991-2345678'], '^\\d{17}': ['650102199001011234', '11010519491231002X']};

/** Values that a person could give to a field: of its type, one of its options, a key of its catalog, one of his files. */
export function valuesFor(field: FieldSchema, choices: Choices): Arbitrary<unknown> {
  if (field.type === 'array') return fc.uniqueArray(field['x-component'] === 'FileUpload' ? fromAny(choices.files) : single({...field, ...field.items, type: field.items?.type ?? 'string'}, choices), {maxLength: 3});
  return single(field, choices);
}

function single(field: FieldSchema, choices: Choices): Arbitrary<unknown> {
  if (field.enum) return fromAny(field.enum.map(option => option.value));
  if (field.type === 'boolean') return fc.boolean();
  if (field.type === 'integer') return fc.integer({min: field.minimum ?? 0, max: field.maximum ?? 100});
  if (field.type === 'number') return fc.oneof(fc.integer({min: field.minimum ?? 0, max: field.maximum ?? 100}), fc.double({min: field.minimum ?? 0, max: field.maximum ?? 1e6, noNaN: true}));
  if (field['x-component'] === 'UnitSelect') return fromAny(choices.units);
  const catalog = field['x-banli']?.catalog?.id;
  if (catalog !== undefined) return fromAny(choices.keys[catalog] ?? []);
  if (field.format === 'date-time') return fc.date({min: new Date('2026-01-01'), max: new Date('2027-06-01'), noInvalidDate: true}).map(date => date.toISOString());
  if (field.format === 'date') return fc.date({min: new Date('2026-01-01'), max: new Date('2027-06-01'), noInvalidDate: true}).map(date => date.toISOString().slice(0, 10));
  if (field.format === 'credit-code') return fc.constantFrom('91650100MA775XXB2K', '91110000802100433B');
  const known = Object.entries(shaped).find(([start]) => field.pattern?.startsWith(start));
  if (known) return fc.constantFrom(...known[1]);
  const longest = field.maxLength ?? 40;
  return fc.oneof(words, fc.string({unit: 'grapheme', minLength: 1, maxLength: Math.min(20, longest)}), fc.constant('长'.repeat(longest))).map(text => text.padEnd(field.minLength ?? 0, '补'));
}

function fromAny(values: readonly unknown[]): Arbitrary<unknown> {
  return values.length > 0 ? fc.constantFrom(...values) : fc.constant('none');
}
