import {Type, type Static} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {DecidedBy, Id, orNull, oneOf, strict, Text} from '../schemas.js';

/** A row to choose from. `path` holds the titles of the parents, outermost first. */
const Choice = Type.Object({key: Type.String(), title: Text, parentKey: orNull(Type.String()), path: Type.Array(Type.String()), leaf: Type.Boolean(), status: oneOf('active', 'retired'), more: Type.Record(Type.String(), Type.String())});
/** Set for an area by its own unit; `above` is what holds above, `null` where nothing does. */
export const OwnLimit = Type.Object({area: Text, above: orNull(Text)});
const LimitJson = Type.Object({text: Text, reason: Type.Optional(Text), ladder: Type.Optional(Type.Array(Text)), row: Type.String(), version: Type.String(), source: Type.String(), own: Type.Optional(OwnLimit)});

const origin = {row: Type.String(), version: Type.String(), source: Type.String()};
const OfUnit = {unitName: Type.String(), title: Text, ...origin};
const ItemPart = Type.Object({...origin, unitName: Type.String(), title: orNull(Text), role: oneOf('lead', 'assist'), duty: Text, rules: orNull(Type.String()), materials: orNull(Type.String()), flow: orNull(Type.String())});
const ReviewPoint = Type.Object({row: Type.String(), title: Text, step: oneOf('conditions', 'form', 'online', 'acceptance', 'approval', 'completion'), standard: Type.String(), mode: oneOf('automatic', 'manual'), source: Type.String()});
/** A material that an item asks for, with what is looked at in it. @see Source: requirements/xinjiang-services.md §2.2.4, §2.2.5 */
const Material = Type.Object({...origin, title: Text, need: oneOf('always', 'ifAvailable', 'scenario'), submission: oneOf('generated', 'shared', 'self'), scenario: orNull(Type.String()), issuer: orNull(Type.String()), licenceType: orNull(Type.String()), spared: Type.Array(oneOf('sharing', 'verification', 'commitment')), points: Type.Array(ReviewPoint)});
/** What the lists of items, implementations, duties and rights say to whoever works on a matter; `source` as its row gives it. @see Source: requirements/xinjiang-hotline.md §2.1.2, §2.1.3, §2.1.9 */
export const GuidanceView = Type.Object({
  items: Type.Array(Type.Object({...OfUnit, limit: Text, acceptance: Type.String(), materials: Type.Array(Material), materialsNote: orNull(Type.String()), closingStandard: Type.String(), closingBasis: orNull(Type.String()), parts: Type.Array(ItemPart)})),
  duties: Type.Array(Type.Object({...OfUnit, boundary: Type.String(), basis: orNull(Type.String())})),
  rights: Type.Array(Type.Object({...OfUnit, kind: Text, basis: Type.String()})),
  standards: Type.Array(Type.Object({...OfUnit, basis: orNull(Type.String()), remark: orNull(Type.String())})),
});
export type GuidanceJson = Static<typeof GuidanceView>;

/** Published catalogs as of a moment, and what dispatch would propose. An unknown catalog is `CATALOG_UNKNOWN`, an unknown row `CATALOG_ROW_UNKNOWN`; outside systems read here with tokens (`PEOPLE_TOKEN_…`). @see Source: requirements/xinjiang-hotline.md §2.1. */
export const catalogRoutes = {
  list: defineRoute({id: 'catalogs.list', method: 'GET', path: '/api/catalogs', permission: 'catalogs.read', summary: 'Published catalogs and their versions', answer: Type.Object({catalogs: Type.Array(Type.Object({id: Id, title: Text, version: Type.String(), effectiveFrom: Type.String(), rows: Type.Integer()}))})}),
  choices: defineRoute({id: 'catalogs.choices', method: 'GET', path: '/api/catalogs/:catalogId/choices', permission: 'signedIn', summary: 'Rows of a catalog to choose from, as of now', params: strict({catalogId: Id}), answer: Type.Object({version: Type.String(), choices: Type.Array(Choice)})}),
  searchMatters: defineRoute({id: 'catalogs.searchMatters', method: 'GET', path: '/api/catalogs/matters/search', permission: 'signedIn', summary: 'Finds matters by words, code or synonym', query: strict({q: Type.String({minLength: 1, maxLength: 200}), limit: Type.Optional(Type.Integer({minimum: 1, maximum: 50}))}), answer: Type.Object({matches: Type.Array(Type.Object({choice: Choice, why: Text}))})}),
  searchEnterprises: defineRoute({id: 'catalogs.searchEnterprises', method: 'GET', path: '/api/catalogs/enterprises/search', permission: 'signedIn', summary: 'Finds enterprises by a part of the name, first letters of its reading, or the beginning of the credit code', query: strict({q: Type.String({minLength: 1, maxLength: 200}), limit: Type.Optional(Type.Integer({minimum: 1, maximum: 50}))}), answer: Type.Object({matches: Type.Array(Type.Object({choice: Choice, why: Text}))})}),
  handlers: defineRoute({id: 'catalogs.handlers', method: 'GET', path: '/api/catalogs/handlers', permission: 'signedIn', summary: 'Units that the catalogs let handle a matter in an area now', query: strict({matter: Id, area: Id}), answer: Type.Object({unitIds: Type.Array(Id)})}),
  guidance: defineRoute({id: 'catalogs.guidance', method: 'GET', path: '/api/catalogs/guidance', permission: 'signedIn', summary: 'Items, duties, rights and standards of those who may handle a matter in an area', query: strict({matter: Id, area: Id}), answer: GuidanceView}),
  proposal: defineRoute({id: 'catalogs.proposal', method: 'GET', path: '/api/catalogs/proposal', permission: 'signedIn', summary: 'Who would be responsible and how long it may take', query: strict({matter: Id, area: Id, urgency: Type.Optional(Id), industry: Type.Optional(Id), channel: Type.Optional(Id), nature: Type.Optional(Id), serviceObject: Type.Optional(Id)}), answer: Type.Object({leadUnitId: orNull(Id), leadUnitName: orNull(Type.String()), candidates: Type.Array(Type.Object({id: Id, name: Type.String()})), assist: Type.Array(Type.Object({id: Id, name: Type.String()})), respond: orNull(LimitJson), resolve: orNull(LimitJson), row: orNull(Type.String()), rowTitle: Type.Optional(Text), version: orNull(Type.String()), reason: Text, attributes: Type.Array(DecidedBy), confidence: oneOf('certain', 'choose', 'none'), handling: Type.Optional(Type.Object({processId: Type.String(), processTitle: orNull(Text), formId: Type.String(), formTitle: orNull(Text), row: Type.String(), version: Type.String()}))})}),
};
