import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {DecidedBy, Id, orNull, oneOf, ProblemSchema, strict, Text} from '../schemas.js';

const Version = Type.String({pattern: '^\\d+\\.\\d+\\.\\d+$'});
const Unit = Type.Object({id: Id, name: Type.String()});
const Lead = Type.Object({units: Type.Array(Unit), row: orNull(Type.String()), reason: Text, attributes: Type.Array(DecidedBy)});
const Files = Type.Record(Type.String({maxLength: 128}), Type.String({maxLength: 2_000_000}), {maxProperties: 20, description: 'Files of a draft of the responsibility catalog by path'});

const Layer = orNull(Type.String({description: 'The layer of its unit that holds there, whatever version is asked for'}));
const Covered = oneOf('one', 'partial', 'several', 'none', 'nobody');
const Lacks = Type.Array(Text, {description: 'Of a place that is covered for some orders only: kinds of orders that no rule fits, five at most'});
const Head = Type.Object({key: Id, title: Text, below: Type.Integer()});
/** A change set of the responsibility catalog instead of a version. */
const draft = {changeId: Type.Optional(Id)};

const WordHint = Type.Object({
  catalog: oneOf('sensitive-words', 'hot-words', 'urgency'), row: Type.String(), version: Type.String(), word: Type.String({description: 'As it was typed'}), classCode: orNull(Id), classTitle: orNull(Text), risk: orNull(oneOf('high', 'medium', 'low')), meaning: Text, action: orNull(Text), source: Type.String(),
  proposes: Type.Object({sensitive: Type.Boolean(), urgency: orNull(Type.Object({code: Id, title: Text, enough: Type.Array(Id, {description: 'Every urgency that is no less'})})), hotClass: orNull(Id)}),
});

const NotAcceptedJson = Type.Object({entry: Id, version: Type.String(), title: Text, guidance: Text, basis: orNull(Type.String()), source: Type.String(), words: Type.Array(Type.String()), byMatter: Type.Boolean()});

const NatureConflictJson = Type.Object({verdict: oneOf('block', 'warn'), row: Type.String(), version: Type.String(), reason: Text, filedAs: Text, fitting: Type.Array(Type.Object({key: Id, title: Text})), source: Type.String()});

/** Which matters a text may be about, and what dispatch learned from returns: proposals only, a person decides. @see Source: requirements/xinjiang-hotline.md §2.1. */
export const dispatchRoutes = {
  wordHints: defineRoute({
    id: 'dispatch.wordHints', method: 'POST', path: '/api/dispatch/word-hints', permission: 'signedIn', summary: 'Listed words in what a citizen says (order) or is told (seat), what they hint at, what the negative list says, and whether the nature fits the matter; the text is kept nowhere',
    body: strict({text: Type.String({maxLength: 10_000}), scope: oneOf('order', 'seat'), matter: Type.Optional(Id), nature: Type.Optional(Id)}),
    answer: Type.Object({hints: Type.Array(WordHint), notAccepted: Type.Array(NotAcceptedJson, {description: 'Entries of the negative list; none in what a citizen is told'}), natureConflict: orNull(NatureConflictJson)}),
  }),
  candidates: defineRoute({id: 'dispatch.candidates', method: 'GET', path: '/api/dispatch/candidates', permission: 'signedIn', summary: 'The three matters a text is most likely about, with how sure that is and why', query: strict({q: Type.String({minLength: 1, maxLength: 500})}), answer: Type.Object({candidates: Type.Array(Type.Object({key: Id, title: Text, path: Type.Array(Type.String()), confidence: Type.Number({minimum: 0, maximum: 1}), certainty: oneOf('sure', 'likely', 'weak'), why: Text}))})}),
  coverage: defineRoute({
    id: 'dispatch.coverage', method: 'GET', path: '/api/dispatch/coverage', permission: 'catalogs.read', summary: 'Every leaf matter in every area: exactly one lead, or a gap or overlap',
    query: strict({version: Type.Optional(Version), ...draft, kind: Type.Optional(oneOf('partial', 'several', 'none', 'nobody')), offset: Type.Optional(Type.Integer({minimum: 0, maximum: 1_000_000})), limit: Type.Optional(Type.Integer({minimum: 1, maximum: 500}))}),
    answer: Type.Object({
      version: Type.String(), matters: Type.Integer(), areas: Type.Integer(), counts: Type.Object({one: Type.Integer(), partial: Type.Integer(), several: Type.Integer(), none: Type.Integer(), nobody: Type.Integer()}), handling: Type.Array(ProblemSchema, {description: 'Matters, by the rows that say it, whose application is not published or lacks the form'}), total: Type.Integer(),
      findings: Type.Array(Type.Object({kind: oneOf('partial', 'several', 'none', 'nobody'), matterCode: Id, matter: Text, areaCode: Id, area: Text, areasBelow: Type.Integer(), units: Type.Array(Unit), row: orNull(Type.String()), lacks: Lacks, layer: Layer})),
      duties: Type.Object({total: Type.Integer(), conflicts: Type.Array(Type.Object({kind: oneOf('noDuty', 'otherUnit'), lead: Type.String(), matterCode: Id, matter: Text, areaCode: Id, area: Text, unit: Unit, duties: Type.Array(Type.Object({code: Id, unit: Unit}))}), {maxItems: 200})}, {description: 'Leads that the duty list does not bear out'}),
    }),
  }),
  limitGaps: defineRoute({
    id: 'dispatch.limitGaps', method: 'GET', path: '/api/dispatch/limit-gaps', permission: 'catalogs.read', summary: 'Limits that orders of leaf matters may ask for and do not find: leaf × urgency × kind, with the levels of areas',
    answer: Type.Object({total: Type.Integer(), gaps: Type.Array(Type.Object({matterCode: Id, matter: Text, urgencyCode: Id, urgency: Text, kind: oneOf('respond', 'resolve'), levels: Type.Array(Text)}), {maxItems: 200})}),
  }),
  coverageMap: defineRoute({
    id: 'dispatch.coverageMap', method: 'GET', path: '/api/dispatch/coverage-map', permission: 'catalogs.read', summary: 'Leaf matters of a branch in an area and those directly below it: who leads, by which row',
    query: strict({matter: Id, area: Id, version: Type.Optional(Version), ...draft}),
    answer: Type.Object({version: Type.String(), matters: Type.Array(Head), moreMatters: Type.Integer(), areas: Type.Array(Type.Object({key: Id, title: Text, below: Type.Integer(), layer: Layer})), cells: Type.Array(Type.Array(Type.Object({kind: Covered, units: Type.Array(Unit), row: orNull(Type.String()), special: Type.Integer({description: 'Rules that ask for attributes of the order and are asked before the general one'}), lacks: Lacks})))}),
  }),
  redispatch: defineRoute({
    id: 'dispatch.redispatch', method: 'POST', path: '/api/dispatch/redispatch', permission: 'catalogs.publish', summary: 'Past cases by the rules that hold and by another version or a draft: those whose unit would change',
    body: strict({version: Type.Optional(Version), ...draft, files: Type.Optional(Files), cases: Type.Optional(Type.Integer({minimum: 1, maximum: 10_000}))}),
    answer: Type.Object({version: Type.String(), against: Type.String(), orders: Type.Integer(), unknown: Type.Integer(), layered: Type.Integer({description: 'Cases of areas that keep their layer: nothing changes there'}), total: Type.Integer(), changed: Type.Array(Type.Object({caseId: Id, number: Type.String(), matterCode: Id, matter: Text, areaCode: Type.String(), area: Text, had: orNull(Unit), before: Lead, after: Lead}))}),
  }),
  suggestions: defineRoute({
    id: 'dispatch.suggestions', method: 'GET', path: '/api/dispatch/suggestions', permission: 'catalogs.publish', summary: 'Rules that cases come back from, counted by matter, area, unit and the unit that handed them down',
    query: strict({least: Type.Optional(Type.Integer({minimum: 1, maximum: 1_000}))}),
    answer: Type.Object({suggestions: Type.Array(Type.Object({matterCode: Id, matter: Text, areaCode: Type.String(), area: Text, unit: Unit, sender: orNull(Unit), returns: Type.Integer({description: 'Those whose reason says that the unit was the wrong one'}), reasons: Type.Array(Type.Object({reason: orNull(Id), title: Type.String(), isWrongUnit: Type.Boolean(), returns: Type.Integer()})), holds: Type.Boolean({description: 'The rule still names this unit'}), row: orNull(Type.String()), layer: orNull(Type.String({description: 'The layer that the rule comes from'})), instead: orNull(Type.Object({unit: Unit, orders: Type.Integer()})), caseIds: Type.Array(Id)}))}),
  }),
};
