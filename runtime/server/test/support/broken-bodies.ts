import fc, {type Arbitrary} from 'fast-check';

type Json = Record<string, unknown>;

/** A request as it is meant: ids of the address beside the body. */
export interface Meant {
  readonly ids: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** How a request is broken: what becomes of it, or of its text. `mustFail`: no such body is ever taken. */
export interface Breakage {
  readonly name: string;
  readonly mustFail: boolean;
  apply(meant: Meant): Meant;
  text(json: string): string;
}

const strange = fc.constantFrom<unknown>(0, -1, 1.5, 2 ** 60, true, false, null, '', [], {}, ['同意'], [['x']], {x: 1}, {toString: 1}, {length: 3}, '2026-13-45T99:00:00Z', 'constructor');
const oddIds = fc.constantFrom('none', '__proto__', '01AAAAAAAAAAAAAAAAAAAAAAAA', '..%2f..', "' or 1=1 --", '𠮷', 'x'.repeat(300));
const oddNames = ['nonsense', 'constructor', 'hasOwnProperty', 'toString', '__defineGetter__', 'case_id', 'status', '', '姓名', 'x'.repeat(500)];
const oddOptions = fc.constantFrom('constructor', '__proto__', 'toString', 'APPROVE', 'submit ', '', '延期', 'x'.repeat(60), 'hotline/../hotline');
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/**
 * Ways to break a request.
 *
 * @param fields - Names of all fields of the form, also of those that the step hides.
 * @param foreign - Ids of cases, tasks, drafts and files that are others'.
 */
export function breakages(fields: readonly string[], foreign: readonly string[]): Arbitrary<Breakage> {
  const as = (name: string, apply: Breakage['apply']): Breakage => ({name, mustFail: false, apply, text: json => json});
  const textOnly = (name: string, text: Breakage['text']): Breakage => ({name, mustFail: true, apply: meant => meant, text});
  /** What no object can hold, or only by tricks, is put into the text. */
  const marked = (name: string, apply: Breakage['apply'], mark: string, raw: string): Breakage => ({name, mustFail: true, apply, text: json => json.replace(mark, raw)});
  const atField = (name: string, value: unknown, place: number) => as(name, meant => inValues(meant, place, () => value));
  const foreignId = fc.oneof(fc.constantFrom(...foreign, 'none'), oddIds);
  return fc.oneof(
    fc.tuple(strange, fc.nat()).map(([value, place]) => atField('wrong type', value, place)),
    fc.tuple(fc.constantFrom(...fields, ...oddNames), strange).map(([name, value]) => as('forged field', ({ids, body}) => ({ids, body: withValue(body, name, value)}))),
    foreignId.map(id => as('foreign id', ({ids, body}) => ({ids: Object.fromEntries(Object.keys(ids).map(name => [name, id])), body}))),
    foreignId.map(id => as('foreign id inside', meant => ({...meant, body: {...meant.body, ...('otherCaseId' in meant.body ? {otherCaseId: id} : {draftId: id})}}))),
    fc.tuple(oddOptions, fc.nat()).map(([option, place]) => as('no such option', meant => ({...meant, body: withOption(meant.body, option, place)}))),
    fc.tuple(fc.constantFrom(5_000, 120_000, 1_100_000), fc.nat()).map(([length, place]) => atField('huge text', '长'.repeat(length), place)),
    fc.nat().map(place => atField('half a sign', 'a\ud800b', place)),
    fc.nat().map(place => atField('a text as list', ['一', '二'], place)),
    fc.constantFrom<unknown>(-1, 0, 1.5, 2 ** 53, '1', null, [], {}).map(version => as('strange version', meant => ({...meant, body: {...meant.body, caseVersion: version}}))),
    strange.map(values => as('no values', meant => ({...meant, body: {...meant.body, ...('items' in meant.body ? {items: values} : {values})}}))),
    fc.constant(marked('__proto__ as key', ({ids, body}) => ({ids, body: {...body, '@@key': {isAdmin: true}}}), '"@@key"', '"__proto__"')),
    fc.constant(marked('__proto__ inside', ({ids, body}) => ({ids, body: withValue(body, '@@key', {x: 1})}), '"@@key"', '"__proto__"')),
    fc.nat().map(place => marked('NUL', meant => inValues(meant, place, () => '@@nul'), '@@nul', 'a\\u0000')),
    fc.nat().map(place => marked('endless number', meant => inValues(meant, place, () => '@@number'), '"@@number"', '1e999')),
    fc.tuple(fc.constantFrom(60, 5_000, 100_000), fc.nat()).map(([depth, place]) => marked('deep nesting', meant => inValues(meant, place, () => '@@deep'), '"@@deep"', nested(depth))),
    fc.constantFrom('null', '[]', '"x"', '1', 'true', '').map(whole => textOnly('no object', () => whole)),
    fc.nat({max: 20}).map(cut => textOnly('cut off', json => json.slice(0, Math.max(0, json.length - 1 - cut)))),
  );
}

/** The values in a body: its own, those of its first item, or the body where it has none. */
function withValue(body: Json, name: string, value: unknown): Json {
  if (isObject(body['values'])) return {...body, values: {...body['values'], [name]: value}};
  const [first, ...rest] = Array.isArray(body['items']) ? (body['items'] as unknown[]) : [];
  if (isObject(first)) return {...body, items: [isObject(first['values']) ? {...first, values: {...first['values'], [name]: value}} : {...first, [name]: value}, ...rest]};
  return {...body, [name]: value};
}

function inValues({ids, body}: Meant, place: number, change: () => unknown): Meant {
  const names = Object.keys(valuesOf(body));
  return {ids, body: withValue(body, names[place % Math.max(1, names.length)] ?? 'title', change())};
}

function valuesOf(body: Json): Json {
  if (isObject(body['values'])) return body['values'];
  const first: unknown = Array.isArray(body['items']) ? body['items'][0] : undefined;
  if (isObject(first)) return isObject(first['values']) ? first['values'] : first;
  return body;
}

/** Another word in place of an outcome, an action, a relation or a bundle, or of one of the values. */
function withOption(body: Json, option: string, place: number): Json {
  const chosen = ['outcome', 'actionId', 'relation', 'bundleId'].find(name => name in body);
  return chosen !== undefined && place % 2 === 0 ? {...body, [chosen]: option} : inValues({ids: {}, body}, place, () => option).body;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
