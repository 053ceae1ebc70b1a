import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Id, orNull, oneOf, strict, Text} from '../schemas.js';

/** A row to choose from. `path` holds the titles of the parents, outermost first. */
const Choice = Type.Object({key: Type.String(), title: Text, parentKey: orNull(Type.String()), path: Type.Array(Type.String()), leaf: Type.Boolean(), status: oneOf('active', 'retired'), more: Type.Record(Type.String(), Type.String())});
const LimitJson = Type.Object({text: Text, reason: Type.Optional(Text), ladder: Type.Optional(Type.Array(Text)), row: Type.String(), version: Type.String(), source: Type.String()});

/** Published catalogs as of a moment, and what dispatch would propose. An unknown catalog is `CATALOG_UNKNOWN`, an unknown row `CATALOG_ROW_UNKNOWN`; outside systems read here with tokens (`PEOPLE_TOKEN_…`). @see Source: requirements/xinjiang-hotline.md §2.1. */
export const catalogRoutes = {
  list: defineRoute({id: 'catalogs.list', method: 'GET', path: '/api/catalogs', permission: 'catalogs.read', summary: 'Published catalogs and their versions', answer: Type.Object({catalogs: Type.Array(Type.Object({id: Id, title: Text, version: Type.String(), effectiveFrom: Type.String(), rows: Type.Integer()}))})}),
  choices: defineRoute({id: 'catalogs.choices', method: 'GET', path: '/api/catalogs/:catalogId/choices', permission: 'signedIn', summary: 'Rows of a catalog to choose from, as of now', params: strict({catalogId: Id}), answer: Type.Object({version: Type.String(), choices: Type.Array(Choice)})}),
  searchMatters: defineRoute({id: 'catalogs.searchMatters', method: 'GET', path: '/api/catalogs/matters/search', permission: 'signedIn', summary: 'Finds matters by words, code or synonym', query: strict({q: Type.String({minLength: 1, maxLength: 200}), limit: Type.Optional(Type.Integer({minimum: 1, maximum: 50}))}), answer: Type.Object({matches: Type.Array(Type.Object({choice: Choice, why: Text}))})}),
  handlers: defineRoute({id: 'catalogs.handlers', method: 'GET', path: '/api/catalogs/handlers', permission: 'signedIn', summary: 'Units that the catalogs let handle a matter in an area now', query: strict({matter: Id, area: Id}), answer: Type.Object({unitIds: Type.Array(Id)})}),
  proposal: defineRoute({id: 'catalogs.proposal', method: 'GET', path: '/api/catalogs/proposal', permission: 'signedIn', summary: 'Who would be responsible and how long it may take', query: strict({matter: Id, area: Id, urgency: Type.Optional(Id), industry: Type.Optional(Id)}), answer: Type.Object({leadUnitId: orNull(Id), leadUnitName: orNull(Type.String()), candidates: Type.Array(Type.Object({id: Id, name: Type.String()})), assist: Type.Array(Type.Object({id: Id, name: Type.String()})), respond: orNull(LimitJson), resolve: orNull(LimitJson), row: orNull(Type.String()), rowTitle: Type.Optional(Text), version: orNull(Type.String()), reason: Text, confidence: oneOf('certain', 'choose', 'none'), handling: Type.Optional(Type.Object({processId: Type.String(), processTitle: orNull(Text), formId: Type.String(), formTitle: orNull(Text), row: Type.String(), version: Type.String()}))})}),
};
