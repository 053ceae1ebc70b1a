import type {LocalizedText} from '@banli/formats';
import {namedBy, readShape, type CatalogReference, type CatalogRow} from '@banli/formats/catalogs';
import type {PublishedVersion} from '../version.js';
import {catalogErrors} from '../errors.js';
import type {Desk} from './desk.js';
import {labelsOf} from './labels.js';
import {tableOf} from './tables.js';

/** A row that has to do with another; `catalog` is `null` for lists that are no catalogs, such as units. */
export interface GraphNode {
  readonly catalog: string | null;
  readonly table: string;
  readonly key: string;
  readonly title: LocalizedText;
}

/** Rows that have to do with the centre in the same way. `names`: the centre names them; else they name it. `total` counts them all. */
export interface GraphGroup {
  readonly catalog: string;
  readonly table: string;
  readonly title: LocalizedText;
  readonly names: boolean;
  readonly nodes: readonly GraphNode[];
  readonly total: number;
}

/** A row and everything it has to do with, in the last versions. */
export interface RowGraph {
  readonly centre: GraphNode;
  readonly groups: readonly GraphGroup[];
}

/** Nodes of one group; a picture shows no more. */
const mostNodes = 12;

/**
 * What a row names, what lies above and below it, and the rows of every catalog that name it. A row that only links others (it has no title of its own)
 * is drawn as the row at its other end.
 *
 * @throws AppError `CATALOG_UNKNOWN`, `CATALOG_CHANGE_TABLE_UNKNOWN`, `CATALOG_ROW_UNKNOWN`
 */
export async function rowGraph(desk: Desk, query: {readonly catalogId: string; readonly table?: string; readonly key: string}): Promise<RowGraph> {
  const all = await desk.versions.lastOfAll();
  const own = await desk.versions.last(query.catalogId);
  const table = query.table ?? query.catalogId;
  const definition = tableOf(own.manifest, table);
  const row = own.tables.get(table)?.byKey.get(query.key);
  if (!row) throw catalogErrors.ROW_UNKNOWN({catalog: query.catalogId, key: query.key});
  const view = await viewOf(desk, all);
  const groups: GraphGroup[] = [];
  const add = (catalog: string, name: string, title: LocalizedText, names: boolean, nodes: readonly GraphNode[]): void => {
    const unique = nodes.filter((node, index) => nodes.findIndex(other => idOf(other) === idOf(node)) === index);
    if (unique.length > 0) groups.push({catalog, table: name, title, names, nodes: unique.slice(0, mostNodes), total: unique.length});
  };
  for (const reference of definition.references ?? []) {
    const named = namedBy(reference, row.values[reference.column]);
    add(query.catalogId, table, view.column(own, table, reference.column), true, named.map(value => view.target(reference, value)));
  }
  const {parent} = definition;
  if (parent !== undefined) {
    const above = row.values[parent];
    if (above !== undefined) add(query.catalogId, table, view.column(own, table, parent), true, [view.node(own, table, above)]);
    add(query.catalogId, table, {'zh-CN': '下级', en: 'Below'}, false, activeRows(own, table).filter(other => other.values[parent] === query.key).map(other => view.node(own, table, other.key)));
  }
  for (const version of all) {
    for (const [name, other] of Object.entries(version.manifest.tables)) {
      const ways = (other.references ?? []).filter(each => each.catalog === query.catalogId && (each.table ?? each.catalog) === table && !each.elsewhere);
      for (const reference of ways) {
        const naming = activeRows(version, name).filter(each => namedBy(reference, each.values[reference.column]).includes(query.key));
        add(version.head.catalogId, name, ways.length > 1 ? joined(view.table(version, name), view.column(version, name, reference.column)) : view.table(version, name), false, naming.map(each => view.end(version, name, each, reference)));
      }
    }
  }
  return {centre: view.node(own, table, query.key), groups};
}

function joined(a: LocalizedText, b: LocalizedText): LocalizedText {
  return {'zh-CN': `${a['zh-CN']} · ${b['zh-CN']}`, en: `${a.en ?? a['zh-CN']} · ${b.en ?? b['zh-CN']}`};
}

function idOf(node: GraphNode): string {
  return `${node.catalog ?? ''}/${node.table}/${node.key}`;
}

function activeRows(version: PublishedVersion, table: string) {
  return (version.tables.get(table)?.rows ?? []).filter(row => row.values['status'] !== 'retired');
}

/** Titles of rows, tables and columns of every catalog. */
async function viewOf(desk: Desk, all: readonly PublishedVersion[]) {
  const parts = new Map<string, {readonly version: PublishedVersion; readonly labels: Awaited<ReturnType<typeof labelsOf>>; readonly schemas: Readonly<Record<string, string>>}>();
  for (const version of all) parts.set(version.head.catalogId, {version, labels: await labelsOf(desk, version), schemas: (await desk.versions.schemasOf(version)) ?? {}});
  const shape = (version: PublishedVersion, table: string) => readShape(parts.get(version.head.catalogId)?.schemas[tableOf(version.manifest, table).schema] ?? '{}');
  const node = (version: PublishedVersion, table: string, key: string): GraphNode => {
    const values = version.tables.get(table)?.byKey.get(key)?.values ?? {};
    return {catalog: version.head.catalogId, table, key, title: parts.get(version.head.catalogId)?.labels.row(table, key, values) ?? {'zh-CN': key}};
  };
  const target = (reference: CatalogReference, key: string): GraphNode => {
    const table = reference.table ?? reference.catalog;
    const version = parts.get(reference.catalog)?.version;
    return version && !reference.elsewhere ? node(version, table, key) : {catalog: null, table, key, title: {'zh-CN': desk.elsewhere?.(table, key) ?? key}};
  };
  return {
    node, target,
    table: (version: PublishedVersion, table: string): LocalizedText => shape(version, table).title ?? version.manifest.title,
    column: (version: PublishedVersion, table: string, column: string): LocalizedText => shape(version, table).columns.find(each => each.name === column)?.title ?? {'zh-CN': column},
    /** A row that names the centre, or what stands at its other end when it has no title of its own. */
    end(version: PublishedVersion, table: string, row: {readonly key: string; readonly values: CatalogRow}, via: CatalogReference): GraphNode {
      const {key, references = []} = tableOf(version.manifest, table);
      const others = references.filter(each => each.column !== via.column && !each.list && namedBy(each, row.values[each.column]).length > 0);
      const other = row.values['titleZh'] !== undefined ? undefined : (others.findLast(each => key.includes(each.column)) ?? others[0]);
      if (other) return target(other, row.values[other.column] ?? '');
      const own = node(version, table, row.key);
      const rest = key.filter(column => column !== via.column);
      if (row.values['titleZh'] !== undefined || rest.length === 0 || rest.length === key.length) return own;
      const words = rest.map(column => parts.get(version.head.catalogId)?.labels.cell(table, column, row.values[column] ?? '') ?? {'zh-CN': row.values[column] ?? ''});
      return {...own, title: {'zh-CN': words.map(each => each['zh-CN']).join(' · '), en: words.map(each => each.en ?? each['zh-CN']).join(' · ')}};
    },
  };
}
