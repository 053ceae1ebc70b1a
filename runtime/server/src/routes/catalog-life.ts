import {Readable} from 'node:stream';
import {catalogLifeRoutes as routes, type AnswerOf, type QueryOf} from '@banli/api';
import type {CatalogLife, ChangeSet, FormColumn, Labels, ListedRow, RowDiff, RowFilter, RowsPreview} from '@banli/catalogs';
import type {LocalizedText} from '@banli/formats';
import {bindRoute, type BoundRoute} from '../http/index.js';
import {withChinese} from '../http/answer-error.js';
import {inWords, type LabelSource} from './problems-in-words.js';
import {readUploadBytes} from '../http/upload-bytes.js';

/** What the routes of the life of catalogs stand on. */
export interface CatalogLifeRouteDeps {
  readonly life: CatalogLife;
}

type ChangeJson = AnswerOf<typeof routes.create>['change'];
type DiffJson = AnswerOf<typeof routes.diff>['diff'][number];
type RowJson = AnswerOf<typeof routes.rows>['rows'][number];

const pageSize = 50;
/** New gaps and overlaps of one answer; the total says how many there are. */
const mostFindings = 100;
/** One more than a workbook may have, so that the workbook's own check speaks. */
const mostUploadBytes = 2 * 1_048_576 + 1;

/** Lists, comparisons and the commands of change sets. */
export function bindCatalogLifeRoutes({life}: CatalogLifeRouteDeps): readonly BoundRoute[] {
  return [...bindQueries(life), ...bindForms(life), ...bindCommands(life), ...bindExcel(life)];
}

function bindQueries(life: CatalogLife): readonly BoundRoute[] {
  return [
    bindRoute(routes.rows, async ({params, query, actor}) => {
      const {cursor, limit = pageSize, table} = query;
      const page = await life.rows({actor, catalogId: params.catalogId, filter: filterOf(query), limit, ...(table === undefined ? {} : {table}), ...(cursor === undefined ? {} : {cursor})});
      return {...page, scheduled: [...page.scheduled], rows: page.rows.map(rowJson)};
    }),
    bindRoute(routes.timeline, async ({params, query}) => {
      const page = await life.timeline(params.catalogId, {limit: query.limit ?? pageSize, ...(query.before === undefined ? {} : {before: query.before})});
      return {...page, entries: page.entries.map(entry => ({...entry, change: entry.change && {...entry.change, lines: [...entry.change.lines], basis: [...entry.change.basis]}}))};
    }),
    bindRoute(routes.rowHistory, async ({params, query}) => {
      const {limit = pageSize, ...row} = query;
      const {entries, nextCursor} = await life.rowHistory({...params, ...row, limit});
      const json = diffJson(await life.labels(params.catalogId));
      return {nextCursor, entries: entries.map(entry => ({...entry, diff: json(entry.diff)}))};
    }),
    bindRoute(routes.versionRows, async ({params, query}) => {
      const {manifest, columns, rows} = await life.versionRows(params.catalogId, params.version, query.table);
      const labels = await life.labels(params.catalogId);
      return {version: params.version, title: manifest.title, columns: columns.map(columnJson), rows: rows.map(row => ({...row})), words: wordsOfRows(labels, query.table ?? params.catalogId, columns, rows)};
    }),
    bindRoute(routes.withdraw, ({params, body, actor}) => life.withdraw(actor, {...params, ...body})),
    bindRoute(routes.diff, async ({params, query}) => ({diff: (await life.diff(params.catalogId, query.from, query.to)).map(diffJson(await life.labels(params.catalogId)))})),
    bindRoute(routes.changes, async ({params, query, actor}) => {
      const limit = query.limit ?? pageSize;
      const found = await life.changes(actor, {catalogId: params.catalogId, limit: limit + 1, ...(query.state === undefined ? {} : {states: [query.state]}), ...(query.cursor === undefined ? {} : {cursor: query.cursor})});
      return {changes: found.slice(0, limit).map(changeJson), nextCursor: found.length > limit ? (found[limit - 1]?.id ?? null) : null};
    }),
    bindRoute(routes.check, async ({params, query, actor}) => {
      const {version, problems, toConfirm, remade, coverage} = await life.check(actor, params.changeId, query.from);
      return {version, problems: (await inWords(life, problems, params.changeId)).map(withChinese), toConfirm, remade: [...remade], coverage: coverage && {...coverage, total: coverage.findings.length, findings: coverage.findings.slice(0, mostFindings).map(({kind, matterCode, matter, areaCode, area, areasBelow}) => ({kind, matterCode, matter, areaCode, area, areasBelow}))}};
    }),
    bindRoute(routes.open, async ({params, actor}) => {
      const opened = await life.open(actor, params.changeId);
      return {change: changeJson(opened.change), diff: opened.diff.map(diffJson(await life.labels(opened.change.catalogId, params.changeId))), lines: [...opened.lines], basis: [...opened.basis], problems: (await inWords(life, opened.problems, params.changeId)).map(withChinese), newerVersion: opened.newerVersion};
    }),
  ];
}

function bindForms(life: CatalogLife): readonly BoundRoute[] {
  return [
    bindRoute(routes.form, async ({params, query, actor}) => {
      const form = query.changeId === undefined ? await life.form(params.catalogId, query.version) : await life.formOfSet(actor, query.changeId, params.catalogId);
      return {...form, edits: await life.editScope(actor, params.catalogId), tables: form.tables.map(table => ({...table, key: [...table.key], columns: table.columns.map(columnJson)}))};
    }),
    bindRoute(routes.drafts, async ({actor}) => {
      const {drafts, targets} = await life.drafts(actor);
      return {drafts: [...drafts], targets: [...targets]};
    }),
    bindRoute(routes.fields, async ({params}) => {
      const {version, settings, fields, targets} = await life.fields(params.catalogId);
      const asJson = <Listed extends Pick<typeof settings, 'values' | 'words' | 'pending'>>(listed: Listed) => ({...listed, values: {...listed.values}, words: {...listed.words}, pending: listed.pending.map(entry => ({...entry, after: {...entry.after}}))});
      return {version, targets: [...targets], settings: asJson(settings), fields: fields.map(field => ({...asJson(field), uses: [...field.uses]}))};
    }),
    bindRoute(routes.tree, async ({params, query}) => ({nodes: [...(await life.tree({...params, ...query}))]})),
    bindRoute(routes.options, async ({params, query}) => {
      const {q, key, limit = pageSize, ...place} = query;
      const found = await life.options({...params, ...place, limit, ...(q === undefined ? {} : {words: q}), ...(key === undefined ? {} : {keys: [key]})});
      return {options: found.map(option => ({...option, path: [...option.path]}))};
    }),
    bindRoute(routes.graph, async ({params, query}) => {
      const {centre, groups} = await life.graph({...params, ...query});
      return {centre, groups: groups.map(group => ({...group, nodes: [...group.nodes]}))};
    }),
    bindRoute(routes.preview, async ({params, body, actor}) => previewJson(life, params.catalogId, await life.preview(actor, {...params, ...body}))),
  ];
}

function bindCommands(life: CatalogLife): readonly BoundRoute[] {
  const answer = (change: ChangeSet) => ({change: changeJson(change)});
  return [
    bindRoute(routes.createCatalog, async ({body, actor}) => {
      const {risk, ...rest} = body;
      return answer(await life.createCatalog(actor, {...rest, ...(risk === undefined ? {} : {risk})}));
    }),
    bindRoute(routes.create, async ({params, body, actor}) => answer(await life.create(actor, {...params, title: body.title, ...(body.rows === undefined ? {} : {rows: body.rows})}))),
    bindRoute(routes.rollBack, async ({params, body, actor}) => answer(await life.rollBack(actor, {catalogId: params.catalogId, ...body}))),
    bindRoute(routes.put, async ({params, body, actor}) => {
      const {lockVersion, ...row} = body;
      return answer(await life.put(actor, {changeId: params.changeId, lockVersion}, row));
    }),
    bindRoute(routes.putMany, async ({params, body, actor}) => answer(await life.putMany(actor, {changeId: params.changeId, lockVersion: body.lockVersion}, body.rows))),
    bindRoute(routes.remove, async ({params, body, actor}) => answer(await life.remove(actor, {changeId: params.changeId, lockVersion: body.lockVersion}, {table: body.table, key: body.key}))),
    bindRoute(routes.submit, async ({params, body, actor}) => {
      const submitted = await life.submit(actor, {...params, ...body});
      return {...answer(submitted), warnings: submitted.warnings.map(withChinese)};
    }),
    bindRoute(routes.decide, async ({params, body, actor}) => answer(await life.decide(actor, {changeId: params.changeId, lockVersion: body.lockVersion}, {result: body.result, opinion: body.opinion}))),
    bindRoute(routes.revoke, async ({params, body, actor}) => answer(await life.revoke(actor, {...params, ...body}))),
    bindRoute(routes.rebase, async ({params, body, actor}) => answer(await life.rebase(actor, {changeId: params.changeId, lockVersion: body.lockVersion}, body.choices))),
    bindRoute(routes.publish, async ({params, body, actor}) => {
      const {acceptGaps, acceptWarnings, versionName, ...ref} = body;
      return answer(await life.publish(actor, {...params, ...ref, ...(versionName === undefined ? {} : {versionName}), ...(acceptGaps === undefined ? {} : {acceptGaps}), ...(acceptWarnings === undefined ? {} : {acceptWarnings})}));
    }),
    bindRoute(routes.delete, async ({params, query, actor}) => {
      await life.delete(actor, {changeId: params.changeId, lockVersion: query.lockVersion});
      return {done: true as const};
    }),
  ];
}

function bindExcel(life: CatalogLife): readonly BoundRoute[] {
  return [
    bindRoute(routes.exportExcel, async ({params, query, actor}) => {
      const {table, codes = false, language, changeId} = query;
      const bytes = await life.exportExcel(actor, {catalogId: params.catalogId, filter: filterOf(query), codes, ...(table === undefined ? {} : {table}), ...(language === undefined ? {} : {language}), ...(changeId === undefined ? {} : {changeId})});
      return {stream: Readable.from([bytes]), name: `${table ?? params.catalogId}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', sizeBytes: bytes.length};
    }),
    bindRoute(routes.previewExcel, async ({params, query, actor, incoming}) => {
      const bytes = await readUploadBytes(incoming, mostUploadBytes);
      const {table, rows, unchanged, ...found} = await life.previewExcel(actor, {catalogId: params.catalogId, bytes, ...query});
      return {table, rows, unchanged, ...(await previewJson(life, params.catalogId, found, query.changeId))};
    }),
    bindRoute(routes.importExcel, async ({params, query, actor, incoming}) => {
      const bytes = await readUploadBytes(incoming, mostUploadBytes);
      const {table, title, changeId, lockVersion = 0} = query;
      return {change: changeJson(await life.importExcel(actor, {catalogId: params.catalogId, bytes, ...(table === undefined ? {} : {table}), ...(title === undefined ? {} : {title}), ...(changeId === undefined ? {} : {into: {changeId, lockVersion}})}))};
    }),
  ];
}

/** The filters of a query; those left out do not filter. */
function filterOf({name, code, level, unit, creator, state, below, from, to, createdFrom, createdTo, cells}: Omit<QueryOf<typeof routes.rows>, 'cursor' | 'limit' | 'table'>): RowFilter {
  const byColumn = cells && Object.fromEntries(cells.split(';').map(each => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1)]));
  return Object.fromEntries(Object.entries({name, code, level, unit, creator, state, below, from, to, createdFrom, createdTo, cells: byColumn}).filter(([, value]) => value !== undefined)) as RowFilter;
}

/** A set as routes answer it. */
export function changeJson({baseVersionId: _, decidedBy: __, publishedBy: ___, ...change}: ChangeSet): ChangeJson {
  return change;
}

/** Words for the cells of a difference. */
export function diffJson(labels: Labels): (diff: RowDiff) => DiffJson {
  const words = (diff: RowDiff, column: string, value: string | null) => (value === null ? null : labels.cell(diff.table, column, value));
  return diff => ({...diff, title: diff.title['zh-CN'] === diff.key ? labels.keyed(diff.table, diff.key) : diff.title, cells: diff.cells.map(cell => ({...cell, beforeWords: words(diff, cell.column, cell.before), afterWords: words(diff, cell.column, cell.after), title: labels.column(diff.table, cell.column)}))});
}

/** The values of references and choices in words, each once. */
function wordsOfRows(labels: Labels, table: string, columns: readonly FormColumn[], rows: ReadonlyArray<Readonly<Record<string, string>>>): Record<string, Record<string, LocalizedText>> {
  const found: Record<string, Record<string, LocalizedText>> = {};
  for (const {name} of columns.filter(column => column.reference !== null || column.options.length > 0)) {
    for (const value of new Set(rows.flatMap(row => row[name] ?? []))) {
      const text = labels.cell(table, name, value);
      if (text) (found[name] ??= {})[value] = text;
    }
  }
  return found;
}

function columnJson(column: FormColumn) {
  return {...column, options: [...column.options], reference: column.reference && {...column.reference, except: [...column.reference.except]}};
}

async function previewJson(life: LabelSource, catalogId: string, {diff, problems, others}: RowsPreview, changeId?: string) {
  return {diff: diff.map(diffJson(await life.labels(catalogId, changeId))), problems: (await inWords(life, problems, changeId)).map(withChinese), others: [...others]};
}

function rowJson(row: ListedRow): RowJson {
  const {pathEn, scheduled, ...rest} = row;
  return {...rest, scheduled: scheduled && {...scheduled, now: scheduled.now && {...scheduled.now}}, values: {...row.values}, words: {...row.words}, path: [...row.path], ...(pathEn ? {pathEn: [...pathEn]} : {}), unitIds: [...row.unitIds], pending: row.pending.map(entry => ({...entry, after: {...entry.after}}))};
}
