import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Cursor, Id, Limit, Moment, ProblemSchema, Text, oneOf, orNull, strict} from '../schemas.js';

const State = oneOf('issued', 'completing', 'confirmed', 'takenBack', 'declined');
const Key = Type.String({minLength: 1, maxLength: 255});
const Day = Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$'});
const Reason = Type.String({minLength: 1, maxLength: 1_000});
const LockVersion = Type.Integer({minimum: 1});
const Cells = Type.Record(Type.String(), Type.String());
/** A published version, or a layer of a unit on one. */
const versionPattern = '^\\d{4}\\.\\d{1,6}\\.\\d{1,6}(\\+\\d{6,12}\\.\\d{1,6})?';
const VersionName = Type.String({pattern: `${versionPattern}$`});
const OpenCells = Type.Record(Type.String({maxLength: 64}), orNull(Type.String({maxLength: 2_000})));
const Unit = Type.Object({id: Type.String(), name: Type.String()});
const catalog = strict({catalogId: Id});
const one = strict({issueId: Id});
const seen = strict({lockVersion: LockVersion});

const Issue = Type.Object({
  id: Id, catalogId: Id, catalog: Text, from: Unit, to: Unit, areaCode: Type.String(), state: State, baseName: Type.String(), note: orNull(Type.String()), lockVersion: Type.Integer(),
  createdAt: Moment, updatedAt: Moment, issuedByName: Type.String(), outsideCount: orNull(Type.Integer()), effectiveAt: orNull(Moment),
  inForce: Type.Boolean({description: 'The newest layer of the unit came of it; a confirmed issue without was followed by another'}),
  isOwnWriting: Type.Boolean({description: 'The caller changed it last and does not confirm it, as long as there are rows of the unit’s own in it'}),
  may: Type.Object({complete: Type.Boolean(), confirm: Type.Boolean(), takeBack: Type.Boolean()}, {description: 'What the caller may do with it, apart from its state'}),
});
const Layer = Type.Object({
  number: Type.Integer(), name: Type.String(), kind: oneOf('confirmed', 'restored', 'ended'), unit: Unit, areaCode: Type.String(), baseName: Type.String(), restoredFrom: orNull(Type.Integer()),
  effectiveAt: Moment, madeAt: Moment, madeByName: Type.String(), reason: orNull(Type.String()),
});
const Bound = oneOf('notLonger', 'notLower', 'extend', 'free', 'ownUnit', 'retire');
const Table = Type.Object({
  name: Type.String(), columns: Type.Array(Type.String()), key: Type.Array(Type.String()), overrides: Type.Array(Type.Object({columns: Type.Array(Type.String()), bound: Bound, order: Type.Optional(Type.Array(Type.String(), {description: 'Of `notLower`: values from the loosest to the strictest'}))})),
  area: orNull(Type.String()), local: Type.Boolean(), localOnly: Type.Record(Type.String(), Type.Array(Type.String()), {description: 'Values that rows of one’s own may have, by column'}), rows: Type.Integer(), outside: Type.Integer(), own: Type.Integer(),
});
const Line = Type.Object({at: Moment, kind: oneOf('issued', 'verified', 'declined', 'confirmed', 'takenBack', 'undone', 'fellBack'), personName: Type.String(), unitId: Type.String(), reason: orNull(Type.String())});
const Field = Type.Object({columns: Type.Array(Type.String()), bound: Bound, base: orNull(OpenCells), theirs: OpenCells, mine: orNull(OpenCells), conflict: Type.Boolean()});
const Row = Type.Object({
  key: Type.String(), title: Text, place: oneOf('inside', 'above', 'outside'), kind: oneOf('given', 'local'), area: orNull(Type.String()), values: Cells, fields: Type.Array(Field),
  words: Type.Record(Type.String(), Type.Record(Type.String(), Text), {description: 'Values in words, by column and value'}),
  changedAbove: Type.Array(Type.Object({column: Type.String(), base: orNull(Type.String()), theirs: orNull(Type.String())})), added: Type.Boolean(),
});
const Origin = Type.Object({kind: oneOf('published', 'override', 'local'), unit: Unit, areaCode: orNull(Type.String()), version: Type.String(), effectiveAt: Moment});
const Right = Type.Object({unit: Unit, matterCode: Type.String(), areaCode: Type.String(), role: oneOf('lead', 'assist', 'implement'), catalogId: Type.String(), row: Type.String(), version: Type.String()});
const FellAway = Type.Array(Type.Object({table: Type.String(), key: Type.String(), title: Text, columns: Type.Array(Type.Object({name: Type.String(), title: Text, value: orNull(Type.String()), words: orNull(Text)})), reason: oneOf('locked', 'retired', 'gone', 'outside', 'same')}), {description: 'What the unit had made of the version before and could not take over, with the cells it had'});
const changed = Type.Object({issue: Issue});
const Choices = Type.Array(strict({table: Id, key: Key, column: Id, take: oneOf('mine', 'theirs')}), {minItems: 1, maxItems: 5_000});
const rowFilters = {table: Type.Optional(Id), code: Type.Optional(Key), q: Type.Optional(Type.String({maxLength: 200})), column: Type.Optional(Id), value: Type.Optional(Key), cursor: Type.Optional(Key), limit: Type.Optional(Limit)};

/** Catalogs issued down over the levels (下发 核验 完善 确认 收回), what holds for an area and where it comes from, and what outside systems ask. */
export const catalogIssueRoutes = {
  list: defineRoute({id: 'catalogs.issues', method: 'GET', path: '/api/catalog-issues', permission: 'catalogs.read', summary: 'Issues from or to units the caller may read, newest first', query: strict({catalog: Type.Optional(Id), unit: Type.Optional(Id), state: Type.Optional(State), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit)}), answer: Type.Object({issues: Type.Array(Issue), nextCursor: orNull(Type.String())})}),
  issuable: defineRoute({id: 'catalogs.issuable', method: 'GET', path: '/api/catalog-issues/catalogs', permission: 'catalogs.read', summary: 'Catalogs that may be issued, and to which unit they belong', answer: Type.Object({catalogs: Type.Array(Type.Object({id: Id, title: Text, owner: Unit, version: Type.String()}))})}),
  targets: defineRoute({id: 'catalogs.issueTargets', method: 'GET', path: '/api/catalogs/:catalogId/issue-targets', permission: 'catalogs.read', summary: 'Units a catalog may be issued to, with the layer they have', params: catalog, query: strict({from: Id}), answer: Type.Object({targets: Type.Array(Type.Object({unit: Unit, areaCode: Type.String(), layer: orNull(Layer), openIssueId: orNull(Type.String())}))})}),
  send: defineRoute({id: 'catalogs.sendIssue', method: 'POST', path: '/api/catalogs/:catalogId/issues', permission: 'catalogs.publish', summary: 'Issues a catalog to units directly below, all or none', params: catalog, body: strict({fromUnitId: Id, toUnitIds: Type.Array(Id, {minItems: 1, maxItems: 500}), note: Type.Optional(Type.String({maxLength: 1_000}))}), answer: Type.Object({issues: Type.Array(Issue)}), status: 201}),
  open: defineRoute({id: 'catalogs.openIssue', method: 'GET', path: '/api/catalog-issues/:issueId', permission: 'catalogs.read', summary: 'An issue with its tables, history and what stands against confirming it', params: one, answer: Type.Object({issue: Issue, tables: Type.Array(Table), lines: Type.Array(Line), problems: Type.Array(ProblemSchema), newest: orNull(Layer), fellAway: FellAway})}),
  rows: defineRoute({id: 'catalogs.issueRows', method: 'GET', path: '/api/catalog-issues/:issueId/rows', permission: 'catalogs.read', summary: 'Rows of an issue with the value above before, above now and one’s own', params: one, query: strict({table: Id, only: Type.Optional(oneOf('all', 'own', 'conflicts', 'changed', 'outside')), q: Type.Optional(Type.String({maxLength: 200})), cursor: Type.Optional(Key), limit: Type.Optional(Limit)}), answer: Type.Object({rows: Type.Array(Row), nextCursor: orNull(Type.String())})}),
  verify: defineRoute({id: 'catalogs.verifyIssue', method: 'POST', path: '/api/catalog-issues/:issueId/verify', permission: 'catalogs.edit', summary: 'Accepts an issue; rows of elsewhere are filtered, overrides that cannot be taken over are told', params: one, body: seen, answer: Type.Object({issue: Issue, fellAway: FellAway})}),
  decline: defineRoute({id: 'catalogs.declineIssue', method: 'POST', path: '/api/catalog-issues/:issueId/decline', permission: 'catalogs.edit', summary: 'Sends an issue back with a reason', params: one, body: strict({lockVersion: LockVersion, reason: Reason}), answer: changed}),
  put: defineRoute({id: 'catalogs.putIssueRow', method: 'PUT', path: '/api/catalog-issues/:issueId/rows', permission: 'catalogs.edit', summary: 'Overrides cells of a row within their bounds, or adds a row of one’s own', params: one, body: strict({lockVersion: LockVersion, table: Id, key: Type.Optional(Key), cells: OpenCells}), answer: changed}),
  drop: defineRoute({id: 'catalogs.dropIssueRow', method: 'POST', path: '/api/catalog-issues/:issueId/drop-row', permission: 'catalogs.edit', summary: 'Takes one’s own change of a row back', params: one, body: strict({lockVersion: LockVersion, table: Id, key: Key}), answer: changed}),
  choose: defineRoute({id: 'catalogs.chooseIssueSides', method: 'POST', path: '/api/catalog-issues/:issueId/choose', permission: 'catalogs.edit', summary: 'Decides conflicts for one’s own value or the one above', params: one, body: strict({lockVersion: LockVersion, choices: Choices}), answer: changed}),
  confirm: defineRoute({id: 'catalogs.confirmIssue', method: 'POST', path: '/api/catalog-issues/:issueId/confirm', permission: 'catalogs.publish', summary: 'Makes an issue the unit’s layer, from a day on', params: one, body: strict({lockVersion: LockVersion, effectiveFrom: Day, acceptWarnings: Type.Optional(Type.Boolean({description: 'Warnings, such as new gaps of dispatch, were seen and are accepted'}))}), answer: changed}),
  takeBack: defineRoute({id: 'catalogs.takeBackIssue', method: 'POST', path: '/api/catalog-issues/:issueId/take-back', permission: 'catalogs.publish', summary: 'Takes an issue back; layers that stand on it end', params: one, body: strict({lockVersion: LockVersion, reason: Reason, effectiveFrom: Type.Optional(Day)}), answer: changed}),
  layers: defineRoute({id: 'catalogs.layers', method: 'GET', path: '/api/catalogs/:catalogId/layers', permission: 'catalogs.read', summary: 'Layers of a unit, newest first', params: catalog, query: strict({unit: Id}), answer: Type.Object({layers: Type.Array(Layer)})}),
  undo: defineRoute({id: 'catalogs.undoLayer', method: 'POST', path: '/api/catalogs/:catalogId/undo-layer', permission: 'catalogs.publish', summary: 'Brings the layer before back, held against what holds above; choices decide what was changed there', params: catalog, body: strict({unitId: Id, number: Type.Integer({minimum: 1}), reason: Reason, effectiveFrom: Type.Optional(Day), choices: Type.Optional(Choices)}), answer: Type.Object({layer: Layer})}),
  effective: defineRoute({machine: true, id: 'catalogs.effectiveRows', method: 'GET', path: '/api/catalogs/:catalogId/effective', permission: 'catalogs.read', summary: 'Rows as they hold for an area now, by code, words and one cell (type)', params: catalog, query: strict({...rowFilters, area: Type.Optional(Id), at: Type.Optional(Moment)}), answer: Type.Object({version: Type.String(), rows: Type.Array(Type.Object({key: Type.String(), title: Text, values: Cells})), nextCursor: orNull(Type.String())})}),
  origins: defineRoute({id: 'catalogs.origins', method: 'GET', path: '/api/catalogs/:catalogId/origins', permission: 'catalogs.read', summary: 'From which unit and version each cell of a row comes', params: catalog, query: strict({area: Id, key: Key, table: Type.Optional(Id)}), answer: Type.Object({version: Type.String(), key: Type.String(), cells: Type.Array(Type.Object({column: Type.String(), value: orNull(Type.String()), above: orNull(Type.String()), words: orNull(Text), aboveWords: orNull(Text), origin: Origin}))})}),
  since: defineRoute({machine: true, id: 'catalogs.changesSince', method: 'GET', path: '/api/catalogs/:catalogId/changes-since', permission: 'catalogs.read', summary: 'Rows that changed since a version, as they hold now, page by page', params: catalog, query: strict({version: VersionName, area: Type.Optional(Id), cursor: Type.Optional(Type.String({pattern: `${versionPattern}:\\d{1,9}$`})), limit: Type.Optional(Type.Integer({minimum: 1, maximum: 1_000}))}), answer: Type.Object({from: Type.String(), version: Type.String(), rows: Type.Array(Type.Object({table: Type.String(), key: Type.String(), op: oneOf('add', 'modify', 'offShelf', 'void', 'restore', 'gone'), values: orNull(Cells)})), nextCursor: orNull(Type.String({description: 'Stays with the version of the first page, whatever is published meanwhile'}))})}),
  versions: defineRoute({machine: true, id: 'catalogs.versions', method: 'GET', path: '/api/catalogs/:catalogId/versions', permission: 'catalogs.read', summary: 'Versions of a catalog with the day from which each holds, and the one that holds now (for an area)', params: catalog, query: strict({area: Type.Optional(Id)}), answer: Type.Object({holds: Type.String(), versions: Type.Array(Type.Object({version: Type.String(), effectiveAt: Moment, publishedAt: Moment}))})}),
  handling: defineRoute({id: 'catalogs.handling', method: 'GET', path: '/api/catalogs/handling', permission: 'catalogs.read', summary: 'What a unit may handle, by the rows that hold', query: strict({unit: Id, matter: Type.Optional(Id), area: Type.Optional(Id)}), answer: Type.Object({rights: Type.Array(Right)})}),
};
