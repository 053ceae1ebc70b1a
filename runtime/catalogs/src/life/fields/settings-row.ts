import type {LocalizedText} from '@banli/formats';
import type {CatalogKind, CatalogManifest, CatalogReview, CatalogRisk, CatalogRow, CatalogTable} from '@banli/formats/catalogs';
import type {PublishedTable} from '../../version.js';

/** Every catalog has this table of one row besides its own: what its manifest says of the catalog as a whole. It changes as rows do; see ADR 0031. */
export const settingsTable = '.catalog';

/** Its definition. */
export const settingsDefinition: CatalogTable = {file: '', schema: '', key: ['catalog']};

/** Its cells (`kind` only in a set that creates a catalog); one more for each table that departments maintain, `maintainer.<table>` with the column of the unit that keeps a row. */
export const settingCells = ['catalog', 'kind', 'titleZh', 'titleEn', 'owner', 'risk'] as const;

const maintainerPrefix = 'maintainer.';

const cellTitles: Readonly<Record<string, LocalizedText>> = {
  catalog: {'zh-CN': '目录', en: 'Catalog'}, kind: {'zh-CN': '类型', en: 'Kind'}, titleZh: {'zh-CN': '名称', en: 'Title'}, titleEn: {'zh-CN': '名称（英文）', en: 'Title (English)'}, owner: {'zh-CN': '主管单位', en: 'Owner'}, risk: {'zh-CN': '审核要求', en: 'Review'},
};

/** What kinds of review are called. */
const riskWords: Readonly<Record<string, LocalizedText>> = {low: {'zh-CN': '一人审核', en: 'One reviewer'}, high: {'zh-CN': '两人审核', en: 'Two reviewers'}};

/** What kinds of catalogs are called. */
const kindWords: Readonly<Record<CatalogKind, LocalizedText>> = {
  list: {'zh-CN': '清单', en: 'List'}, tree: {'zh-CN': '树形', en: 'Tree'}, relation: {'zh-CN': '对应关系', en: 'Relation'}, matrix: {'zh-CN': '矩阵', en: 'Matrix'}, calendar: {'zh-CN': '日历', en: 'Calendar'},
};

/** What a cell of the settings is called; `tableTitle` says what tables are. */
export function settingTitle(cell: string, tableTitle: (table: string) => LocalizedText | null): LocalizedText {
  const table = maintainedIn(cell);
  if (table === null) return cellTitles[cell] ?? {'zh-CN': cell};
  const title = tableTitle(table) ?? {'zh-CN': table};
  return {'zh-CN': `维护单位字段（${title['zh-CN']}）`, en: `Column of the keeping unit (${title.en ?? title['zh-CN']})`};
}

/** A cell of the settings in words; `null` for one that says itself what it means, or that others have the words of. */
export function settingWords(cell: string, value: string): LocalizedText | null {
  return (cell === 'risk' ? riskWords[value] : cell === 'kind' ? kindWords[value as CatalogKind] : undefined) ?? null;
}

/** The table that a cell of the settings names the keeping column of; `null` for other cells. */
export function maintainedIn(cell: string): string | null {
  return cell.startsWith(maintainerPrefix) && cell.length > maintainerPrefix.length ? cell.slice(maintainerPrefix.length) : null;
}

/** Whether the settings may have such a cell. */
export function isSettingCell(cell: string): boolean {
  return (settingCells as readonly string[]).includes(cell) || maintainedIn(cell) !== null;
}

/** The settings of a catalog as the one row of `settingsTable`. */
export function settingsOf(manifest: CatalogManifest): PublishedTable {
  const cells: ReadonlyArray<readonly [string, string | undefined]> = [
    ['catalog', manifest.id], ['titleZh', manifest.title['zh-CN']], ['titleEn', manifest.title.en], ['owner', manifest.owner], ['risk', manifest.review?.risk],
    ...Object.entries(manifest.tables).map(([table, definition]) => [`${maintainerPrefix}${table}`, definition.maintainer] as const),
  ];
  const row = {key: manifest.id, values: Object.fromEntries(cells.flatMap(([cell, value]) => (value === undefined ? [] : [[cell, value] as const])))};
  return {rows: [row], byKey: new Map([[row.key, row]])};
}

/** A manifest as a row of settings makes it. */
export function withSettings({review, ...manifest}: CatalogManifest, row: CatalogRow): CatalogManifest {
  const tables = Object.fromEntries(Object.entries(manifest.tables).map(([name, {maintainer: _, ...definition}]) => {
    const maintainer = row[`${maintainerPrefix}${name}`];
    return [name, maintainer === undefined ? definition : {...definition, maintainer}];
  }));
  const {risk: _, ...levels} = review ?? {};
  const next: CatalogReview = {...levels, ...(row['risk'] === undefined ? {} : {risk: row['risk'] as CatalogRisk})};
  return {...manifest, title: {'zh-CN': row['titleZh'] ?? '', en: row['titleEn'] ?? ''}, owner: row['owner'] ?? '', ...(Object.keys(next).length > 0 ? {review: next} : {}), tables};
}

/** The settings as a version that is brought back makes them: titles, review and keepers. Who owns the catalog stays: that is nothing of its content. */
export function settingsBack(now: CatalogRow, was: CatalogRow): CatalogRow {
  return {...was, owner: now['owner'] ?? ''};
}
