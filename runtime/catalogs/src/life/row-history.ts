import {compareVersions, type CatalogRow} from '@banli/formats/catalogs';
import {withCells} from '../issue/lay-over.js';
import {readLayersOf} from '../issue/layer-store.js';
import type {LayerHead, LayerRow} from '../issue/model.js';
import type {VersionHead} from '../version.js';
import {readPending} from './change-store.js';
import {opOf, rowDiff, type RowDiff} from './compare.js';
import type {Desk} from './desk.js';
import {changeErrors} from './errors.js';
import {shapeTable} from './fields/shape-tables.js';
import {sameRow} from './merge.js';
import type {ChangeOp} from './model.js';
import {rowInLayers, rowInVersions, type RowInVersions, type RowPlace} from './row-in-versions.js';
import {setsOf, type VersionSet} from './sets-of-versions.js';
import {tableOf} from './tables.js';
import {stateOf, type TimelineEntry} from './timeline.js';

/**
 * What changed a row: a version of the owner (`set` or `folder`), or a unit that had the catalog issued to it (`issue` it confirmed, `undo` it went back,
 * `takeBack` its layer ended). `id` and `title` are those of the set; `id` of an issue is that of the issue.
 */
export interface RowCause {
  readonly kind: 'folder' | 'set' | 'issue' | 'undo' | 'takeBack';
  readonly origin: 'manual' | 'import' | 'rollback' | null;
  readonly id: string | null;
  readonly title: string | null;
  readonly authorName: string | null;
  readonly decidedByName: string | null;
  /** Of a reviewer, or why a unit went back. */
  readonly reason: string | null;
}

/** One version, or one layer of a unit, in which a row changed. Moments in UTC milliseconds. */
export interface RowHistoryEntry {
  readonly version: string;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly effectiveAt: number;
  readonly state: TimelineEntry['state'];
  /** The unit that changed the row for its area; `null` for the owner, whose version holds everywhere else. */
  readonly unit: {readonly id: string; readonly name: string; readonly areaCode: string} | null;
  readonly cause: RowCause;
  readonly diff: RowDiff;
}

/** A page of the history of a row, newest first. `nextCursor` is the version or layer to go on behind. */
export interface RowHistory {
  readonly entries: readonly RowHistoryEntry[];
  readonly nextCursor: string | null;
}

/** Which row, and from where on: `before` is the cursor of the page before. */
export interface RowHistoryQuery extends Omit<RowPlace, 'table'> {
  /** Default: the main table. */
  readonly table?: string;
  readonly before?: string;
  readonly limit: number;
}

/** A version or a layer that may have changed the row, with the row before and after it. */
interface Step {
  readonly name: string;
  readonly at: number;
  readonly versionIds: readonly string[];
  rows(): Promise<{readonly before: CatalogRow | null; readonly after: CatalogRow | null}>;
  entry(op: RowDiff['op'], rows: {readonly before: CatalogRow | null; readonly after: CatalogRow | null}): RowHistoryEntry;
}

/** Versions whose row is read at once. */
const readAhead = 50;

/**
 * Every version and every layer in which a row changed, newest first: who, when, from which day on, out of what, which cells from what to what. Only this row is read, out of as many
 * versions as a page needs.
 *
 * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_TABLE_UNKNOWN`, `CATALOG_CHANGE_ROW_UNKNOWN` for a row that no version has and no set proposes; `CATALOG_CHANGE_VERSION_UNKNOWN` for a cursor that is none
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.9 (time line with operator, time, difference), asked for one row.
 */
export async function rowHistory(desk: Desk, query: RowHistoryQuery): Promise<RowHistory> {
  const {catalogId, limit} = query;
  const place: RowPlace = {catalogId, table: query.table ?? catalogId, key: query.key};
  const last = await desk.versions.last(catalogId);
  if (!shapeTable(place.table)) tableOf(last.manifest, place.table);
  const reader = rowInVersions(desk.store.knex, place);
  const steps = [...(await versionSteps(desk, place, reader)), ...(await layerSteps(desk, place, reader))].sort((a, b) => b.at - a.at || compareNames(b.name, a.name));
  const start = query.before === undefined ? 0 : steps.findIndex(step => step.name === query.before) + 1;
  if (start === 0 && query.before !== undefined) throw changeErrors.VERSION_UNKNOWN({catalog: catalogId, version: query.before});
  const entries: RowHistoryEntry[] = [];
  for (let index = start; index < steps.length && entries.length <= limit; index += 1) {
    if ((index - start) % readAhead === 0) await reader.load(steps.slice(index, index + readAhead).flatMap(step => step.versionIds));
    const step = steps[index];
    const rows = await step?.rows();
    if (step && rows && !isSame(rows.before, rows.after)) entries.push(step.entry(opOf(rows.before, rows.after), rows));
  }
  if (entries.length === 0 && query.before === undefined && !(await readPending(desk.store.knex, catalogId, place.table)).some(({row}) => row.rowKey === place.key)) {
    throw changeErrors.ROW_UNKNOWN({key: place.key, version: last.head.version});
  }
  return {entries: entries.slice(0, limit), nextCursor: entries.length > limit ? (entries[limit - 1]?.version ?? null) : null};
}

async function versionSteps(desk: Desk, place: RowPlace, reader: RowInVersions): Promise<readonly Step[]> {
  const {catalogId, table, key} = place;
  const heads = await desk.versions.allHeads(catalogId);
  const now = desk.clock.now();
  const holds = heads.filter(head => !head.withdrawnAt).findLast(head => head.effectiveAt <= now);
  const setOf = await setsOf(desk, catalogId, heads);
  const ops = await opsOf(desk, place);
  let standing: VersionHead | null = null;
  return heads.map((head): Step => {
    const before: VersionHead | null = standing;
    if (!head.withdrawnAt) standing = head;
    return {
      name: head.version, at: head.publishedAt, versionIds: [head.id, ...(before ? [before.id] : [])],
      rows: async () => ({before: before ? await reader.in(before.id) : null, after: await reader.in(head.id)}),
      entry: (op, rows) => {
        const set = setOf(head);
        const said = set.change ? ops.get(set.change.id) : undefined;
        return {
          version: head.version, publishedAt: head.publishedAt, publishedBy: set.publishedByName ?? head.publishedBy, effectiveAt: head.effectiveAt, state: stateOf(head, holds, now), unit: null,
          cause: causeOf(set), diff: rowDiff(table, key, op === 'offShelf' && said === 'void' ? 'void' : op, rows.before, rows.after),
        };
      },
    };
  });
}

function causeOf({change}: VersionSet): RowCause {
  if (!change) return {kind: 'folder', origin: null, id: null, title: null, authorName: null, decidedByName: null, reason: null};
  const {id, title, origin, authorName, decidedByName, opinion} = change;
  return {kind: 'set', origin, id, title, authorName, decidedByName, reason: opinion};
}

/** What published sets said of the row, by set: 作废 is told from 下架 by that alone. */
async function opsOf(desk: Desk, {catalogId, table, key}: RowPlace): Promise<ReadonlyMap<string, ChangeOp>> {
  const rows = (await desk.store.knex('catalog_change_row as r').join('catalog_change as c', 'c.id', 'r.change_id').where({'c.catalog_id': catalogId, 'r.table_name': table, 'r.row_key': key}).select('r.change_id as id', 'r.op as op')) as Array<{id: string; op: ChangeOp}>;
  return new Map(rows.map(row => [row.id, row.op]));
}

/** Layers of the areas in which some layer says something of the row; elsewhere it is as the level above has it. */
async function layerSteps(desk: Desk, place: RowPlace, reader: RowInVersions): Promise<readonly Step[]> {
  if (shapeTable(place.table)) return [];
  const layers = await readLayersOf(desk.store.knex, place.catalogId);
  const said = await rowInLayers(desk.store.knex, layers.map(layer => layer.id), place);
  const touched = new Set(layers.filter(layer => said.has(layer.id)).map(layer => layer.areaCode));
  const now = desk.clock.now();
  const rowIn = layerReader({layers, said, reader, heads: await desk.versions.heads(place.catalogId)});
  return layers.filter(layer => touched.has(layer.areaCode)).map((layer): Step => {
    const own = layers.filter(each => each.areaCode === layer.areaCode);
    const before = own.findLast(each => each.number < layer.number);
    const holds = own.findLast(each => each.effectiveAt <= now);
    return {
      name: layer.name, at: layer.madeAt, versionIds: [layer.baseVersionId, ...(before ? [before.baseVersionId] : [])],
      rows: async () => ({before: before && before.kind !== 'ended' ? await rowIn.under(before) : await rowIn.above(layer), after: layer.kind === 'ended' ? await rowIn.above(layer) : await rowIn.under(layer)}),
      entry: (op, rows) => ({
        version: layer.name, publishedAt: layer.madeAt, publishedBy: layer.madeByName, effectiveAt: layer.effectiveAt, state: layer.effectiveAt > now ? 'scheduled' : layer === holds && layer.kind !== 'ended' ? 'holds' : 'past',
        unit: {id: layer.unitId, name: desk.elsewhere?.('units', layer.unitId) ?? layer.unitId, areaCode: layer.areaCode},
        cause: {kind: layer.kind === 'confirmed' ? 'issue' : layer.kind === 'restored' ? 'undo' : 'takeBack', origin: null, id: layer.issueId, title: null, authorName: null, decidedByName: null, reason: layer.reason},
        diff: rowDiff(place.table, place.key, op, rows.before, rows.after),
      }),
    };
  });
}

interface LayerParts {
  readonly layers: readonly LayerHead[];
  readonly said: ReadonlyMap<string, LayerRow>;
  readonly reader: RowInVersions;
  /** Versions that were not withdrawn, oldest first. */
  readonly heads: readonly VersionHead[];
}

/** The row `under` a layer, and what holds `above` it on its first day. */
function layerReader({layers, said, reader, heads}: LayerParts) {
  const byId = new Map(layers.map(layer => [layer.id, layer]));
  const under = async (layer: LayerHead): Promise<CatalogRow | null> => {
    const base = layer.baseLayerId === null ? await reader.in(layer.baseVersionId) : await underId(layer.baseLayerId);
    const own = said.get(layer.id);
    if (!own) return base;
    return own.kind === 'local' ? (base ?? withCells({}, own.ownValues)) : base && withCells(base, own.ownValues);
  };
  const underId = async (id: string): Promise<CatalogRow | null> => {
    const layer = byId.get(id);
    return layer ? under(layer) : null;
  };
  const above = async (layer: LayerHead): Promise<CatalogRow | null> => {
    const parent = layer.baseLayerId === null ? undefined : byId.get(layer.baseLayerId);
    const now = parent && layers.findLast(each => each.areaCode === parent.areaCode && each.effectiveAt <= layer.effectiveAt);
    if (now) return now.kind === 'ended' ? above(now) : under(now);
    const head = heads.findLast(each => each.effectiveAt <= layer.effectiveAt && each.publishedAt <= layer.madeAt);
    return reader.in(head?.id ?? layer.baseVersionId);
  };
  return {under, above};
}

function isSame(before: CatalogRow | null, after: CatalogRow | null): boolean {
  return before && after ? sameRow(before, after) : before === after;
}

/** By number; of a version and a layer that begin alike the layer is the later one. */
function compareNames(a: string, b: string): number {
  const [[left = '', leftLayer = ''], [right = '', rightLayer = '']] = [a.split('+'), b.split('+')];
  return compareVersions(left, right) || (leftLayer < rightLayer ? -1 : leftLayer > rightLayer ? 1 : 0);
}
