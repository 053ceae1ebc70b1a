import type {CaseSignals, ClockSubject} from '@banli/cases';
import {AppError} from '@banli/errors';
import type {ClockRule} from '@banli/formats';
import type {Tx} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createTestClock, createWorkingCalendar, formatLimit, formatMoment, hourMs, parseMoment, type Limit, type WorkingCalendar} from '@banli/time';
import {nationalLayer} from '../../../platform/time/test/fixtures/notices.js';
import {createCaseClocks, createClockLoop, type ClockCatalogs, type FiringDeps} from '../src/index.js';

/** The rules of the tests: a response clock under a resolve clock, and a fixed one. Step names are plain words. */
export const rules: readonly ClockRule[] = [
  {
    id: 'respond', title: {'zh-CN': '响应时限', en: 'Response'}, limit: {kind: 'respond'}, notAfter: 'resolve',
    on: [{event: 'send.done', do: 'restart'}, {event: 'sign.done', do: 'stop'}, {event: 'ended', do: 'stop'}],
    lapse: [{after: 'PT0S', do: 'message'}],
  },
  {
    id: 'resolve', title: {'zh-CN': '办结时限', en: 'Resolution'}, limit: {kind: 'resolve'},
    on: [
      {event: 'started', do: 'start'}, {event: 'handle.submit', do: 'halt'}, {event: 'review.refuse', do: 'continue'}, {event: 'review.approve', do: 'stop'},
      {event: 'recheck.again', do: 'restart', when: 'round > 1'}, {event: 'ended', do: 'stop'},
    ],
    lapse: [
      {after: 'PT24H', do: 'notify', role: 'leader', unit: '=upper', text: {'zh-CN': '超期满 24 小时'}},
      {after: 'PT0S', do: 'message'},
      {after: 'PT0S', do: 'notify', role: 'chief, clerk', unit: '=upper'},
    ],
  },
  {
    id: 'feedback', title: {'zh-CN': '反馈时限', en: 'Feedback'}, limit: {fixed: 'PT24H', unit: 'hour', source: 'own:'},
    on: [{event: 'ask.entered', do: 'start'}, {event: 'ask.done', do: 'stop'}], lapse: [],
  },
  {
    id: 'answer', title: {'zh-CN': '督办反馈时限', en: 'Answer'}, limit: {fixed: 'PT24H', unit: 'hour', source: 'own:'}, strand: 'supervision',
    on: [{event: 'oversee.entered', do: 'start'}, {event: 'oversee.seen', do: 'stop'}, {event: 'settle.again', do: 'restart'}, {event: 'ended', do: 'stop'}], lapse: [{after: 'PT0S', do: 'notify', role: 'leader', unit: '=upper', text: {'zh-CN': '未反馈'}}],
  },
];

/** What the case was told, in order: `moment text`. */
export interface Told {
  readonly log: string[];
  fail: boolean;
  /** What the case itself knows of its pause. */
  isPaused: boolean;
}

/** Keeps what a transaction tells, as a table would: what is taken back, and done once more, is not there twice. */
function keep(tx: Tx, told: Told, text: string): void {
  told.log.push(text);
  tx.onRollback(() => void told.log.splice(told.log.lastIndexOf(text), 1));
}

function fakeSignals(told: Told, subjects: ReadonlyMap<string, ClockSubject>): CaseSignals {
  const tell = (tx: Tx, text: string) => {
    if (told.fail) throw new Error('the case cannot be told');
    keep(tx, told, text);
  };
  return {
    signal: async (tx, _caseId, name, cause) => tell(tx, `${formatMoment(cause.at)} message ${name}`),
    note: async (tx, _caseId, line) => tell(tx, `${formatMoment(line.at)} ${line.kind} ${String(line.data?.['clock'])}`),
    resumed: async (tx, _caseId, at) => {
      tell(tx, `${formatMoment(at)} resumed`);
      told.isPaused = false;
    },
    pauseEnds: async (tx, _caseId, {at, until}) => {
      tell(tx, `${formatMoment(at)} pause ends ${formatMoment(until)}`);
      return ['emil'];
    },
    alarm: async (tx, {at, text}) => tell(tx, `${formatMoment(at)} alarm ${/“([a-z-]+)”在应用“b”/.exec(text['zh-CN'])?.[1] ?? ''}`),
    involve: async (tx, caseId, unitId) => tell(tx, `involve ${caseId} ${unitId}`),
    subject: async (_tx, caseId) => subjects.get(caseId) ?? null,
  };
}

/** Clocks, loop and a case on a movable clock. `limits` gives respond and resolve, `matters` the resolve limit of a matter or `null` for none; the warning is 24 hours. */
export async function setup(options: {matters?: Readonly<Record<string, Limit | null>>; start?: string; respond?: Limit; resolve?: Limit; years?: readonly number[]} = {}) {
  const clock = createTestClock(parseMoment(options.start ?? '2026-03-02 10:00'));
  const store = await openTestStore({clock});
  const limits = {respond: options.respond ?? {value: 1, unit: 'workingDay'}, resolve: options.resolve ?? {value: 3, unit: 'workingDay'}} as const;
  const layer = nationalLayer();
  const calendars = new Map<string, WorkingCalendar>();
  const published = {years: options.years ?? [2025, 2026, 2027]};
  const catalogs: ClockCatalogs = {
    limit: async request => {
      const own = request.kind === 'resolve' ? options.matters?.[request.matterCode ?? ''] : undefined;
      if (own === null) throw new AppError('CATALOG_LIMIT_MISSING', 422, 'There is none.');
      const limit = own ?? limits[request.kind];
      return {limit, warnBeforeMs: 24 * hourMs, text: {'zh-CN': formatLimit(limit, 'zh-CN')}, row: `${own ? request.matterCode : 'general'}|${request.urgency ?? 'normal'}|${request.kind}`, version: '2026.1.0', source: 'own:'};
    },
    calendar: async () => {
      const version = published.years.join();
      const calendar = calendars.get(version) ?? createWorkingCalendar([{...layer, years: layer.years.filter(year => published.years.includes(year.year)), days: layer.days.filter(day => published.years.includes(Number(day.date.slice(0, 4))))}]);
      calendars.set(version, calendar);
      return {calendar, version};
    },
  };
  const told: Told = {log: [], fail: false, isPaused: false};
  const subject: ClockSubject = {caseId: 'case-1', number: '650100-20260302-000001', bundleId: 'b', releaseHash: 'h', rules, matter: '010101', urgency: 'normal', areaCode: '650100', round: 1, context: {round: 1, upper: 'u1'}};
  const subjects = new Map([[subject.caseId, subject]]);
  const deps: FiringDeps = {
    store, clock, catalogs, holder: 'tests', signals: fakeSignals(told, subjects),
    people: {holders: (roles, unit) => roles.map(role => ({id: `${role}@${unit}`, name: role}))},
    notices: {notify: async (tx, notice) => keep(tx, told, `${formatMoment(notice.at)} notice ${notice.personIds.join()}`)},
    log: {warn: event => void told.log.push(event), error: (event, data) => void told.log.push(`${event} ${String(data?.['error'])}`)},
  };
  const clocks = createCaseClocks(deps);
  const loop = createClockLoop(deps, 1);
  const to = async (moment: string) => {
    clock.moveTo(parseMoment(moment));
    await loop.round();
  };
  const happens = (event: string, moment?: string, changed: Partial<ClockSubject> = {}) => {
    if (moment) clock.moveTo(parseMoment(moment));
    return store.tx(tx => clocks.apply(tx, {...subject, isPaused: told.isPaused, ...changed}, [{event, at: clock.now()}]));
  };
  const happensIn = (strand: string, event: string, moment: string, changed: Partial<ClockSubject> = {}) => {
    clock.moveTo(parseMoment(moment));
    return store.tx(tx => clocks.apply(tx, {...subject, isPaused: told.isPaused, ...changed}, [{event, strand, at: clock.now()}]));
  };
  const pause = async (from: string, until: string | null = null, changed: Partial<ClockSubject> = {}) => {
    told.isPaused = true;
    await store.tx(tx => clocks.pause(tx, {...subject, isPaused: true, ...changed}, {from: parseMoment(from), until: until === null ? null : parseMoment(until), reason: '等待第三方答复'}));
  };
  const resume = async () => {
    told.isPaused = false;
    await store.tx(tx => clocks.resume(tx, subject, clock.now()));
  };
  /** The case is about something else from now on; answers what became of its clocks, as `clock before after why`. */
  const becomes = async (changed: Partial<ClockSubject>, moment?: string) => {
    if (moment) clock.moveTo(parseMoment(moment));
    const words = (at: number | null) => (at === null ? 'none' : formatMoment(at));
    const refits = await store.tx(tx => clocks.refit(tx, {...subject, ...changed}, {at: clock.now(), why: {'zh-CN': '事项变更', en: 'another matter'}}));
    return refits.map(refit => `${refit.clock} ${words(refit.before)} ${words(refit.after)} ${refit.why['zh-CN']}`);
  };
  const view = async (id: string) => (await clocks.of(subject.caseId)).findLast(candidate => candidate.clock === id);
  const due = async (id: string) => {
    const dueAt = (await view(id))?.dueAt;
    return dueAt == null ? null : formatMoment(dueAt);
  };
  return {clock, store, clocks, loop, deps, told, subject, subjects, published, to, happens, happensIn, pause, resume, becomes, view, due, close: () => store.close()};
}
