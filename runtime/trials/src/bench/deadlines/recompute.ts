import {createHash} from 'node:crypto';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openAudit, verifyAudit} from '@banli/audit';
import {createCaseNotebook} from '@banli/cases';
import {createCatalogService} from '@banli/catalogs';
import {createClockPlans, type PlanDeps} from '@banli/deadlines';
import {createStore, ensureSchema, insertRows, newId, type Store} from '@banli/store';
import {createTestClock, parseMoment, sleep, type Clock} from '@banli/time';
import {quantile, verdict, type BenchGround, type Print} from '../measure.js';
import {keptWithin, stretchOf, stretchText} from '../stretch.js';
import {catalogsFolder} from './calendars.js';

const approver = {personId: 'bench', personName: 'bench', unitId: 'bench', roles: [], requestId: 'bench', address: ''};
/** What the clocks were worked out with: the calendar before the amendment of 2020-01-27. */
const before = 'before';

/**
 * Open cases that a published version moves, an amended calendar or other limits: how long until all are listed, and until all are moved on approval, with one line of the audit log and of the timeline each,
 * while somebody else keeps writing. The clock goes on from the morning of the change, so that ids ascend as they do in an installation.
 *
 * @returns Whether listing and applying together kept within 10 s (`keptWithin`), every case was listed and moved, and the audit log is whole.
 */
export async function benchRecompute(cases: number, print: Print, ground: BenchGround = {label: 'SQLite'}, change: BenchChange = calendarChange): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'banli-bench-'));
  const [began, from] = [performance.now(), parseMoment(change.at)];
  const clock: Clock = {now: () => from + Math.floor(performance.now() - began)};
  // A schema for each change: the keys of its audit log are gone with the folder.
  const url = ground.url && `${ground.url}_${change.catalogId}`;
  if (url) await ensureSchema(url);
  const store = createStore(url ?? `sqlite:${join(folder, 'bench.sqlite')}`, {clock});
  try {
    await store.migrate();
    const audit = await openAudit(store, join(folder, 'keys'));
    const {catalogs, rowOf} = await change.open(store, clock);
    const plans = createClockPlans({store, clock, holder: 'bench', audit: audit.log, timeline: createCaseNotebook(), catalogs});
    await fill(store, cases, parseMoment(change.at), rowOf);
    const listing = await stretchOf(() => plans.round());
    const plan = (await plans.list(10)).find(candidate => candidate.catalogId === change.catalogId);
    if (!plan) throw new Error('There is no plan.');
    await plans.approve(plan.id, approver, 'bench');
    const stop = new AbortController();
    const others = writeOn(store, stop.signal);
    const applying = await stretchOf(() => plans.round()).finally(() => stop.abort());
    const waits = await others;
    const done = await plans.plan(plan.id);
    const report = await verifyAudit(store, audit);
    const whole = report.good && report.checked === cases + 1;
    const soon = keptWithin(10, listing, applying);
    const all = plan.listed === cases && done.applied === cases;
    print(`recompute for ${change.label} on ${ground.label}: ${cases} open cases worked out and ${plan.listed} listed in ${stretchText(listing)}; ${done.applied} moved on approval in ${stretchText(applying)}, one line of the audit log and of the timeline each; together ${(listing.wall + applying.wall).toFixed(1)} s (≤ 10) · ${all ? soon.text : verdict(false)}`);
    print(`  meanwhile ${waits.length} writes of others, p99 ${quantile(waits, 0.99).toFixed(0)} ms, the slowest ${Math.max(...waits).toFixed(0)} ms; ${report.checked} lines of the audit log checked · ${verdict(whole)}`);
    return soon.met && all && whole;
  } finally {
    await store.close();
    await rm(folder, {recursive: true});
  }
}

/** Somebody else's small transaction every few milliseconds until the signal; answers how long each took. */
async function writeOn(store: Store, signal: AbortSignal): Promise<readonly number[]> {
  await store.knex('setting').insert({name: 'bench', value: '0'});
  const waits: number[] = [];
  while (!signal.aborted) {
    await sleep(5);
    const from = performance.now();
    await store.tx(tx => tx('setting').where({name: 'bench'}).update({value: String(waits.length)}));
    waits.push(performance.now() - from);
  }
  return waits;
}

/** What a clock of the bench has besides its id and case. */
export type BenchClock = Readonly<Record<'started_at' | 'due_at' | 'warn_at' | 'critical_at', number>> & {readonly calendar_version: string; readonly limit_id: string; readonly facts: string; readonly limit: string};

/** The facts of a clock, and what it stands on in a row of its own, as real ones have them. */
export function benchFacts(areaCode: string, limit: object, asked?: object): Pick<BenchClock, 'limit_id' | 'facts' | 'limit'> {
  const text = JSON.stringify(limit);
  const facts = {asked, title: {'zh-CN': '办结时限', en: 'Resolution'}, areaCode, extension: null, stands: [], notAfter: null, cap: null, lapse: [], warn: [], provisional: false, calendarMissing: false, lapsed: false};
  return {limit_id: createHash('sha256').update(text).digest('hex').slice(0, 32), facts: JSON.stringify(facts), limit: text};
}

/** What is published in a bench, and the clocks that it moves. */
export interface BenchChange {
  readonly label: string;
  readonly catalogId: 'calendars' | 'limits';
  /** The morning of the change. */
  readonly at: string;
  open(store: Store, clock: Clock): Promise<{readonly catalogs: PlanDeps['catalogs']; readonly rowOf: (index: number) => BenchClock}>;
}

/** The amendment of 2020-01-27, with a calendar that is at hand: what catalogs cost is not in it. */
const calendarChange: BenchChange = {
  label: 'a calendar', catalogId: 'calendars', at: '2020-01-28 09:00',
  async open(store) {
    const at = parseMoment('2026-06-01 10:00');
    const service = createCatalogService(store, createTestClock(at));
    await service.publishFolders(catalogsFolder, 'bench');
    const now = await service.calendar('000000', at);
    const old = {...(await service.calendarKnownOn('000000', '2020-01-26', at)), version: before};
    const row = amendedClock();
    return {
      rowOf: () => row,
      catalogs: {
        limit: noClockBegins,
        calendar: async () => now,
        calendarOfVersion: async (_area, version) => (version === before ? old : now),
        limitBy: async () => null,
        versionsOf: async catalogId => (catalogId === 'calendars' ? [{version: now.version, effectiveAt: 0, publishedAt: 0}] : []),
      },
    };
  },
};

/** No bench of plans begins a clock. */
export async function noClockBegins(): Promise<never> {
  throw new Error('No clock begins here.');
}

/** A running clock of five working days from 2020-01-22; facts as a real clock has them. */
function amendedClock(): BenchClock {
  const dueAt = parseMoment('2020-02-04 17:30');
  const limit = {limit: {value: 5, unit: 'workingDay'}, warnBeforeMs: 86_400_000, origin: {catalog: 'limits', version: '1', row: 'general|normal|resolve', source: '', text: {'zh-CN': '5 个工作日', en: '5 working days'}}};
  return {started_at: parseMoment('2020-01-22 10:00'), due_at: dueAt, warn_at: dueAt - 86_400_000, critical_at: dueAt - 14_400_000, calendar_version: before, ...benchFacts('000000', limit)};
}

/** Cases with one running clock each. */
async function fill(store: Store, cases: number, until: number, rowOf: (index: number) => BenchClock): Promise<void> {
  const limits = new Map(Array.from({length: cases}, (_, index) => rowOf(index)).map(({limit_id: id, limit}) => [id, limit]));
  await store.tx(tx => insertRows(tx, 'clock_limit', [...limits].map(([id, facts]) => ({id, facts}))));
  for (let start = 0; start < cases; start += 1_000) {
    await store.tx(async tx => {
      for (let part = start; part < Math.min(cases, start + 1_000); part += 50) {
        await insertRows(tx, 'case_clock', Array.from({length: Math.min(50, cases - part)}, (_, index) => {
          const {limit: _limit, ...row} = rowOf(part + index);
          return {
            id: newId(until - 10_000_000 + part + index), case_id: `case-${String(part + index).padStart(8, '0')}`, clock: 'resolve', round: 1, status: 'running', ...row, stopped_at: null,
            warned_due_at: null, critical_due_at: null, fire_at: row.warn_at, revision: 1, calendar_at: row.started_at,
          };
        }));
      }
    });
  }
}
