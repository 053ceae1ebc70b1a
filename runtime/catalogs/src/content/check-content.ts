import type {CatalogRow} from '@banli/formats/catalogs';
import {calendarRowRule, calendarRule} from './calendars.js';
import {itemLimitRule} from './items.js';
import {lostLimitRule} from './limit-coverage.js';
import {comparedLimits, ladderRule, limitRowRule} from './limits.js';
import {elementCircleRule, unitFindings, unitRule} from './links.js';
import {natureFindings, natureRule} from './natures.js';
import {unfilledReceivers} from './receivers.js';
import type {ContentFinding, ContentRule, ContentWorld, RowContentRule} from './model.js';

/** Rules by the catalog whose content they know. */
const rules: Readonly<Record<string, readonly ContentRule[]>> = {
  calendars: [calendarRule],
  elements: [elementCircleRule],
  industries: [lostLimitRule, unfilledReceivers],
  items: [itemLimitRule],
  limits: [ladderRule, comparedLimits, unfilledReceivers, lostLimitRule],
  'matter-natures': [natureRule],
  matters: [lostLimitRule],
  urgency: [lostLimitRule],
};

const rowRules: Readonly<Record<string, RowContentRule>> = {
  calendars: calendarRowRule,
  limits: limitRowRule,
};

/** Rules that hold for every catalog. */
const common: readonly ContentRule[] = [unitRule];

/** What can be said of a row alone: as soon as it is put. */
export function rowFindings(catalogId: string, table: string, key: string, row: CatalogRow): readonly ContentFinding[] {
  return (Object.hasOwn(rowRules, catalogId) ? rowRules[catalogId]?.(table, key, row) : undefined) ?? [];
}

/** What can be said of a row with the others as they stand: as soon as it is put. */
export function putFindings(world: ContentWorld, before: ContentWorld, rows: ReadonlyArray<{readonly table: string; readonly key: string; readonly row: CatalogRow; readonly was: CatalogRow | null}>): readonly ContentFinding[] {
  const {manifest} = world.own;
  const {isUnit} = world;
  return rows.flatMap(({table, key, row, was}) => [
    ...rowFindings(manifest.id, table, key, row),
    ...(isUnit ? unitFindings(manifest, isUnit, table, [[key, row]]).filter(({field = ''}) => was?.[field] !== row[field]) : []),
    ...(manifest.id === 'matter-natures' && table === manifest.id && row['status'] !== 'retired' ? natureFindings(world, before, [[key, row]]) : []),
  ]);
}

/** What every row of a catalog says alone; it can be asked of rows that do not hang together. */
export function aloneFindings({own}: ContentWorld): readonly ContentFinding[] {
  const {catalogId} = own.head;
  return Object.hasOwn(rowRules, catalogId) ? [...own.tables].flatMap(([table, {rows}]) => rows.flatMap(row => rowFindings(catalogId, table, row.key, row.values))) : [];
}

/** Everything wrong with the content of a catalog, row by row and as a whole, rule by rule with pauses; its branches end. */
export function* contentFindingsInSteps(world: ContentWorld, before: ContentWorld | null): Generator<void, readonly ContentFinding[]> {
  const {catalogId} = world.own.head;
  const findings = [...aloneFindings(world)];
  for (const rule of [...common, ...(Object.hasOwn(rules, catalogId) ? (rules[catalogId] ?? []) : [])]) {
    yield;
    const found = rule(world, before);
    findings.push(...('next' in found ? yield* found : found));
  }
  return findings;
}
