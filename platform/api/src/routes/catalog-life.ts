import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Cursor, Done, Id, Limit, Moment, ProblemSchema, Text, oneOf, orNull, strict} from '../schemas.js';

const CatalogState = oneOf('editing', 'inReview', 'approved', 'failed', 'revoked', 'published', 'withdrawn');
const Op = oneOf('add', 'modify', 'offShelf', 'void', 'restore');
const RowStateSchema = oneOf('editing', 'inReview', 'approved', 'failed', 'scheduled', 'effective', 'retired', 'void');
const Version = Type.String({pattern: '^\\d{4}\\.\\d{1,6}\\.\\d{1,6}$'});
const Key = Type.String({minLength: 1, maxLength: 255});
const Cells = Type.Record(Type.String(), Type.String());
/** Cells that name something else, in words. */
const Words = Type.Record(Type.String(), Text);
const LockVersion = Type.Integer({minimum: 1});
const catalog = strict({catalogId: Id});
const set = strict({changeId: Id});
const seen = strict({lockVersion: LockVersion});

const Change = Type.Object({
  id: Id, catalogId: Id, title: Type.String(), origin: oneOf('manual', 'import', 'rollback'), state: CatalogState, baseVersion: orNull(Type.String({description: 'null for the set that creates its catalog'})), authorId: Id, authorName: Type.String(), unitId: Type.String(),
  lockVersion: Type.Integer(), createdAt: Moment, updatedAt: Moment, submittedAt: orNull(Moment), decidedAt: orNull(Moment), decidedByName: orNull(Type.String()), opinion: orNull(Type.String()),
  publishedAt: orNull(Moment), publishedByName: orNull(Type.String()), publishedVersion: orNull(Type.String()),
  reviewCaseId: orNull(Id), reviewNumber: orNull(Type.String()),
});
/** One row of a difference between versions. */
export const CatalogDiff = Type.Object({table: Type.String(), key: Type.String(), op: oneOf('add', 'modify', 'offShelf', 'void', 'restore', 'gone'), title: Text, cells: Type.Array(Type.Object({column: Type.String(), before: orNull(Type.String()), after: orNull(Type.String()), beforeWords: orNull(Text), afterWords: orNull(Text), title: orNull(Text)}))});
const Line = Type.Object({at: Moment, kind: oneOf('created', 'submitted', 'passed', 'failed', 'revoked', 'withdrawn', 'rebased', 'published', 'unpublished'), personId: Type.String(), personName: Type.String(), unitId: Type.String(), opinion: orNull(Type.String())});
const Pending = Type.Object({changeId: Id, title: Type.String(), state: CatalogState, op: Op, authorName: Type.String(), after: Cells});
const Row = Type.Object({key: Type.String(), title: Text, values: Cells, words: Words, state: RowStateSchema, level: orNull(Type.Integer()), path: Type.Array(Type.String()), pathEn: Type.Optional(Type.Array(Type.String())), unitIds: Type.Array(Type.String()), creator: Type.Object({id: Type.String(), name: Type.String()}), createdAt: Moment, updatedAt: Moment, pending: Type.Array(Pending), mayEdit: Type.Boolean({description: 'Whether whoever asks may write changes of it'}), scheduled: orNull(Type.Object({version: Type.String(), effectiveAt: Moment, op: Op, now: orNull(Cells)}, {description: 'What a version whose day is to come makes of it, and the row as it holds till then'}))});
const Entry = Type.Object({
  version: Type.String(), publishedAt: Moment, publishedBy: Type.String(), effectiveAt: Moment, rows: Type.Integer(),
  state: oneOf('holds', 'scheduled', 'past', 'withdrawn'), previous: orNull(Type.String()), remadeFrom: orNull(Type.String({description: 'The version it was made in the place of, with a correction'})),
  withdrawn: orNull(Type.Object({at: Moment, byName: Type.String(), reason: orNull(Type.String()), supersededBy: orNull(Type.String())})),
  changed: Type.Object({added: Type.Integer(), modified: Type.Integer(), offShelf: Type.Integer(), restored: Type.Integer(), fields: Type.Integer({description: 'Columns that are new or changed'}), settings: Type.Integer({description: '1 where the catalog as a whole says something else'})}),
  change: orNull(Type.Object({id: Id, title: Type.String(), authorName: Type.String(), decidedByName: orNull(Type.String()), opinion: orNull(Type.String()), publishedByName: orNull(Type.String()), lines: Type.Array(Line)})),
});
const RowHistoryEntry = Type.Object({
  version: Type.String({description: 'A version, or the layer of a unit (`2026.3.0+650100.2`)'}), publishedAt: Moment, publishedBy: Type.String(), effectiveAt: Moment, state: oneOf('holds', 'scheduled', 'past', 'withdrawn'),
  unit: orNull(Type.Object({id: Type.String(), name: Type.String(), areaCode: Type.String()}, {description: 'Who changed the row for its area; null for the owner'})),
  cause: Type.Object({kind: oneOf('folder', 'set', 'issue', 'undo', 'takeBack'), origin: orNull(oneOf('manual', 'import', 'rollback')), id: orNull(Id), title: orNull(Type.String()), authorName: orNull(Type.String()), decidedByName: orNull(Type.String()), reason: orNull(Type.String())}),
  diff: CatalogDiff,
});
/** A column and its value; no value of a reference or choice has a semicolon. */
const cellTest = '[A-Za-z][A-Za-z0-9_]{0,63}:[^;\\u0000-\\u001f]{1,255}';
const filters = {
  table: Type.Optional(Id), name: Type.Optional(Type.String({maxLength: 200})), code: Type.Optional(Key), level: Type.Optional(Type.Integer({minimum: 0, maximum: 20})),
  unit: Type.Optional(Id), creator: Type.Optional(Id), state: Type.Optional(RowStateSchema), below: Type.Optional(Key), from: Type.Optional(Moment), to: Type.Optional(Moment), createdFrom: Type.Optional(Moment), createdTo: Type.Optional(Moment),
  cells: Type.Optional(Type.String({maxLength: 1_000, pattern: `^${cellTest}(;${cellTest})*$`, description: 'Values of columns, `unitId:u650100-centre;areaCode:650100`; of a column that names rows of a tree also what lies below'})),
};
const Reference = Type.Object({catalog: Type.String(), table: Type.String(), except: Type.Array(Type.String()), leaf: Type.Boolean(), elsewhere: Type.Boolean(), list: Type.Optional(Type.Boolean({description: 'A cell names several, with commas between'}))});
const ColumnTypeSchema = oneOf('text', 'number', 'boolean', 'date', 'choice', 'reference');
const Column = Type.Object({
  name: Type.String(), title: Text, isRequired: Type.Boolean(), isFixed: Type.Boolean({description: 'Never changes on a row that was effective'}), pattern: orNull(Type.String()), maxLength: orNull(Type.Integer()),
  type: ColumnTypeSchema, format: orNull(Type.String()), order: Type.Number(), isOwn: Type.Boolean({description: 'Made by administrators'}), isRetired: Type.Boolean({description: 'Kept, no longer asked'}),
  options: Type.Array(Type.Object({value: Type.String(), title: Text})), reference: orNull(Reference),
});
const Form = Type.Object({id: Id, version: Type.String(), kind: oneOf('tree', 'list', 'matrix', 'relation', 'calendar'), title: Text, owner: Type.String(), edits: oneOf('all', 'own', 'none'), tables: Type.Array(Type.Object({name: Type.String(), title: Text, key: Type.Array(Type.String()), parent: orNull(Type.String()), maintainer: orNull(Type.String({description: 'Column with the unit that maintains a row'})), columns: Type.Array(Column)}))});
const Field = Type.Object({
  key: Key, table: Type.String(), column: Type.String(), title: Text, values: Cells, words: Words, isOwn: Type.Boolean(), isProposed: Type.Boolean(), uses: Type.Array(oneOf('key', 'parent', 'area', 'status', 'below')),
  filled: Type.Integer(), rows: Type.Integer(), pending: Type.Array(Pending),
});
const Settings = Type.Object({key: Key, values: Cells, words: Words, pending: Type.Array(Pending)});
const GraphNode = Type.Object({catalog: orNull(Type.String()), table: Type.String(), key: Type.String(), title: Text});
const RowInputs = (most: number) => Type.Array(strict({table: Type.Optional(Id), op: Op, key: Type.Optional(Key), cells: Type.Optional(Type.Record(Type.String({maxLength: 64}), orNull(Type.String({maxLength: 2_000}))))}), {minItems: 1, maxItems: most});
const Other = Type.Object({table: Type.String(), key: Type.String(), changeId: Id, title: Type.String(), state: CatalogState, op: Op, authorName: Type.String()});
const Preview = {diff: Type.Array(CatalogDiff), problems: Type.Array(ProblemSchema), others: Type.Array(Other, {description: 'Open change sets that touch these rows, too'})};
const Title = Type.String({minLength: 1, maxLength: 200});
const changed = Type.Object({change: Change});
const Draft = Type.Object({id: Id, title: Text, kind: oneOf('tree', 'list', 'matrix', 'relation', 'calendar'), owner: Type.String(), changeId: Id, state: CatalogState, authorName: Type.String(), updatedAt: Moment});
/** Cells of a row of `.fields` but its table. */
const NewColumn = Type.Record(Type.String({maxLength: 64}), Type.String({maxLength: 2_000}), {maxProperties: 420});
const NewCatalog = strict({
  id: Type.String({minLength: 1, maxLength: 64}), kind: oneOf('list', 'tree', 'relation', 'matrix'), titleZh: Type.String({maxLength: 200}), titleEn: Type.String({maxLength: 200}), owner: Id,
  risk: Type.Optional(oneOf('low', 'high')), columns: Type.Array(NewColumn, {maxItems: 40, description: 'Rows of `.fields` without `table`; `key`: yes for what rows are found by'}),
});

const Counts = Type.Object({one: Type.Integer(), partial: Type.Integer(), several: Type.Integer(), none: Type.Integer(), nobody: Type.Integer()});
/** What a set of matters, areas or responsibility does to the coverage of dispatch: places (leaf × area) before and after, the new gaps and overlaps where they begin. */
const CoverageChange = Type.Object({
  before: Counts, after: Counts, gaps: Type.Integer(), overlaps: Type.Integer(), layeredAreas: Type.Integer({description: 'Areas that keep what their unit made of the rules'}), total: Type.Integer(),
  findings: Type.Array(Type.Object({kind: oneOf('partial', 'several', 'none', 'nobody'), matterCode: Type.String(), matter: Text, areaCode: Type.String(), area: Text, areasBelow: Type.Integer()}), {maxItems: 100}),
});

/** The life of catalogs: what is proposed, reviewed, published, and what was. Keys of rows hold `|` between the columns of a key. */
export const catalogLifeRoutes = {
  rows: defineRoute({id: 'catalogs.rows', method: 'GET', path: '/api/catalogs/:catalogId/rows', permission: 'catalogs.read', summary: 'Effective rows with what is proposed, filtered', params: catalog, query: strict({...filters, cursor: Type.Optional(Key), limit: Type.Optional(Limit)}), answer: Type.Object({version: Type.String(), holds: orNull(Type.String()), scheduled: Type.Array(Type.Object({version: Type.String(), effectiveAt: Moment})), total: Type.Integer({description: 'Rows that the filters leave, on all pages'}), rows: Type.Array(Row), nextCursor: orNull(Type.String())})}),
  timeline: defineRoute({id: 'catalogs.timeline', method: 'GET', path: '/api/catalogs/:catalogId/timeline', permission: 'catalogs.read', summary: 'Versions of a catalog, newest first', params: catalog, query: strict({before: Type.Optional(Version), limit: Type.Optional(Limit)}), answer: Type.Object({entries: Type.Array(Entry), nextCursor: orNull(Type.String())})}),
  rowHistory: defineRoute({id: 'catalogs.rowHistory', method: 'GET', path: '/api/catalogs/:catalogId/row-history', permission: 'catalogs.read', summary: 'Every version and layer in which a row changed, newest first: who, from which day, out of what, which cells', params: catalog, query: strict({table: Type.Optional(Id), key: Key, before: Type.Optional(Type.String({minLength: 1, maxLength: 64, description: '`nextCursor` of the page before'})), limit: Type.Optional(Limit)}), answer: Type.Object({entries: Type.Array(RowHistoryEntry), nextCursor: orNull(Type.String())})}),
  versionRows: defineRoute({id: 'catalogs.versionRows', method: 'GET', path: '/api/catalogs/:catalogId/versions/:version/rows', permission: 'catalogs.read', summary: 'Rows of a version as it was', params: strict({catalogId: Id, version: Version}), query: strict({table: Type.Optional(Id)}), answer: Type.Object({version: Type.String(), title: Text, columns: Type.Array(Column), rows: Type.Array(Cells), words: Type.Record(Type.String(), Type.Record(Type.String(), Text), {description: 'Values in words, by column and value'})})}),
  withdraw: defineRoute({id: 'catalogs.withdrawVersion', method: 'POST', path: '/api/catalogs/:catalogId/versions/:version/withdraw', permission: 'catalogs.publish', summary: 'Withdraws a version before it takes effect', params: strict({catalogId: Id, version: Version}), body: strict({reason: Type.String({minLength: 1, maxLength: 1_000})}), answer: Type.Object({version: Type.String(), withdrawnAt: Moment})}),
  diff: defineRoute({id: 'catalogs.diff', method: 'GET', path: '/api/catalogs/:catalogId/diff', permission: 'catalogs.read', summary: 'What is different between two versions', params: catalog, query: strict({from: Version, to: Version}), answer: Type.Object({diff: Type.Array(CatalogDiff)})}),
  changes: defineRoute({id: 'catalogs.changes', method: 'GET', path: '/api/catalogs/:catalogId/changes', permission: 'catalogs.read', summary: 'Change sets of a catalog, newest first', params: catalog, query: strict({state: Type.Optional(CatalogState), cursor: Type.Optional(Cursor), limit: Type.Optional(Limit)}), answer: Type.Object({changes: Type.Array(Change), nextCursor: orNull(Type.String())})}),
  open: defineRoute({id: 'catalogs.openChange', method: 'GET', path: '/api/catalog-changes/:changeId', permission: 'catalogs.read', summary: 'A change set with its differences, history and problems', params: set, answer: Type.Object({change: Change, diff: Type.Array(CatalogDiff), lines: Type.Array(Line), problems: Type.Array(ProblemSchema), newerVersion: orNull(Type.String())})}),
  check: defineRoute({id: 'catalogs.checkChange', method: 'GET', path: '/api/catalog-changes/:changeId/check', permission: 'catalogs.read', summary: 'What publishing a set would find: the number of the version, every problem', params: set, query: strict({from: Type.Optional(Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'First day; before a scheduled version that one is made again'}))}), answer: Type.Object({version: orNull(Type.String()), problems: Type.Array(ProblemSchema), toConfirm: Type.Integer({description: 'Problems among them that whoever publishes must confirm (`acceptWarnings`)'}), remade: Type.Array(Type.Object({version: Type.String(), effectiveAt: Moment, becomes: Type.String()})), coverage: orNull(CoverageChange)})}),
  createCatalog: defineRoute({id: 'catalogs.create', method: 'POST', path: '/api/catalogs', permission: 'catalogs.create', summary: 'Begins a catalog: a change set that stands on no version; it is filled, reviewed and published as every set', body: NewCatalog, answer: changed, status: 201}),
  drafts: defineRoute({id: 'catalogs.drafts', method: 'GET', path: '/api/catalog-drafts', permission: 'catalogs.read', summary: 'Catalogs that are being made, and what columns of a new one may refer to', answer: Type.Object({drafts: Type.Array(Draft), targets: Type.Array(Type.Object({reference: Type.String(), title: Text}))})}),
  create: defineRoute({id: 'catalogs.createChange', method: 'POST', path: '/api/catalogs/:catalogId/changes', permission: 'catalogs.edit', summary: 'Begins a change set; with `rows` it holds their changes, and is not there when one of them is refused', params: catalog, body: strict({title: Title, rows: Type.Optional(RowInputs(500))}), answer: changed, status: 201}),
  rollBack: defineRoute({id: 'catalogs.rollBack', method: 'POST', path: '/api/catalogs/:catalogId/rollback', permission: 'catalogs.edit', summary: 'Begins a change set that brings a version back', params: catalog, body: strict({version: Version, title: Title}), answer: changed, status: 201}),
  put: defineRoute({id: 'catalogs.putRow', method: 'PUT', path: '/api/catalog-changes/:changeId/rows', permission: 'catalogs.edit', summary: 'Puts the change of one row into a set', params: set, body: strict({lockVersion: LockVersion, table: Type.Optional(Id), op: Op, key: Type.Optional(Key), cells: Type.Optional(Type.Record(Type.String({maxLength: 64}), orNull(Type.String({maxLength: 2_000}))))}), answer: changed}),
  form: defineRoute({id: 'catalogs.form', method: 'GET', path: '/api/catalogs/:catalogId/form', permission: 'catalogs.read', summary: 'Tables and columns of a catalog as forms show them, of the last version, of another, or as a change set would make them', params: catalog, query: strict({version: Type.Optional(Version), changeId: Type.Optional(Id)}), answer: Form}),
  fields: defineRoute({id: 'catalogs.fields', method: 'GET', path: '/api/catalogs/:catalogId/fields', permission: 'catalogs.read', summary: 'Columns and settings of a catalog with what is proposed for them; they are changed as rows of the tables `.fields` and `.catalog`', params: catalog, answer: Type.Object({version: Type.String(), settings: Settings, fields: Type.Array(Field), targets: Type.Array(Type.Object({reference: Type.String(), title: Text}))})}),
  tree: defineRoute({id: 'catalogs.tree', method: 'GET', path: '/api/catalogs/:catalogId/tree', permission: 'catalogs.read', summary: 'Rows directly below one of a tree, with what lies below them', params: catalog, query: strict({table: Type.Optional(Id), parent: Type.Optional(Key)}), answer: Type.Object({nodes: Type.Array(Type.Object({key: Type.String(), title: Text, isRetired: Type.Boolean(), children: Type.Integer(), below: Type.Integer()}))})}),
  options: defineRoute({id: 'catalogs.options', method: 'GET', path: '/api/catalogs/:catalogId/options', permission: 'catalogs.read', summary: 'Rows that a cell may name, by words or code', params: catalog, query: strict({table: Type.Optional(Id), q: Type.Optional(Type.String({maxLength: 200})), key: Type.Optional(Key), leaf: Type.Optional(Type.Boolean()), limit: Type.Optional(Limit)}), answer: Type.Object({options: Type.Array(Type.Object({key: Type.String(), title: Text, path: Type.Array(Type.String())}))})}),
  graph: defineRoute({id: 'catalogs.graph', method: 'GET', path: '/api/catalogs/:catalogId/graph', permission: 'catalogs.read', summary: 'A row, what it names, and the rows of every catalog that name it', params: catalog, query: strict({table: Type.Optional(Id), key: Key}), answer: Type.Object({centre: GraphNode, groups: Type.Array(Type.Object({catalog: Type.String(), table: Type.String(), title: Text, names: Type.Boolean({description: 'The row names these; else they name it'}), nodes: Type.Array(GraphNode), total: Type.Integer()}))})}),
  preview: defineRoute({id: 'catalogs.previewRows', method: 'POST', path: '/api/catalogs/:catalogId/preview', permission: 'catalogs.edit', summary: 'What rows would become, with every problem; writes nothing. With `changeId` on top of that set and in its columns', params: catalog, body: strict({rows: RowInputs(500), apart: Type.Optional(Type.Boolean({description: 'Each row as if it were the only one; at most 60'}))}), answer: Type.Object(Preview)}),
  putMany: defineRoute({id: 'catalogs.putRows', method: 'POST', path: '/api/catalog-changes/:changeId/rows', permission: 'catalogs.edit', summary: 'Puts the changes of many rows into a set, all or none', params: set, body: strict({lockVersion: LockVersion, rows: RowInputs(500)}), answer: changed}),
  previewExcel: defineRoute({id: 'catalogs.previewExcel', method: 'POST', path: '/api/catalogs/:catalogId/import-preview', permission: 'catalogs.edit', summary: 'What an .xlsx (multipart field `file`) would change, with every problem; writes nothing. With `changeId` on top of that set and in its columns', params: catalog, query: strict({table: Type.Optional(Id), changeId: Type.Optional(Id)}), answer: Type.Object({table: Type.String(), rows: Type.Integer(), unchanged: Type.Integer(), ...Preview}), kind: 'upload'}),
  remove: defineRoute({id: 'catalogs.removeRow', method: 'POST', path: '/api/catalog-changes/:changeId/remove-row', permission: 'catalogs.edit', summary: 'Takes the change of one row out of a set', params: set, body: strict({lockVersion: LockVersion, table: Id, key: Key}), answer: changed}),
  submit: defineRoute({id: 'catalogs.submitChange', method: 'POST', path: '/api/catalog-changes/:changeId/submit', permission: 'catalogs.edit', summary: 'Hands a set in for review', params: set, body: seen, answer: Type.Object({change: Change, warnings: Type.Array(ProblemSchema)})}),
  decide: defineRoute({id: 'catalogs.decideChange', method: 'POST', path: '/api/catalog-changes/:changeId/decide', permission: 'catalogs.review', summary: 'Passes or fails a set', params: set, body: strict({lockVersion: LockVersion, result: oneOf('pass', 'fail'), opinion: Type.String({maxLength: 1_000})}), answer: changed}),
  revoke: defineRoute({id: 'catalogs.revokeChange', method: 'POST', path: '/api/catalog-changes/:changeId/revoke', permission: 'catalogs.edit', summary: 'Takes a set out of the flow', params: set, body: seen, answer: changed}),
  rebase: defineRoute({id: 'catalogs.rebaseChange', method: 'POST', path: '/api/catalog-changes/:changeId/rebase', permission: 'catalogs.edit', summary: 'Moves a set onto the last version', params: set, body: strict({lockVersion: LockVersion, choices: Type.Array(strict({table: Id, key: Key, column: Id, take: oneOf('mine', 'theirs')}), {maxItems: 5_000})}), answer: changed}),
  publish: defineRoute({id: 'catalogs.publishChange', method: 'POST', path: '/api/catalog-changes/:changeId/publish', permission: 'catalogs.publish', summary: 'Publishes a set that passed, from a day on', params: set, body: strict({lockVersion: LockVersion, effectiveFrom: Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$'}), acceptGaps: Type.Optional(Type.Boolean({description: 'New gaps and overlaps of dispatch were seen and are accepted; without it a version that makes some is refused'})), acceptWarnings: Type.Optional(Type.Boolean({description: 'Warnings about content, such as limits that are lost, were seen and are accepted'}))}), answer: changed}),
  exportExcel: defineRoute({id: 'catalogs.exportExcel', method: 'GET', path: '/api/catalogs/:catalogId/export', permission: 'catalogs.read', summary: 'A table, or what a filter leaves of it, as .xlsx; with `changeId` as that set would make it', params: catalog, query: strict({...filters, codes: Type.Optional(Type.Boolean({description: 'Columns by their own names instead of their titles'})), language: Type.Optional(oneOf('zh-CN', 'en')), changeId: Type.Optional(Id)}), answer: Type.String(), kind: 'file'}),
  importExcel: defineRoute({id: 'catalogs.importExcel', method: 'POST', path: '/api/catalogs/:catalogId/import', permission: 'catalogs.edit', summary: 'Makes a change set of an .xlsx (multipart field `file`), at most 500 rows, all or nothing; or puts them into the set `changeId`, seen at `lockVersion`', params: catalog, query: strict({title: Type.Optional(Title), table: Type.Optional(Id), changeId: Type.Optional(Id), lockVersion: Type.Optional(LockVersion)}), answer: changed, kind: 'upload', status: 201}),
  delete: defineRoute({id: 'catalogs.deleteChange', method: 'DELETE', path: '/api/catalog-changes/:changeId', permission: 'catalogs.delete', summary: 'Deletes a set that waits for its submission, for good', params: set, query: strict({lockVersion: LockVersion}), answer: Done}),
};
