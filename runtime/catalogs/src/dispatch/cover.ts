import type {LocalizedText} from '@banli/formats';
import {fitsLevel, inWords, type AttributeName, type AttributeValues, type OrderAttributes, type RuleLevel} from '../order-attributes.js';
import {isNobody, rulesAround, type LeadQuestion} from '../find-lead.js';
import type {PublishedVersion} from '../version.js';

/**
 * What a leaf matter has in an area. `one`: exactly one lead, whatever the order says (what it leaves empty is not looked at: ADR 0019); `partial`: rules that ask for attributes, and none for orders that have others;
 * `several`: more than one lead, a person chooses; `none`: no row at all; `nobody`: a row says that nobody is responsible.
 */
export type Covered = 'one' | 'partial' | 'several' | 'none' | 'nobody';

/** What one leaf matter has in one area. */
export interface Cover {
  readonly kind: Covered;
  readonly units: readonly string[];
  /** The row that decides an order without attributes, or the first one of those that ask for some. */
  readonly row: string | null;
  /** Rules that ask for attributes and are asked before the general one. */
  readonly special: number;
  /** Of a `partial` place: what orders that no rule fits are, in words. */
  readonly lacks: readonly LocalizedText[];
}

/** Told of what a place lacks. */
const mostLacks = 5;

/** What the rules say of orders of every kind about a matter in an area: see `findLead`, whose order this follows. */
export function coverOf(version: PublishedVersion, question: Pick<LeadQuestion, 'areas' | 'matters'>, values: AttributeValues): Cover {
  const special: RuleLevel[] = [];
  for (const {level} of rulesAround(version, question)) {
    if (level.conditions.length > 0) {
      special.push(level);
      continue;
    }
    const kind = isNobody(level) ? 'nobody' : level.rows.length > 1 ? 'several' : 'one';
    return {kind, units: kind === 'nobody' ? [] : unitsOf([level]), row: firstRow(level, kind), special: special.length, lacks: []};
  }
  const [first] = special;
  if (!first) return {kind: 'none', units: [], row: null, special: 0, lacks: []};
  const lacks = lacking(special, values);
  return {kind: lacks.length > 0 ? 'partial' : special.every(isNobody) ? 'nobody' : 'one', units: unitsOf(special.filter(level => !isNobody(level))), row: first.rows[0]?.key ?? null, special: special.length, lacks};
}

function firstRow({rows}: RuleLevel, kind: Covered): string | null {
  return (kind === 'nobody' ? rows.find(row => row.values['leadUnitId'] === 'none') : rows[0])?.key ?? null;
}

function unitsOf(levels: readonly RuleLevel[]): readonly string[] {
  return [...new Set(levels.flatMap(({rows}) => rows.map(row => row.values['leadUnitId'] ?? '')))];
}

/** Orders of the attributes that are asked for, value by value, that no rule fits. */
function lacking(levels: readonly RuleLevel[], values: AttributeValues): readonly LocalizedText[] {
  const asked = [...new Set(levels.flatMap(({conditions}) => conditions.map(([name]) => name)))];
  const found: LocalizedText[] = [];
  for (const order of ordersOf(asked, values)) {
    if (levels.some(level => fitsLevel(level, order))) continue;
    const words = inWords(asked.flatMap(name => (order[name] === undefined ? [] : [[name, order[name]] as const])), values);
    found.push({'zh-CN': words.map(({title, valueTitle}) => `${title['zh-CN']}：${valueTitle['zh-CN']}`).join('、'), en: words.map(({title, valueTitle}) => `${title.en ?? title['zh-CN']}: ${valueTitle.en ?? valueTitle['zh-CN']}`).join(', ')});
    if (found.length === mostLacks) break;
  }
  return found;
}

function* ordersOf([name, ...rest]: readonly AttributeName[], values: AttributeValues): Generator<OrderAttributes> {
  if (name === undefined) {
    yield {};
    return;
  }
  for (const order of ordersOf(rest, values)) {
    for (const value of values.get(name)?.keys() ?? []) yield {...order, [name]: value};
  }
}
