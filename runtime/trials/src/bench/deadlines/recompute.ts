import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openAudit} from '@banli/audit';
import {createCaseNotebook} from '@banli/cases';
import {createCatalogService} from '@banli/catalogs';
import {createClockPlans, type PlanDeps} from '@banli/deadlines';
import {createKeys, createStore, createVault, insertRows, newId, type Store} from '@banli/store';
import {createTestClock, parseMoment} from '@banli/time';
import {verdict, type Print} from '../measure.js';
import {catalogsFolder} from './calendars.js';

const approver = {personId: 'bench', personName: 'bench', unitId: 'bench', roles: [], requestId: 'bench', address: ''};
/** What the clocks were worked out with: the calendar before the amendment of 2020-01-27. */
const before = 'before';

/**
 * Open cases that an amended calendar moves: how long until all are listed, and until all are moved on approval, with one line of the audit log and of the timeline each. SQLite
 * in a file.
 *
 * @returns Whether listing took 10 s at most, and every case was listed and moved.
 */
export async function benchRecompute(cases: number, print: Print): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'banli-bench-'));
  const clock = createTestClock(parseMoment('2020-01-28 09:00'));
  const store = createStore(`sqlite:${join(folder, 'bench.sqlite')}`, {clock});
  try {
    await store.migrate();
    const plans = createClockPlans(await depsOf(store, clock, join(folder, 'keys')));
    await fill(store, cases);
    const listing = await timed(() => plans.round());
    const plan = (await plans.list(10)).find(candidate => candidate.catalogId === 'calendars');
    if (!plan) throw new Error('There is no plan.');
    await plans.approve(plan.id, approver, 'bench');
    const applying = await timed(() => plans.round());
    const done = await plans.plan(plan.id);
    const met = listing <= 10 && plan.listed === cases && done.applied === cases;
    print(`recompute: ${cases} open cases worked out and ${plan.listed} listed in ${listing.toFixed(1)} s (≤ 10) · ${verdict(met)}; ${done.applied} moved on approval in ${applying.toFixed(1)} s, one line of the audit log and of the timeline each`);
    return met;
  } finally {
    await store.close();
    await rm(folder, {recursive: true});
  }
}

async function depsOf(store: Store, clock: ReturnType<typeof createTestClock>, keys: string): Promise<PlanDeps> {
  const service = createCatalogService(store, createTestClock(parseMoment('2026-06-01 10:00')));
  await service.publishFolders(catalogsFolder, 'bench');
  const at = parseMoment('2026-06-01 10:00');
  const now = await service.calendar('000000', at);
  const old = {...(await service.calendarKnownOn('000000', '2020-01-26', at)), version: before};
  const audit = await openAudit(store, keys);
  return {
    store, clock, holder: 'bench', audit: audit.log, timeline: createCaseNotebook({vault: createVault(createKeys())}),
    catalogs: {
      limit: async () => {
        throw new Error('No clock begins here.');
      },
      calendar: async () => now,
      calendarOfVersion: async (_area, version) => (version === before ? old : now),
      limitOfRow: async () => null,
      versionsOf: async catalogId => (catalogId === 'calendars' ? [{version: now.version, effectiveAt: 0, publishedAt: 0}] : []),
    },
  };
}

/** Cases with one running clock each, five working days from 2020-01-22; facts as a real clock has them. */
async function fill(store: Store, cases: number): Promise<void> {
  const startedAt = parseMoment('2020-01-22 10:00');
  const dueAt = parseMoment('2020-02-04 17:30');
  const limit = {value: 5, unit: 'workingDay'};
  const facts = JSON.stringify({
    title: {'zh-CN': '办结时限', en: 'Resolution'}, limit, origin: {catalog: 'limits', version: '1', row: 'general|normal|resolve', source: '', text: {'zh-CN': '5 个工作日', en: '5 working days'}}, warnBeforeMs: 86_400_000,
    areaCode: '000000', extension: null, stands: [], notAfter: null, cap: null, lapse: [], warn: [], provisional: false, calendarVersion: before, calendarAt: startedAt, calendarMissing: false, lapsed: false,
  });
  for (let start = 0; start < cases; start += 1_000) {
    await store.tx(async tx => {
      for (let part = start; part < Math.min(cases, start + 1_000); part += 50) {
        await insertRows(tx, 'case_clock', Array.from({length: Math.min(50, cases - part)}, (_, index) => ({
          id: newId(startedAt), case_id: `case-${String(part + index).padStart(8, '0')}`, clock: 'resolve', round: 1, status: 'running', started_at: startedAt, stopped_at: null, due_at: dueAt, warn_at: dueAt - 86_400_000,
          critical_at: dueAt - 14_400_000, warned_due_at: null, critical_due_at: null, resume_at: null, fire_at: dueAt - 86_400_000, revision: 1, facts,
        })));
      }
    });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
}
