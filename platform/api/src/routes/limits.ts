import {Type} from '@sinclair/typebox';
import {defineRoute} from '../define-route.js';
import {Cursor, Id, Limit, Moment, orNull, oneOf, strict, Text} from '../schemas.js';

const Plan = Type.Object({
  id: Id, catalogId: oneOf('calendars', 'limits', 'matters'), version: Type.String(), attempt: Type.Integer(), status: oneOf('listing', 'open', 'applying', 'applied', 'rejected', 'superseded', 'empty'),
  lookedAt: Type.Integer({description: 'Open clocks looked at so far'}), listed: Type.Integer({description: 'Clocks that approval would move'}), kept: Type.Integer({description: 'Clocks that have lapsed, or that no row fits, and stay'}),
  older: Type.Integer({description: 'Clocks begun before the version held that it would move: approval takes them along with `withOlder`'}), withOlder: Type.Boolean({description: 'Approval took them along; they are counted in `listed`'}),
  applied: Type.Integer(), movedOn: Type.Integer({description: 'Clocks that changed otherwise before they were applied'}), madeAt: Moment, decidedAt: orNull(Moment), decidedByName: orNull(Type.String()),
  reason: orNull(Type.String()), finishedAt: orNull(Moment),
});
const Item = Type.Object({
  caseId: Id, caseNumber: orNull(Type.String()), clockId: Id, clock: Id, title: Text, status: oneOf('listed', 'applied', 'movedOn', 'kept', 'older'), beforeAt: orNull(Moment), afterAt: orNull(Moment),
  standing: Type.Boolean({description: 'The clock stands still: due times are what they would be if it went on at once'}), lapses: Type.Boolean({description: 'The new due time has passed already'}), why: Text,
  atOnce: orNull(oneOf('warning', 'lapse')),
});
const Reason = Type.String({minLength: 2, maxLength: 500, pattern: '\\S'});
const Decision = strict({reason: Reason});
const Approval = strict({reason: Reason, withOlder: Type.Optional(Type.Boolean({description: 'Also clocks begun before the version held; default no'}))});
const AtOnce = Type.Object({warning: Type.Integer({description: 'Cases with a warning (预警, 临期)'}), lapse: Type.Integer({description: 'Cases with a lapse, and the rungs of its ladder that are due'})});
/** What the board of limits counts by: level of the area, area one level below one's own, lead unit, branch of the directory of matters, urgency, industry. */
export const boardDimensions = ['level', 'area', 'unit', 'matter', 'urgency', 'industry'] as const;
/** One of them. */
export type BoardDimension = (typeof boardDimensions)[number];
const count = (description: string) => Type.Integer({description});
const BoardCounts = {
  normal: count('Open, all running clocks in time'), warning: count('临期: open, a running clock has been warned of'), overdue: count('超期: open, a clock has lapsed'), paused: count('暂停计时: open, all clocks stand still'),
  closed: count('Closed in the period'), onTime: count('Closed in the period without a lapse'), lapsed: count('Open or closed, with a lapse in the period that stands'),
};
const BoardQuery = strict({by: oneOf(...boardDimensions), from: Type.Optional(Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'First day of the period, Asia/Shanghai; default the first of this month'})), to: Type.Optional(Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Last day, counted whole; default today'}))});
const Day = Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2}$'});
const CountedDay = Type.Object({date: Type.String(), counted: Type.Boolean(), why: Type.String(), text: Text});
const zoned = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:[0-5]\\d(\\.\\d{1,9})?)?(Z|[+-](0\\d|1[0-4]):[0-5]\\d)$';
const ZonedMoment = Type.String({maxLength: 40, pattern: zoned, description: 'ISO 8601 with its zone, `2026-02-12T10:00:00+08:00` (in an address the plus is written %2B), or `…Z`'});
const DueTime = Type.Object({
  dueAt: Moment, due: Type.String({description: 'The same as ISO 8601, +08:00'}), limit: Type.Object({value: Type.Number(), unit: oneOf('workingDay', 'naturalDay', 'hour', 'workingHour', 'minute'), text: Text}), row: Type.String({description: 'Key of the row of the limits catalog'}), version: Type.String(), source: Type.String(), reason: orNull(Text),
  startRule: oneOf('nextWorkingDay', 'nextDay', 'atOnce'), text: Text, calendarVersion: Type.String(), provisional: Type.Boolean({description: 'Rests on days that are expected and not announced'}), days: Type.Array(CountedDay, {description: 'Every day between, counted or not; none of natural time'}),
});

/** Plans of what a published calendar, limits or matters version changes in open clocks: nothing moves until one is approved. `DEADLINE_PLAN_UNKNOWN`, `DEADLINE_PLAN_NOT_OPEN` for one that was decided, `DEADLINE_PLAN_NOT_YOURS` without the right to publish for the unit whose version it is. @see Source: requirements/xinjiang-hotline.md §2.1.10. */
export const limitRoutes = {
  plans: defineRoute({id: 'limits.plans', method: 'GET', path: '/api/limits/plans', permission: 'catalogs.publish', summary: 'What published calendars, limits and matters would change in open cases, newest first: those of units that one may publish for', answer: Type.Object({plans: Type.Array(Plan)})}),
  planItems: defineRoute({
    id: 'limits.planItems', method: 'GET', path: '/api/limits/plans/:planId/items', permission: 'catalogs.publish', summary: 'The clocks of a plan with their due times before and after; `only=atOnce` those for which something comes at once after approval. The first page of an open plan counts the cases of these', params: strict({planId: Id}),
    query: strict({cursor: Type.Optional(Cursor), limit: Type.Optional(Limit), only: Type.Optional(oneOf('atOnce'))}),
    answer: Type.Object({items: Type.Array(Item), nextCursor: orNull(Type.String()), atOnce: orNull(Type.Object({listed: AtOnce, older: AtOnce}))}),
  }),
  approvePlan: defineRoute({id: 'limits.approvePlan', method: 'POST', path: '/api/limits/plans/:planId/approve', permission: 'catalogs.publish', summary: 'Approves a plan; it is applied in batches, with one audit line a case', params: strict({planId: Id}), body: Approval, answer: Plan}),
  rejectPlan: defineRoute({id: 'limits.rejectPlan', method: 'POST', path: '/api/limits/plans/:planId/reject', permission: 'catalogs.publish', summary: 'Rejects a plan: open cases keep their due times', params: strict({planId: Id}), body: Decision, answer: Plan}),
  repeatPlan: defineRoute({id: 'limits.repeatPlan', method: 'POST', path: '/api/limits/plans/:planId/again', permission: 'catalogs.publish', summary: 'Lists again what the newest version would change', params: strict({planId: Id}), answer: Plan}),
  board: defineRoute({
    id: 'limits.board', method: 'GET', path: '/api/limits/board', permission: 'cases.read', summary: 'Cases that one may read, counted by how their clocks stand, and what was closed in time in a period, as of `at`, at most 5 s ago where the count was begun for somebody else who sees the same; `LIMIT_BOARD_PERIOD` for one that ends before it begins', query: BoardQuery,
    answer: Type.Object({at: Moment, from: Type.String(), to: Type.String(), rows: Type.Array(Type.Object({key: Type.String({description: '`-` for cases in none, `*` for areas outside one\'s own; with `by:` before it the filter `group` of the search'}), title: Text, ...BoardCounts})), total: Type.Object(BoardCounts)}),
  }),
  exportBoard: defineRoute({id: 'limits.exportBoard', method: 'GET', path: '/api/limits/board/export', permission: 'cases.read', summary: 'The same as .xlsx', query: Type.Composite([BoardQuery, Type.Object({language: Type.Optional(oneOf('zh-CN', 'en'))})], {additionalProperties: false}), answer: Type.String(), kind: 'file'}),
  due: defineRoute({
    id: 'limits.due', method: 'GET', path: '/api/limits/due', permission: 'catalogs.read', summary: 'When a limit runs out, day by day; with `knownOn`, as the calendar was known on that day',
    query: strict({area: Id, start: Type.String({pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}$', description: 'Asia/Shanghai'}), value: Type.Integer({minimum: 1, maximum: 1000}), unit: oneOf('workingDay', 'naturalDay', 'hour', 'workingHour'), knownOn: Type.Optional(Day)}),
    answer: Type.Object({dueAt: orNull(Moment), version: Type.String(), provisional: Type.Boolean(), text: Text, days: Type.Array(CountedDay)}),
  }),
  dueTimes: defineRoute({
    machine: true, machineCatalogs: ['limits', 'matters', 'calendars'], id: 'limits.dueTimes', method: 'GET', path: '/api/limits/due-times', permission: 'catalogs.read',
    summary: 'When a matter that begins at a moment is to be responded to and resolved in an area, as a clock that starts then would count; with `asOf` by the catalogs and the notices of that day. `null` for a kind without a limit; `LIMIT_DUE_UNKNOWN` names what the catalogs do not have, `CATALOG_LIMIT_MISSING` when there is neither, `TIME_CALENDAR_NOT_PUBLISHED` beyond the listed years',
    query: strict({matter: Id, area: Type.String({pattern: '^\\d{6,12}$', description: 'GB/T 2260 and below'}), urgency: Type.String({minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$', description: 'Urgency or grade'}), industry: Type.Optional(Id), start: ZonedMoment, asOf: Type.Optional(Day)}),
    answer: Type.Object({matter: Type.Object({code: Id, title: Text, version: Type.String()}), area: Type.String(), urgency: Type.String(), startAt: Moment, asOf: orNull(Type.String()), respond: orNull(DueTime), resolve: orNull(DueTime)}),
  }),
};
