import type {LocalizedText} from '@banli/formats';
import {titleOf} from './choices.js';
import {activeRows, memoPerVersion, type PublishedRow, type PublishedVersion} from './version.js';

/** What an order says of itself besides matter and area; what it does not say is left out. Values are codes of the catalogs in `orderAttributes`. */
export interface OrderAttributes {
  readonly serviceObject?: string;
  readonly channelCode?: string;
  readonly natureCode?: string;
  readonly urgencyCode?: string;
}

/** The name of an attribute: the column of a rule that may ask for it. */
export type AttributeName = keyof OrderAttributes;

/** An attribute: which catalog lists its values, and what it is called. */
export interface AttributeKind {
  readonly name: AttributeName;
  readonly catalog: string;
  readonly title: {readonly 'zh-CN': string; readonly en: string};
}

/**
 * Every attribute, the one of highest priority first: who asks decides before how it came, that before what is wanted, that before how urgent it is (which may still change).
 *
 * @see Source: issue "Catalogs" §1.5 (matter × area × attributes); requirements/xinjiang-hotline.md C6, C13, C18, §2.1.10. The order is an own rule: ADR 0019.
 */
export const orderAttributes: readonly AttributeKind[] = [
  {name: 'serviceObject', catalog: 'service-objects', title: {'zh-CN': '服务对象', en: 'service object'}},
  {name: 'channelCode', catalog: 'channels', title: {'zh-CN': '来源渠道', en: 'channel'}},
  {name: 'natureCode', catalog: 'natures', title: {'zh-CN': '诉求性质', en: 'nature'}},
  {name: 'urgencyCode', catalog: 'urgency', title: {'zh-CN': '紧急程度', en: 'urgency'}},
];

/** An attribute that a rule asked for and the order had, in words. */
export interface DecidingAttribute {
  readonly name: AttributeName;
  readonly title: LocalizedText;
  readonly value: string;
  readonly valueTitle: LocalizedText;
}

/** Values of the attributes in use, with what they are called. */
export type AttributeValues = ReadonlyMap<AttributeName, ReadonlyMap<string, LocalizedText>>;

/** No catalog of values: codes are told as they are. */
export const noValues: AttributeValues = new Map();

/** The values in use of one attribute, from the version of its catalog. */
export const valuesIn = memoPerVersion((version: PublishedVersion): ReadonlyMap<string, LocalizedText> => new Map(activeRows(version, version.head.catalogId).map(row => [row.key, titleOf(row)])));

/** Rows of one place that ask for the same attributes with the same values: they win or lose together. */
export interface RuleLevel {
  readonly conditions: ReadonlyArray<readonly [AttributeName, string]>;
  readonly rows: readonly PublishedRow[];
}

/**
 * Rows of one place by what they ask for, the most specific first: more attributes before fewer, of as many the one with the attribute of higher priority. No two
 * levels that fit one order are equal, so the order of the rows in the file decides nothing.
 */
export function levelsOf(rows: readonly PublishedRow[]): readonly RuleLevel[] {
  const levels = new Map<string, RuleLevel & {readonly rows: PublishedRow[]; readonly weight: number}>();
  for (const row of rows) {
    const conditions = orderAttributes.flatMap(({name}) => (row.values[name] === undefined ? [] : [[name, row.values[name]] as const]));
    const id = conditions.map(condition => condition.join('=')).join('|');
    const level = levels.get(id);
    if (level) level.rows.push(row);
    else levels.set(id, {conditions, rows: [row], weight: weightOf(conditions)});
  }
  return [...levels].sort(([idA, a], [idB, b]) => b.weight - a.weight || (idA < idB ? -1 : 1)).map(([, {conditions, rows: own}]) => ({conditions, rows: own.sort((a, b) => (a.key < b.key ? -1 : 1))}));
}

/** Sixteen for each attribute, and eight, four, two, one by priority. */
function weightOf(conditions: RuleLevel['conditions']): number {
  return conditions.reduce((sum, [name]) => sum + 16 + 2 ** (orderAttributes.length - 1 - orderAttributes.findIndex(each => each.name === name)), 0);
}

/** Whether an order has everything that a level asks for. */
export function fitsLevel({conditions}: RuleLevel, attributes: OrderAttributes): boolean {
  return conditions.every(([name, value]) => attributes[name] === value);
}

/** The conditions of a level in words. */
export function inWords(conditions: RuleLevel['conditions'], values: AttributeValues): readonly DecidingAttribute[] {
  return conditions.map(([name, value]) => ({name, value, title: orderAttributes.find(each => each.name === name)?.title ?? {'zh-CN': name}, valueTitle: values.get(name)?.get(value) ?? {'zh-CN': value}}));
}
