/** The type of a FEEL value. Every value may also be null; `any` fits everything. */
export type FeelType =
  | {readonly kind: 'string' | 'number' | 'boolean' | 'date' | 'dateTime' | 'time' | 'duration' | 'range' | 'null' | 'any'}
  | {readonly kind: 'list'; readonly item: FeelType}
  /** `open` contexts may hold more entries than the named ones. */
  | {readonly kind: 'context'; readonly entries: Readonly<Record<string, FeelType>>; readonly open: boolean};

/** The names an expression may use, and their types. */
export type DataModel = Readonly<Record<string, FeelType>>;

/** Short-hands for the types. */
export const feelTypes = {
  string: {kind: 'string'},
  number: {kind: 'number'},
  boolean: {kind: 'boolean'},
  date: {kind: 'date'},
  dateTime: {kind: 'dateTime'},
  time: {kind: 'time'},
  duration: {kind: 'duration'},
  range: {kind: 'range'},
  null: {kind: 'null'},
  any: {kind: 'any'},
} as const satisfies Record<string, FeelType>;

/** The type of a list of `item`. */
export function listOf(item: FeelType): FeelType {
  return {kind: 'list', item};
}

/** The type of a context with exactly these entries; with `open` also others. */
export function contextOf(entries: Readonly<Record<string, FeelType>>, open = false): FeelType {
  return {kind: 'context', entries, open};
}

/** The type in words, as error texts show it: `string`, `list of number`. */
export function typeName(type: FeelType): string {
  return type.kind === 'list' ? `list of ${typeName(type.item)}` : type.kind;
}

/** Says whether a value of type `actual` may stand where `expected` is needed; null and `any` always may. */
export function fits(actual: FeelType, expected: FeelType): boolean {
  if (actual.kind === 'any' || expected.kind === 'any' || actual.kind === 'null') return true;
  if (actual.kind === 'list' && expected.kind === 'list') return fits(actual.item, expected.item);
  return actual.kind === expected.kind;
}

/** One type that covers both: the same type, or `any`. */
export function unite(left: FeelType, right: FeelType): FeelType {
  if (left.kind === 'null') return right;
  if (right.kind === 'null') return left;
  if (left.kind === 'list' && right.kind === 'list') return listOf(unite(left.item, right.item));
  return left.kind === right.kind && left.kind !== 'context' ? left : {kind: 'any'};
}
