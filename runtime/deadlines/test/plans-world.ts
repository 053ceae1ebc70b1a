import type {Actor, CaseNote, ClockSubject} from '@banli/cases';
import type {ClockRule} from '@banli/formats';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, formatMoment, hourMs, parseMoment, type Limit, type WorkingCalendar} from '@banli/time';
import {calendarAsOf} from '../../../catalogs/calendars/test/calendar-as-of.js';
import {createCaseClocks, createClockPlans, type PlanDeps, type LimitLookup, type PlanLayer, type RowLimit} from '../src/index.js';

const rules: readonly ClockRule[] = [
  {id: 'respond', title: {'zh-CN': '响应时限', en: 'Response'}, limit: {kind: 'respond'}, notAfter: 'resolve', on: [{event: 'sent', do: 'start'}], lapse: []},
  {id: 'resolve', title: {'zh-CN': '办结时限', en: 'Resolution'}, limit: {kind: 'resolve'}, on: [{event: 'started', do: 'start'}, {event: 'ended', do: 'stop'}, {event: 'asked', do: 'halt'}, {event: 'answered', do: 'continue'}], lapse: []},
];

export const approver: Actor = {personId: 'p-1', personName: '古丽', unitId: 'u650000-centre', roles: ['regionAdmin'], requestId: 'r-1', address: '127.0.0.1'};

/** The calendars as they were known on 2019-11-21 and on 2020-01-27. */
const shipped: ReadonlyArray<readonly [string, WorkingCalendar]> = [['2019.1.0', calendarAsOf(['china'], '2019-11-21')], ['2020.1.0', calendarAsOf(['china'], '2020-01-27')]];

interface Head {
  readonly version: string;
  readonly effectiveAt: number;
  readonly publishedAt: number;
}

/** Clocks and plans over two versions of the calendar and as many of limits as a test publishes; the resolve limit is 5 working days. */
export async function plansWorld(start = '2020-01-22 10:00') {
  const clock = createTestClock(parseMoment(start));
  const store = await openTestStore({clock});
  const calendars = new Map(shipped);
  const heads = {calendars: [] as Head[], limits: [] as Array<Head & {readonly resolve: Limit}>, matters: [] as Array<Head & {readonly group: string}>};
  const publish = (catalogId: 'calendars' | 'limits', version: string, from = '2019-01-01 00:00', resolve: Limit = {value: 5, unit: 'workingDay'}) => {
    clock.moveTo(clock.now() + 1_000);
    heads[catalogId].push({version, effectiveAt: parseMoment(from), publishedAt: clock.now(), resolve});
  };
  /** A version of matters in which all are of a group; those of `quick` have one working day. */
  const publishMatters = (version: string, group: string, from = '2019-01-01 00:00') => {
    clock.moveTo(clock.now() + 1_000);
    heads.matters.push({version, effectiveAt: parseMoment(from), publishedAt: clock.now(), group});
  };
  /** Versions of limits without any row that fits; what was asked of them. */
  const goneIn = new Set<string>();
  const asked: LimitLookup[] = [];
  /** What versions of limits say of warning, ladder and receivers, where it is not 24 hours and nobody. */
  const told = new Map<string, Partial<Pick<RowLimit, 'warnBeforeMs' | 'ladder' | 'warnReceivers'>>>();
  publish('calendars', '2019.1.0');
  publish('limits', '2019.1.0');
  const headAt = <H extends Head>(list: readonly H[], at: number): H => {
    const head = list.findLast(candidate => candidate.effectiveAt <= at);
    if (!head) throw new Error('Nothing holds.');
    return head;
  };
  const limitIn = (head: {readonly version: string; readonly resolve: Limit}, kind: string, group = 'general'): RowLimit => ({
    limit: group === 'quick' ? {value: 1, unit: 'workingDay'} : kind === 'resolve' ? head.resolve : {value: 3, unit: 'workingDay'}, warnBeforeMs: 24 * hourMs, text: {'zh-CN': '时限'}, source: `文件 ${head.version}`, row: `${group}|normal|${kind}`, ...told.get(head.version),
  });
  const calendarOf = (version: string) => {
    const calendar = calendars.get(version);
    return calendar ? {calendar, version} : null;
  };
  const audited: Array<{action: string; subject: string; data: Readonly<Record<string, unknown>>}> = [];
  const noted: CaseNote[] = [];
  /** Areas with a layer of their own. */
  const layered = new Set<string>();
  /** Layers of areas: the limit each has, or of one that ended the version that holds again. */
  const layers: Array<PlanLayer & {readonly resolve: Limit | null; readonly holds: string}> = [];
  const layer = (name: string, areaCode: string, resolve: Limit | null, holds = name) => {
    clock.moveTo(clock.now() + 1_000);
    layers.push({name, areaCode, effectiveAt: parseMoment('2019-01-01 00:00'), resolve, holds});
  };
  const fault = {auditIn: Number.POSITIVE_INFINITY};
  const deps: PlanDeps = {
    store, clock, holder: 'tests',
    catalogs: {
      limit: async request => ({...limitIn(headAt(heads.limits, request.at), request.kind), version: headAt(heads.limits, request.at).version}),
      calendar: async (_area, at) => {
        const found = calendarOf(headAt(heads.calendars, at).version);
        if (!found) throw new Error('unknown');
        return found;
      },
      calendarOfVersion: async (_area, version) => calendarOf(version),
      limitBy: async lookup => {
        asked.push(lookup);
        const own = layers.find(candidate => candidate.name === lookup.limitsVersion);
        const head = own?.resolve ? {version: lookup.limitsVersion, resolve: own.resolve} : heads.limits.find(candidate => candidate.version === lookup.limitsVersion);
        const group = heads.matters.find(candidate => candidate.version === lookup.mattersVersion)?.group ?? 'general';
        return !head || goneIn.has(head.version) ? null : limitIn(head, lookup.kind, group);
      },
      receiverTitles: async () => new Map([['chief', {'zh-CN': '分管领导', en: 'Chief'}]]),
      isLayered: async (_catalogId, area) => layered.has(area),
      layersOf: async () => layers,
      versionThrough: async (_catalogId, name, area) => {
        const last = layers.findLast(candidate => candidate.areaCode === area);
        return last?.name === name ? last.holds : null;
      },
      versionsOf: async catalogId => heads[catalogId as 'calendars' | 'limits' | 'matters'],
    },
    timeline: {noteAll: async (tx, lines) => tx.onCommit(() => void noted.push(...lines))},
    audit: {
      recordAll: async (tx, entries) => {
        if (entries.some(entry => entry.action === 'clocks.recompute')) fault.auditIn -= 1;
        if (fault.auditIn < 0) throw new Error('the process died');
        tx.onCommit(() => void audited.push(...entries));
      },
    },
  };
  const clocks = createCaseClocks(deps);
  const plans = createClockPlans(deps);
  const happens = (caseId: string, event: string, moment?: string) => {
    if (moment) clock.moveTo(parseMoment(moment));
    const subject: ClockSubject = {caseId, number: caseId, bundleId: 'b', releaseHash: 'h', rules, matter: '010101', urgency: 'normal', areaCode: '000000', round: 1, context: {}};
    return store.tx(tx => clocks.apply(tx, subject, [{event, at: clock.now()}]));
  };
  const view = async (caseId: string, id = 'resolve') => (await clocks.of(caseId)).findLast(candidate => candidate.clock === id);
  const due = async (caseId: string, id = 'resolve') => {
    const dueAt = (await view(caseId, id))?.dueAt;
    return dueAt == null ? null : formatMoment(dueAt);
  };
  const newest = async (catalogId: string) => {
    const plan = (await plans.list(50)).find(candidate => candidate.catalogId === catalogId);
    if (!plan) throw new Error(`no plan for ${catalogId}`);
    return plan;
  };
  const items = async (planId: string) => (await plans.items(planId, {after: '', limit: 1_000})).map(item => ({case: item.caseId, clock: item.clock, status: item.status, before: words(item.beforeAt), after: words(item.afterAt), why: item.why.text['zh-CN']}));
  return {clock, store, calendars, clocks, plans, deps, publish, happens, view, due, newest, items, audited, noted, fault, layered, layer, publishMatters, goneIn, asked, told, close: () => store.close()};
}

function words(at: number | null): string | null {
  return at === null ? null : formatMoment(at);
}
