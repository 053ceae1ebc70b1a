import {catalogIssueRoutes as routes, type AnswerOf} from '@banli/api';
import {isAppError} from '@banli/errors';
import {catalogErrors, issueErrors, type CatalogIssues, type GoneOverride, type CatalogService, type HandlingRight, type Issue, type IssueField, type IssueRow, type Labels, type LayerHead} from '@banli/catalogs';
import {peopleErrors, type AccessToken, type People} from '@banli/people';
import type {PermissionActor, Permissions} from '@banli/permissions';
import type {Clock} from '@banli/time';
import {withChinese} from '../http/answer-error.js';
import {inWords, type LabelSource} from './problems-in-words.js';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** What the routes of issuing stand on. */
export interface CatalogIssueRouteDeps {
  readonly issues: CatalogIssues;
  readonly life: LabelSource;
  readonly catalogs: CatalogService;
  readonly people: Pick<People, 'unit'>;
  readonly permissions: Pick<Permissions, 'canWith'>;
  readonly clock: Clock;
}

type IssueJson = AnswerOf<typeof routes.verify>['issue'];
type LayerJson = AnswerOf<typeof routes.undo>['layer'];
type RowJson = AnswerOf<typeof routes.rows>['rows'][number];

const pageSize = 50;

/** The board of issues, the commands of both ends, and what holds for an area. */
export function bindCatalogIssueRoutes(deps: CatalogIssueRouteDeps): readonly BoundRoute[] {
  const words = jsonOf(deps);
  return [...bindBoard(deps, words), ...bindCommands(deps, words), ...bindHolding(deps, words)];
}

type Words = ReturnType<typeof jsonOf>;

/** How things are told: units by name, catalogs by title, what the caller may do. */
function jsonOf({issues: all, catalogs, people, permissions, clock}: CatalogIssueRouteDeps) {
  const unit = (id: string) => ({id, name: people.unit(id)?.name ?? id});
  const titles = async () => new Map((await catalogs.list(clock.now())).map(catalog => [catalog.id, catalog.title]));
  return {
    unit,
    layer: ({unitId, number, name, kind, areaCode, baseName, restoredFrom, effectiveAt, madeAt, madeByName, reason}: LayerHead): LayerJson => ({unit: unit(unitId), number, name, kind, areaCode, baseName, restoredFrom, effectiveAt, madeAt, madeByName, reason}),
    issues: async (actor: PermissionActor, issues: readonly Issue[]): Promise<IssueJson[]> => {
      const [known, inForce] = [await titles(), await all.inForce(issues)];
      const may = (permission: string, unitId: string) => permissions.canWith(actor, permission, {unitIds: [unitId], personIds: []});
      return issues.map(issue => ({
        id: issue.id, catalogId: issue.catalogId, catalog: known.get(issue.catalogId) ?? {'zh-CN': issue.catalogId}, from: unit(issue.fromUnitId), to: unit(issue.toUnitId), areaCode: issue.areaCode, state: issue.state,
        baseName: issue.baseName, note: issue.note, lockVersion: issue.lockVersion, createdAt: issue.createdAt, updatedAt: issue.updatedAt, issuedByName: issue.issuedByName, outsideCount: issue.outsideCount, effectiveAt: issue.effectiveAt, inForce: inForce.has(issue.id), isOwnWriting: all.isOwnWriting(actor, issue),
        may: {complete: may('catalogs.edit', issue.toUnitId), confirm: may('catalogs.publish', issue.toUnitId), takeBack: may('catalogs.publish', issue.fromUnitId)},
      }));
    },
    right: ({unitId, ...right}: HandlingRight) => ({unit: unit(unitId), ...right}),
  };
}

function bindBoard({issues, life, catalogs, clock}: CatalogIssueRouteDeps, words: Words): readonly BoundRoute[] {
  return [
    bindRoute(routes.list, async ({query, actor}) => {
      const limit = query.limit ?? pageSize;
      const found = await issues.list(actor, {
        limit: limit + 1, ...(query.catalog === undefined ? {} : {catalogId: query.catalog}), ...(query.unit === undefined ? {} : {unitId: query.unit}), ...(query.state === undefined ? {} : {states: [query.state]}),
        ...(query.cursor === undefined ? {} : {cursor: query.cursor}),
      });
      return {issues: await words.issues(actor, found.slice(0, limit)), nextCursor: found.length > limit ? (found[limit - 1]?.id ?? null) : null};
    }),
    bindRoute(routes.issuable, async () => ({
      catalogs: (await catalogs.list(clock.now())).filter(catalog => catalog.issuable).map(({id, title, owner, version}) => ({id, title, owner: words.unit(owner), version})),
    })),
    bindRoute(routes.targets, async ({params, query, actor}) => ({
      targets: (await issues.targets(actor, params.catalogId, query.from)).map(({unit, layer, open}) => ({unit: {id: unit.id, name: unit.name}, areaCode: unit.areaCode, layer: layer && words.layer(layer), openIssueId: open?.id ?? null})),
    })),
    bindRoute(routes.open, async ({params, actor}) => {
      const opened = await issues.open(actor, params.issueId);
      const [issue] = await words.issues(actor, [opened.issue]);
      if (!issue) throw issueErrors.UNKNOWN({issue: params.issueId});
      return {
        issue, lines: opened.lines.map(({personId: _, ...line}) => line), problems: (await inWords(life, opened.problems)).map(withChinese), newest: opened.newest && words.layer(opened.newest), fellAway: opened.fellAway.length === 0 ? [] : fellAwayJson(await life.labels(issue.catalogId), opened.fellAway),
        tables: opened.tables.map(table => ({...table, columns: [...table.columns], key: [...table.key], localOnly: Object.fromEntries(Object.entries(table.localOnly).map(([column, values]) => [column, [...values]])), overrides: table.overrides.map(({columns, bound, order}) => ({columns: [...columns], bound, ...(order ? {order: [...order]} : {})}))})),
      };
    }),
    bindRoute(routes.rows, async ({params, query, actor}) => {
      const page = await issues.rows(actor, params.issueId, {table: query.table, only: query.only ?? 'all', limit: query.limit ?? pageSize, ...(query.q === undefined ? {} : {words: query.q}), ...(query.cursor === undefined ? {} : {cursor: query.cursor})});
      const labels = await life.labels((await issues.open(actor, params.issueId)).issue.catalogId);
      return {rows: page.rows.map(rowJson(labels, query.table)), nextCursor: page.nextCursor};
    }),
    bindRoute(routes.layers, async ({params, query, actor}) => ({layers: (await issues.layers(actor, params.catalogId, query.unit)).map(words.layer)})),
  ];
}

function bindCommands({issues, life}: CatalogIssueRouteDeps, words: Words): readonly BoundRoute[] {
  const refuseInWords = async (error: unknown): Promise<never> => {
    if (!isAppError(error, 'CATALOG_ISSUE_REFUSED') && !isAppError(error, 'CATALOG_ISSUE_WARNINGS_NEW')) throw error;
    const refuse = isAppError(error, 'CATALOG_ISSUE_REFUSED') ? issueErrors.REFUSED : issueErrors.WARNINGS_NEW;
    throw refuse(error.details, {problems: await inWords(life, error.problems), cause: error});
  };
  const answer = async (actor: PermissionActor, work: Promise<Issue>): Promise<{issue: IssueJson}> => {
    const issue = await work.catch(refuseInWords);
    const [json] = await words.issues(actor, [issue]);
    if (!json) throw issueErrors.UNKNOWN({issue: issue.id});
    return {issue: json};
  };
  return [
    bindRoute(routes.send, async ({params, body, actor}) => {
      const {note, ...rest} = body;
      return {issues: await words.issues(actor, await issues.send(actor, {catalogId: params.catalogId, ...rest, ...(note === undefined ? {} : {note})}))};
    }),
    bindRoute(routes.verify, async ({params, body, actor}) => {
      const {fellAway, ...issue} = await issues.verify(actor, {...params, ...body});
      return {...(await answer(actor, Promise.resolve(issue))), fellAway: fellAwayJson(await life.labels(issue.catalogId), fellAway)};
    }),
    bindRoute(routes.decline, async ({params, body, actor}) => answer(actor, issues.decline(actor, {...params, ...body}))),
    bindRoute(routes.put, async ({params, body, actor}) => {
      const {lockVersion, key, ...row} = body;
      return answer(actor, issues.put(actor, {...params, lockVersion}, {...row, ...(key === undefined ? {} : {key})}));
    }),
    bindRoute(routes.drop, async ({params, body, actor}) => answer(actor, issues.drop(actor, {...params, lockVersion: body.lockVersion}, {table: body.table, key: body.key}))),
    bindRoute(routes.choose, async ({params, body, actor}) => answer(actor, issues.choose(actor, {...params, lockVersion: body.lockVersion}, body.choices))),
    bindRoute(routes.confirm, async ({params, body: {acceptWarnings, ...body}, actor}) => answer(actor, issues.confirm(actor, {...params, ...body, ...(acceptWarnings === undefined ? {} : {acceptWarnings})}))),
    bindRoute(routes.takeBack, async ({params, body, actor}) => {
      const {effectiveFrom, ...rest} = body;
      return answer(actor, issues.takeBack(actor, {...params, ...rest, ...(effectiveFrom === undefined ? {} : {effectiveFrom})}));
    }),
    bindRoute(routes.undo, async ({params, body, actor}) => {
      const {effectiveFrom, choices, ...rest} = body;
      return {layer: words.layer(await issues.undo(actor, {...params, ...rest, ...(effectiveFrom === undefined ? {} : {effectiveFrom}), ...(choices === undefined ? {} : {choices})}).catch(refuseInWords))};
    }),
  ];
}

/** Rows of changes in one answer, unless fewer are asked for. */
const mostChanges = 1_000;

/** The area that an outside system asks for: its own by default, and none but that and those within it. @throws AppError `PEOPLE_TOKEN_AREA` */
async function areaFor({catalogs, clock}: CatalogIssueRouteDeps, machine: AccessToken | undefined, area: string | undefined): Promise<string | undefined> {
  const own = machine?.areaCode ?? null;
  if (own === null || area === own) return area;
  if (area === undefined) return own;
  if (!(await catalogs.branches('areas', area, clock.now())).includes(own)) throw peopleErrors.TOKEN_AREA({own, area});
  return area;
}

function bindHolding(deps: CatalogIssueRouteDeps, words: Words): readonly BoundRoute[] {
  const {catalogs, life, permissions, people, clock} = deps;
  return [
    bindRoute(routes.effective, async ({params, query, machine}) => {
      const area = await areaFor(deps, machine, query.area);
      const {at, q, column, value, limit = pageSize, table, code, cursor} = query;
      const page = await catalogs.effectiveRows({
        catalogId: params.catalogId, at: at ?? clock.now(), limit, ...(area === undefined ? {} : {areaCode: area}), ...(table === undefined ? {} : {table}), ...(code === undefined ? {} : {code}), ...(cursor === undefined ? {} : {cursor}),
        ...(q === undefined ? {} : {words: q}), ...(column === undefined || value === undefined ? {} : {cells: {[column]: value}}),
      });
      return {...page, rows: page.rows.map(row => ({...row, values: {...row.values}}))};
    }),
    bindRoute(routes.origins, async ({params, query}) => {
      const {cells, ...row} = await catalogs.origins(params.catalogId, query.area, query.key, clock.now(), query.table);
      const labels = await life.labels(params.catalogId);
      const say = (column: string, value: string | null) => (value === null ? null : labels.cell(query.table ?? params.catalogId, column, value));
      return {...row, cells: cells.map(({origin: {unitId, ...origin}, ...cell}) => ({...cell, words: say(cell.column, cell.value), aboveWords: say(cell.column, cell.above), origin: {...origin, unit: words.unit(unitId)}}))};
    }),
    bindRoute(routes.since, async ({params, query, machine}) => {
      const area = await areaFor(deps, machine, query.area);
      const {cursor, limit = mostChanges} = query;
      const {version, rows, nextCursor} = await catalogs.changesSince({catalogId: params.catalogId, version: query.version, at: clock.now(), limit, ...(area === undefined ? {} : {areaCode: area}), ...(cursor === undefined ? {} : {cursor})});
      return {from: query.version, version, rows: rows.map(row => ({...row, values: row.values && {...row.values}})), nextCursor};
    }),
    bindRoute(routes.versions, async ({params, query, machine}) => {
      const area = await areaFor(deps, machine, query.area);
      const now = clock.now();
      const versions = await catalogs.versionsOf(params.catalogId);
      const holds = area === undefined ? versions.findLast(each => each.effectiveAt <= now)?.version : await catalogs.versionFor(params.catalogId, area, now);
      if (holds === undefined) throw catalogErrors.UNKNOWN({catalog: params.catalogId});
      return {holds, versions: [...versions]};
    }),
    bindRoute(routes.handling, async ({query, actor}) => {
      if (!permissions.canWith(actor, 'catalogs.read', {unitIds: [query.unit], personIds: []})) throw issueErrors.NOT_YOURS({permission: 'catalogs.read', unit: people.unit(query.unit)?.name ?? query.unit});
      if (query.matter === undefined || query.area === undefined) return {rights: (await catalogs.handling(query.unit, clock.now())).map(words.right)};
      const right = await catalogs.mayHandle(query.unit, query.matter, query.area, clock.now());
      return {rights: right ? [words.right(right)] : []};
    }),
  ];
}

/** What was not taken over, in words; a row that is gone is named by its key. */
function fellAwayJson(labels: Labels, gone: readonly GoneOverride[]): AnswerOf<typeof routes.verify>['fellAway'] {
  return gone.map(({tableName, rowKey, columns, reason, ownValues}) => ({
    table: tableName, key: rowKey, title: ownValues['titleZh'] ? {'zh-CN': ownValues['titleZh']} : labels.keyed(tableName, rowKey), reason,
    columns: (columns.length > 0 ? columns : Object.keys(ownValues)).map(name => {
      const value = ownValues[name] ?? null;
      return {name, title: labels.column(tableName, name) ?? {'zh-CN': name}, value, words: value === null ? null : labels.cell(tableName, name, value)};
    }),
  }));
}

function rowJson(labels: Labels, table: string): (row: IssueRow) => RowJson {
  const field = ({columns, bound, base, theirs, mine, conflict}: IssueField): RowJson['fields'][number] => ({columns: [...columns], bound, base: base && {...base}, theirs: {...theirs}, mine: mine && {...mine}, conflict});
  return row => {
    const words: RowJson['words'] = {};
    const cells = [row.values, ...row.fields.flatMap(each => [each.base ?? {}, each.theirs]), ...row.changedAbove.flatMap(({column, base, theirs}) => [{[column]: base}, {[column]: theirs}])];
    for (const [column, value] of cells.flatMap(each => Object.entries(each))) {
      const text = value === null ? null : labels.cell(table, column, value);
      if (value !== null && text) words[column] = {...words[column], [value]: text};
    }
    return {...row, title: labels.row(table, row.key, row.values), values: {...row.values}, words, fields: row.fields.map(field), changedAbove: [...row.changedAbove]};
  };
}
