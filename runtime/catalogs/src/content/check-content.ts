import type {CatalogRow} from '@banli/formats/catalogs';
import {calendarRowRule, calendarRule} from './calendars.js';
import type {ContentFinding, ContentRule, ContentWorld, RowContentRule} from './model.js';

/** Rules by the catalog whose content they know. */
const rules: Readonly<Record<string, readonly ContentRule[]>> = {
  calendars: [calendarRule],
};

const rowRules: Readonly<Record<string, RowContentRule>> = {
  calendars: calendarRowRule,
};

/** Rules that hold for every catalog. */
const common: readonly ContentRule[] = [];

/** What can be said of a row alone: as soon as it is put. */
export function rowFindings(catalogId: string, table: string, key: string, row: CatalogRow): readonly ContentFinding[] {
  return (Object.hasOwn(rowRules, catalogId) ? rowRules[catalogId]?.(table, key, row) : undefined) ?? [];
}

/** Everything wrong with the content of a catalog, row by row and as a whole. */
export function contentFindings(world: ContentWorld, before: ContentWorld | null): readonly ContentFinding[] {
  const {catalogId} = world.own.head;
  const rowRule = Object.hasOwn(rowRules, catalogId) ? rowRules[catalogId] : undefined;
  const alone = rowRule ? [...world.own.tables].flatMap(([table, {rows}]) => rows.flatMap(row => rowRule(table, row.key, row.values))) : [];
  const whole = [...common, ...(Object.hasOwn(rules, catalogId) ? (rules[catalogId] ?? []) : [])];
  return [...alone, ...whole.flatMap(rule => rule(world, before))];
}
