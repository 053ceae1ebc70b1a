import type {LocalizedText} from '@banli/formats';
import {namedBy, type CatalogRow} from '@banli/formats/catalogs';
import {titleOf} from '../choices.js';
import {withReceivers} from '../ladder-words.js';
import type {PublishedVersion} from '../version.js';

/** Rows of tables by name and key, as a change set would make them. */
export type RowsByTable = ReadonlyMap<string, ReadonlyMap<string, CatalogRow>>;

const none: ReadonlyMap<string, LocalizedText> = new Map();

/**
 * What the codes of a column stand for whose steps are the rows of another table of the catalog, such as a ladder of limits: its steps in order, each with the time after which it comes where the
 * table says one. No words for a column that comes first in no other table's key, or that the manifest makes a reference.
 */
export function stepReader(version: PublishedVersion, own: RowsByTable = new Map()): (table: string, column: string) => ReadonlyMap<string, LocalizedText> {
  const known = new Map<string, ReadonlyMap<string, LocalizedText>>();
  return (table, column) => {
    const name = stepTable(version, table, column);
    if (name === null) return none;
    const found = known.get(`${name} ${column}`) ?? readSteps(version, own, name, column);
    known.set(`${name} ${column}`, found);
    return found;
  };
}

function stepTable(version: PublishedVersion, table: string, column: string): string | null {
  const isReference = version.manifest.tables[table]?.references?.some(each => each.column === column) === true;
  const [name] = Object.entries(version.manifest.tables).find(([other, {key}]) => other !== table && key.length > 1 && key[0] === column) ?? [];
  return name === undefined || isReference ? null : name;
}

function readSteps(version: PublishedVersion, own: RowsByTable, name: string, column: string): ReadonlyMap<string, LocalizedText> {
  const rows = own.get(name) ?? new Map((version.tables.get(name)?.rows ?? []).map(row => [row.key, row.values]));
  const titles = new Map<string, LocalizedText>();
  const inOrder = [...rows].filter(([key, values]) => values['status'] !== 'retired' && values['titleZh'] !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, values] of inOrder) {
    const code = values[column] ?? '';
    const before = titles.get(code);
    const title = stepTitle(withReceivers(titleOf({key, values}), receiversIn(version, own, name, values)), values['after']);
    titles.set(code, before ? {'zh-CN': `${before['zh-CN']}；${title['zh-CN']}`, en: `${before.en ?? before['zh-CN']}; ${title.en ?? title['zh-CN']}`} : title);
  }
  return titles;
}

/** Titles of the rows that a step names in a column of several: who is told. */
function receiversIn(version: PublishedVersion, own: RowsByTable, name: string, values: CatalogRow): readonly LocalizedText[] {
  const lists = (version.manifest.tables[name]?.references ?? []).filter(({list, catalog}) => list && catalog === version.head.catalogId);
  return lists.flatMap(reference => namedBy(reference, values[reference.column]).map(key => {
    const table = reference.table ?? reference.catalog;
    const row = own.get(table)?.get(key) ?? version.tables.get(table)?.byKey.get(key)?.values;
    return row ? titleOf({key, values: row}) : {'zh-CN': key};
  }));
}

function stepTitle(title: LocalizedText, after: string | undefined): LocalizedText {
  if (after === undefined) return title;
  const {zh, en} = offsetWords(after);
  return {'zh-CN': `${zh}：${title['zh-CN']}`, en: `${en}: ${title.en ?? title['zh-CN']}`};
}

const parts = [['D', '天', 'd'], ['H', '小时', 'h'], ['M', '分钟', 'min'], ['S', '秒', 's']] as const;

/** A time after a lapse in words: 超期当时, 超期 1 天 2 小时后. */
export function offsetWords(after: string): {readonly zh: string; readonly en: string} {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(after);
  const told = parts.flatMap(([, zh, en], index) => {
    const amount = Number(found?.[index + 1] ?? 0);
    return amount > 0 ? [{zh: `${amount} ${zh}`, en: `${amount} ${en}`}] : [];
  });
  return told.length === 0 ? {zh: '超期当时', en: 'At the lapse'} : {zh: `超期 ${told.map(each => each.zh).join(' ')}后`, en: `${told.map(each => each.en).join(' ')} after the lapse`};
}
