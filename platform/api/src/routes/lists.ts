import {Type, type Static} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Done, Id, oneOf, orNull, strict} from '../schemas.js';

/** Lists that a person arranges for himself. */
export const listNames = ['todo', 'done', 'mine', 'drafts', 'search'] as const;
/** Columns that may be chosen; number and title are always there, the number first. */
export const listColumns = ['caller', 'matter', 'urgency', 'step', 'state', 'assignee', 'unit', 'due', 'at'] as const;
/** A list of cases. */
export type ListName = (typeof listNames)[number];
/** A column that may be chosen. */
export type ListColumn = (typeof listColumns)[number];

const Part = Type.Optional(Type.String({minLength: 1, maxLength: 64}));
/** Filters by name as they stand in the address of a list. The words of a search are not among them: they may be a phone number. */
const ListFilters = strict({state: Part, urgency: Part, step: Part, matter: Part, area: Part, unit: Part, from: Part, to: Part, part: Part, due: Part, group: Part, closed: Part, inTime: Part, lapsed: Part});
const ListView = Type.Object({id: Id, name: Type.String(), filters: ListFilters});
/** A saved view. */
export type ListViewJson = Static<typeof ListView>;

/** Columns of a table of a catalog that may be chosen besides its own cells, which are `cell.<column>`; code and name are always there. */
export const rowColumns = ['level', 'path', 'creator', 'created', 'state', 'updated'] as const;
/** A column of a table of a catalog: one of `rowColumns`, or a cell. */
export type RowColumn = (typeof rowColumns)[number] | `cell.${string}`;

const CatalogTable = strict({catalogId: Id, table: Id});
const RowColumns = orNull(Type.Array(Type.String({pattern: `^(${rowColumns.join('|')}|cell\\.[A-Za-z][A-Za-z0-9_]{0,63})$`}), {uniqueItems: true, maxItems: 40}));
const ListParams = strict({list: oneOf(...listNames)});
const Columns = orNull(Type.Array(oneOf(...listColumns), {uniqueItems: true, maxItems: listColumns.length}));

export const listRoutes = {
  read: defineRoute({id: 'lists.read', method: 'GET', path: '/api/lists/:list', permission: 'signedIn', summary: 'Own columns and saved views of a list; columns are null while none were chosen', params: ListParams, answer: Type.Object({columns: Columns, views: Type.Array(ListView)})}),
  saveColumns: defineRoute({id: 'lists.saveColumns', method: 'PUT', path: '/api/lists/:list/columns', permission: 'signedIn', summary: 'Chooses the own columns of a list, in their order; null for the usual ones', params: ListParams, body: strict({columns: Columns}), answer: Done}),
  readRows: defineRoute({id: 'lists.readRows', method: 'GET', path: '/api/catalogs/:catalogId/tables/:table/columns', permission: 'catalogs.read', summary: 'Own columns of a table of a catalog; null while none were chosen', params: CatalogTable, answer: Type.Object({columns: RowColumns})}),
  saveRows: defineRoute({id: 'lists.saveRowColumns', method: 'PUT', path: '/api/catalogs/:catalogId/tables/:table/columns', permission: 'catalogs.read', summary: 'Chooses the own columns of a table of a catalog, in their order; null for the usual ones', params: CatalogTable, body: strict({columns: RowColumns}), answer: Done}),
  addView: defineRoute({id: 'lists.addView', method: 'POST', path: '/api/lists/:list/views', permission: 'signedIn', summary: 'Saves filters of a list under a name of one\'s own', params: ListParams, body: strict({name: Type.String({minLength: 1, maxLength: 40, pattern: '\\S'}), filters: ListFilters}), answer: ListView, status: 201}),
  removeView: defineRoute({id: 'lists.removeView', method: 'DELETE', path: '/api/lists/:list/views/:viewId', permission: 'signedIn', summary: 'Deletes an own saved view', params: strict({list: oneOf(...listNames), viewId: Id}), answer: Done}),
};
