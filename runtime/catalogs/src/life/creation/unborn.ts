import type {CatalogKind, CatalogManifest} from '@banli/formats/catalogs';
import type {VersionHead} from '../../version.js';
import {fieldsOf, fieldsTable} from '../fields/field-rows.js';
import {settingsTable} from '../fields/settings-row.js';
import {shapedBy, splitChanges} from '../fields/shaped-by.js';
import type {ChangeSet, RowChange} from '../model.js';
import type {BaseVersion} from '../versions.js';
import {isCreatableKind} from './kinds.js';

/** The column of a tree that is made on a page with the code of the parent row. */
export const parentColumn = 'parentCode';

/**
 * What the set that creates a catalog stands on: no rows, and manifest and row schema as that very set shapes them, so that whoever asks for the catalog sees what is
 * being made. Only the columns that every table has (`status`, `sourceRef`, the parent of a tree) are there without being added.
 */
export function unbornVersion(change: Pick<ChangeSet, 'catalogId' | 'createdAt' | 'authorId'>, rows: readonly RowChange[]): BaseVersion {
  const settings = rows.find(row => row.tableName === settingsTable)?.after ?? {};
  const kind: CatalogKind = isCreatableKind(settings['kind'] ?? '') ? (settings['kind'] as CatalogKind) : 'list';
  const {catalogId} = change;
  const schema = `schema/${catalogId}.schema.json`;
  const title = {'zh-CN': settings['titleZh'] ?? catalogId, en: settings['titleEn'] ?? catalogId};
  const manifest: CatalogManifest = {
    // A sound one, though no version: rows are held against it as against every other.
    id: catalogId, version: '0000.0.0', effectiveFrom: '1970-01-01', kind, title, owner: settings['owner'] ?? '',
    tables: {[catalogId]: {file: `data/${catalogId}.csv`, schema, key: [], ...(kind === 'tree' ? {parent: parentColumn} : {})}},
  };
  const head: VersionHead = {
    id: '', catalogId, version: '', kind, titleZh: title['zh-CN'], titleEn: title.en, owner: manifest.owner, effectiveAt: 0, publishedAt: change.createdAt, publishedBy: change.authorId, hash: '', rowCount: 0,
  };
  const bare: BaseVersion = {head, manifest, tables: new Map(), schemas: {[schema]: rowSchema(catalogId, title, kind)}};
  return {...shapedBy(bare, splitChanges(rows).fields), tables: new Map([[fieldsTable, fieldsOf(manifest, bare.schemas)]])};
}

/** The row schema before any column was added: what every catalog has. */
function rowSchema(catalogId: string, title: {readonly 'zh-CN': string; readonly en: string}, kind: CatalogKind): string {
  const parent = {[parentColumn]: {titles: {'zh-CN': '上级', en: 'Parent'}, type: 'string', minLength: 1, maxLength: 200, order: 1_500}};
  return `${JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `banli:catalog/${catalogId}/${catalogId}`, titles: title, type: 'object', required: ['status', 'sourceRef'], additionalProperties: false,
    properties: {
      ...(kind === 'tree' ? parent : {}),
      status: {titles: {'zh-CN': '状态', en: 'Status'}, enum: ['active', 'retired'], words: {active: {'zh-CN': '在用', en: 'In use'}, retired: {'zh-CN': '已下架', en: 'Retired'}}, order: 900_000},
      sourceRef: {titles: {'zh-CN': '来源', en: 'Source'}, type: 'string', minLength: 1, maxLength: 300, order: 901_000},
    },
  }, null, 2)}\n`;
}
