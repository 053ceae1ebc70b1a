import type {Problem} from '@banli/errors';
import type {LoadedCatalog} from '@banli/formats/catalogs';
import {contentWorld, type ContentFinding, type ContentWorld} from './model.js';
import {problemOf} from '../life/problem.js';
import type {Draft} from '../life/rules/draft.js';
import type {DraftTables} from '../life/tables.js';
import type {PublishedTable, PublishedVersion} from '../version.js';

/** Warnings about content that a change brings: whoever publishes looks at them and confirms. */
export function toConfirm(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({code, severity}) => severity === 'warning' && code.startsWith(contentPrefix));
}

const contentPrefix = 'CATALOG_CONTENT_';

/** A finding at its row: table, key and column. */
export function atRow(catalogId: string): (finding: ContentFinding) => Problem {
  return ({error, table, key, field, severity}) => problemOf(error, {file: `${catalogId}/${table}`, element: key, ...(field === undefined ? {} : {field})}, severity);
}

/** A finding at the line of its file; rows that are not there are named by their key. */
export function atLine({tables}: LoadedCatalog): (finding: ContentFinding) => Problem {
  const lines = new Map<string, ReadonlyMap<string, number>>();
  return ({error, table, key, field, severity}) => {
    const known = lines.get(table) ?? new Map((tables[table]?.entries ?? []).map(entry => [entry.key, entry.line]));
    lines.set(table, known);
    const line = known.get(key);
    return {
      code: error.code, message: error.message, details: error.details, ...(severity ? {severity} : {}),
      place: {file: tables[table]?.definition.file ?? 'catalog.yaml', ...(line === undefined ? {element: key} : {line}), ...(field === undefined ? {} : {field})},
    };
  };
}

/** A draft as the version it would become, among the last versions of all others; and the version it changes. */
export function worldsOf({base, tables, others, references}: Pick<Draft, 'base' | 'tables' | 'others' | 'references'>): {readonly world: ContentWorld; readonly before: ContentWorld} {
  const known = new Map(others.map(version => [version.head.catalogId, version]));
  return {world: contentWorld(withTables(base, tables), known, references.isUnit), before: contentWorld(base, known, references.isUnit)};
}

function withTables(base: PublishedVersion, tables: DraftTables): PublishedVersion {
  const own = [...tables].map(([name, rows]): readonly [string, PublishedTable] => {
    const list = [...rows].map(([key, values]) => ({key, values}));
    return [name, {rows: list, byKey: new Map(list.map(row => [row.key, row]))}];
  });
  return {...base, tables: new Map([...base.tables, ...own])};
}
