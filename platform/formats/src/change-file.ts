import {isMap, isScalar, isSeq, parseDocument, stringify, type Document, type Node, type Pair} from 'yaml';

type Path = ReadonlyArray<string | number>;

/** One value of a text file as it is to be. */
export interface FileChange {
  /** What is written anew: a key of the file, or an item of a list. Everything outside stays letter by letter. */
  readonly unit: Path;
  /** Where the value stands within the unit; empty for the whole unit. */
  readonly path: Path;
  /** `undefined` takes it away, and the unit with it when nothing is left. */
  readonly value: unknown;
}

/** How YAML is written here: long lines stay long, as texts are found again by their line. */
const style = {lineWidth: 0, flowCollectionPadding: false} as const;

/**
 * Changes one value in a YAML file. Comments, order and way of writing stay, also within the unit where its own values stay.
 *
 * @param text - YAML without mistakes.
 * @throws Error when the unit lies in a list that is not there.
 */
export function changeYaml(text: string, {unit, path, value}: FileChange): string {
  const document = parseDocument(text, {version: '1.2', merge: false});
  const place = placeOf(text, document, unit);
  if (!place) return unit.length === 1 ? append(text, String(unit[0]), path, value) : missing(unit);
  const {start, end, column} = place;
  const own = parseDocument(dedent(text.slice(start, end), column), {version: '1.2', merge: false});
  const inner = typeof unit.at(-1) === 'string' ? [unit.at(-1), ...path] : path;
  if (value === undefined) own.deleteIn(inner);
  else own.setIn(inner, own.createNode(value));
  for (let upper = inner.slice(0, -1); upper.length > 0 && isEmpty(own.getIn(upper, true)); upper = upper.slice(0, -1)) own.deleteIn(upper);
  const gone = isEmpty(own.contents);
  if (gone) return text.slice(0, text.lastIndexOf('\n', start - 1) + 1) + text.slice(text.startsWith('\n', end) ? end + 1 : end);
  const written = own.toString(style).trimEnd().replaceAll('\n', `\n${' '.repeat(column)}`).replaceAll(/\n +\n/g, '\n\n');
  return `${text.slice(0, start)}${written}${text.slice(end)}`;
}

/** Changes one value in a JSON file, which is written with two spaces throughout. */
export function changeJson(text: string, path: Path, value: unknown): string {
  const whole: unknown = JSON.parse(text);
  let parent = whole as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = (parent[key] ??= {}) as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return `${JSON.stringify(whole, null, 2)}\n`;
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** Blanks before what follows the first line. */
  readonly column: number;
}

/** Where a unit stands in the text: a pair from its key on, an item of a list without its dash. */
function placeOf(text: string, document: Document.Parsed, unit: Path): Place | null {
  const last = unit.at(-1);
  const parent: unknown = unit.length === 1 ? document.contents : document.getIn(unit.slice(0, -1), true);
  const pair = isMap(parent) && !parent.flow ? (parent.items as Pair[]).find(({key}) => isScalar(key) && key.value === last) : undefined;
  const first = pair?.key as Node | undefined;
  const node = (pair ? pair.value : isSeq(parent) && typeof last === 'number' ? parent.items[last] : null) as Node | null;
  const range = node?.range ?? first?.range;
  const start = (first ?? node)?.range?.[0];
  if (!range || start === undefined) return null;
  const end = text.slice(start, range[1]).trimEnd().length + start;
  return {start, end, column: start - (text.lastIndexOf('\n', start - 1) + 1)};
}

function missing(unit: Path): never {
  throw new Error(`The file has no ${unit.join('.')}.`);
}

function append(text: string, key: string, path: Path, value: unknown): string {
  if (value === undefined) return text;
  const nested = path.reduceRight<unknown>((inner, step) => ({[step]: inner}), value);
  return `${text.trimEnd()}\n${stringify({[key]: nested}, style)}`;
}

function dedent(text: string, column: number): string {
  return text.replaceAll(`\n${' '.repeat(column)}`, '\n');
}

function isEmpty(node: unknown): boolean {
  return node === null || ((isMap(node) || isSeq(node)) && node.items.length === 0);
}
