import fc, {type Arbitrary} from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;

const nasty = fc.constantFrom('', ' ', '__proto__', 'constructor', '../../etc/passwd', "' or 1=1 --", '<script>', '{{globalThis}}', '=1/0', '𠮷', '\u202e', '%00', '9'.repeat(60), 'null');
const anyValue = fc.oneof({depthSize: 'small'}, fc.jsonValue({maxDepth: 4}), nasty, fc.double({noNaN: true, noDefaultInfinity: true}), fc.constantFrom(-1, 0, 2 ** 53, null, true));

/**
 * Makes values that mostly fit a JSON Schema, so that they get past the first check and into the code behind; one in twenty-five is anything.
 *
 * @param words - Ids and field values that exist, to be met again and again.
 */
export function fromSchema(schema: Schema, words: readonly string[]): Arbitrary<unknown> {
  return fc.oneof({weight: 24, arbitrary: fitting(schema, words)}, {weight: 1, arbitrary: anyValue});
}

function fitting(schema: Schema, words: readonly string[]): Arbitrary<unknown> {
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Schema[]).map(one => fromSchema(one, words)));
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, words);
    case 'array':
      return fc.array(fromSchema((schema['items'] ?? {}) as Schema, words), {minLength: Number(schema['minItems'] ?? 0), maxLength: Math.min(3, Number(schema['maxItems'] ?? 3))});
    case 'integer':
      return fc.oneof({weight: 4, arbitrary: fc.integer({min: 0, max: 50})}, {weight: 1, arbitrary: fc.maxSafeInteger()});
    case 'string':
      return fc.oneof({weight: 5, arbitrary: fc.constantFrom(...words)}, {weight: 1, arbitrary: nasty}, {weight: 1, arbitrary: fc.string({maxLength: 30})});
    case 'boolean':
      return fc.boolean();
    default:
      return fc.oneof(fc.constantFrom<unknown>(...words), anyValue);
  }
}

function objectOf(schema: Schema, words: readonly string[]): Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const required = new Set((schema['required'] ?? []) as string[]);
  if (Object.keys(properties).length === 0 && schema['additionalProperties'] === false) return fc.constant({});
  if (Object.keys(properties).length === 0) return fc.dictionary(fc.oneof(fc.constantFrom(...words), nasty), fc.oneof(fc.constantFrom<unknown>(...words), anyValue), {maxKeys: 5});
  const known = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, fromSchema(property, words)]));
  return fc.record(known, {requiredKeys: [...required]});
}
