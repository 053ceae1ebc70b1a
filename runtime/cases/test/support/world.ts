import type {ExecutionContext} from 'ava';
import type {LocalizedText} from '@banli/formats';
import {AppError, type Problem} from '@banli/errors';
import {createTestClock} from '@banli/time';
import {createKeys, createVault, type Tx} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createCases, createCaseSignals, createCaseWatch, type Actor, type CaseClocks, type CaseDeps, type CaseForms, type CaseUnit, type ClockView} from '../../src/index.js';
import {release, fieldNames} from './bundle.js';
import {createFakeEngine} from './engine.js';

/** Keeps what a transaction tells, as a table would: what is taken back, and done once more, is not there twice. */
export function keep<T>(tx: Tx, list: T[], ...told: readonly T[]): void {
  list.push(...told);
  tx.onRollback(() => {
    for (const each of told) list.splice(list.lastIndexOf(each), 1);
  });
}

/** 2026-02-12 10:00 in Asia/Shanghai. */
export const startMoment = Date.parse('2026-02-12T10:00:00+08:00');

const units: readonly CaseUnit[] = [
  {id: 'region', name: '自治区中心', level: 1, areaCode: '650000', parentId: null, path: ['region']},
  {id: 'city', name: '市中心', level: 2, areaCode: '650100', parentId: 'region', path: ['region', 'city']},
  {id: 'roads', name: '市政科', titleEn: 'Roads Office', level: 3, areaCode: '650102', parentId: 'city', path: ['region', 'city', 'roads']},
  {id: 'street', name: '街道', level: 4, areaCode: '650102004', parentId: 'roads', path: ['region', 'city', 'roads', 'street']},
];

const posts: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  anna: ['city', ['clerk']], bela: ['city', ['clerk']], carl: ['city', ['chief']], dora: ['roads', ['handler', 'chief']], emil: ['roads', ['handler']], finn: ['street', ['handler']], rita: ['region', ['auditor']], nobody: ['street', []],
};

/** Someone of the small world, in his post. */
export function person(id: string): Actor {
  const [unitId, roles] = posts[id] ?? ['city', []];
  return {personId: id, personName: id, unitId, roles, requestId: 'r', address: '127.0.0.1'};
}

/** Puts cases together on an empty database with small fakes of everything around. */
export async function setup(t: ExecutionContext) {
  const clock = createTestClock(startMoment);
  const store = await openTestStore({clock});
  t.teardown(() => store.close());
  const engine = createFakeEngine();
  const clocks = createFakeClocks();
  const audit: Array<{action: string; subject: string; result: string; data?: unknown}> = [];
  const notices: Array<{personIds: readonly string[]; kind: string; title: LocalizedText; body: LocalizedText}> = [];
  const taken: string[] = [];
  const logged: string[] = [];
  const forgotten: string[] = [];
  /** Units that catalogs let handle everything; `null`: all. */
  const entitled: {only: readonly string[] | null} = {only: null};
  const deps: CaseDeps = {
    store, clock, engine, clocks,
    vault: createVault(createKeys()),
    releases: {current: async id => (id === 'matter' || id === 'other' ? {release, definitionId: 'matter:1'} : null), byHash: async hash => (hash === release.hash ? {release, definitionId: 'matter:1'} : null), ensureDeployed: async () => 'matter:1', bundles: async () => [{bundleId: 'matter'}]},
    people: {
      unit: id => units.find(unit => unit.id === id) ?? null,
      person: id => (id in posts ? {id, name: id} : null),
      holders: (roles, unitId) => Object.entries(posts).filter(([, [unit, held]]) => unit === unitId && held.some(role => roles.includes(role))).map(([id]) => ({id, name: id})),
      queuesOf: id => (posts[id]?.[1] ?? []).map(role => `${role}@${posts[id]?.[0]}`),
    },
    catalogs: {
      async checkRow(_, key, __, areaCode) {
        if (key === 'retired' || (key.startsWith('own ') && key !== `own ${areaCode ?? ''}`)) throw new AppError('CATALOG_ROW_RETIRED', 422, 'retired');
        return {title: key, version: '1'};
      },
      title: async (_, key) => `<${key}>`,
      mayHandle: async unitId => (entitled.only === null || entitled.only.includes(unitId) ? {row: unitId} : null),
      matterHandling: async key => (key === 'elsewhere' ? {processCode: 'other', formCode: 'case', row: 'elsewhere', version: '1'} : key === 'unpublished' ? {processCode: 'nowhere', formCode: 'case', row: 'unpublished', version: '1'} : null),
      cell: async (_, key, column) => (column === 'blames' ? ({wrong: 'yes', unclear: 'no'}[key] ?? null) : null),
      elements: async () => null,
      branches: async (_, key) => [key],
      limitOrigin: async () => null,
      rowTitle: async (_, key, __, elsewhere) => {
        const unit = elsewhere?.(key.split('|').at(-1) ?? '') ?? '';
        return key.startsWith('020101|') ? {'zh-CN': `占道经营·${typeof unit === 'string' ? unit : unit['zh-CN']}`, en: 'Stalls'} : null;
      },
    },
    forms: fakeForms,
    audit: {record: async (tx, entry) => keep(tx, audit, entry)},
    notices: {notify: async (tx, notice) => keep(tx, notices, notice)},
    files: {take: async (tx, request) => keep(tx, taken, ...request.fileIds)},
    papers: {of: async () => []},
    watch: createCaseWatch(),
    words: {dueState: () => 'normal', rest: () => ({'zh-CN': '剩 1 天'})},
    log: {info: () => undefined, warn: event => void logged.push(event), error: (event, data) => void logged.push(`${event} ${String(data?.['error'] ?? '')}`)},
    mayUnmask: roles => roles.includes('clerk'),
    onWorkUndone: async (tx, externalTaskId) => keep(tx, forgotten, externalTaskId),
  };
  return {...createCases(deps), deps, store, engine, clock, clocks, audit, notices, taken, logged, forgotten, entitled, signals: createCaseSignals(deps)};
}

/** The world that `setup` gives. */
export type World = Awaited<ReturnType<typeof setup>>;

/** Values of an ordinary new case. */
export const ordinary = {title: '路灯不亮', phone: '13800001234', caller: '王小明', matter: '0101', place: '解放路', unit: 'roads'};

/** Starts one case and answers its id and number. */
export async function startOne(world: World, values: Readonly<Record<string, unknown>> = ordinary, by = 'anna') {
  const [started] = await world.cases.start(person(by), {bundleId: 'matter', items: [{values}]});
  if (!started) throw new Error('nothing was started');
  return started;
}

/** Finishes the open task of a step. */
export async function act(world: World, by: string, caseId: string, stepId: string, outcome: string, values: Readonly<Record<string, unknown>> = {}) {
  const view = await world.cases.view(person(by), caseId);
  const task = view.tasks.find(each => each.stepId === stepId && each.mine);
  if (!task) throw new Error(`${by} has no task ${stepId}: ${view.tasks.map(each => each.stepId).join()}`);
  return world.cases.complete(person(by), {taskId: task.id, outcome, values, caseVersion: view.version});
}

/** Runs the worker step as the host would. */
export async function work(world: World, caseId: string, effects: Partial<Parameters<World['workerCases']['finish']>[1]['effects']> = {}) {
  const state = await world.engine.state(caseId);
  const task = state?.externalTasks[0];
  if (!task) throw new Error('no work is open');
  await world.store.tx(tx => world.workerCases.finish(tx, {caseId, externalTaskId: task.id, stepId: task.stepId, at: world.clock.now(), end: {kind: 'complete'}, effects: {fields: {}, variables: {}, notices: [], linkedCases: [], notes: [], ...effects}}));
  await world.workerCases.relay(caseId);
}

/** Open task rows of a case by step. */
export async function openSteps(world: World, caseId: string): Promise<readonly string[]> {
  const rows = await world.store.knex('case_task').where({case_id: caseId, status: 'open'}).orderBy('id').select<Array<{step_id: string}>>('step_id');
  return rows.map(row => row.step_id).sort();
}

const fakeForms: CaseForms = {
  access: (_, {step}) => Object.fromEntries(fieldNames.map(name => [name, step === null ? (name === 'phone' ? 'hidden' : 'read') : 'edit'])),
  submit({stored, sent, requires, access, partial}) {
    const values: Record<string, unknown> = {...stored};
    const problems: Problem[] = [];
    for (const [name, value] of Object.entries(sent)) {
      if (access[name] !== 'edit' && access[name] !== 'required') problems.push({code: 'FORMS_FIELD_FORBIDDEN', message: name, place: {field: name}});
      else if (value === '' || value === null) delete values[name];
      else values[name] = value;
    }
    if (!partial) for (const name of requires) if (values[name] === undefined) problems.push({code: 'FORMS_REQUIRED', message: name, place: {field: name}});
    return {values, problems};
  },
  layers: () => null,
  layered: release => release,
  show: (_, access, values) => Object.fromEntries(Object.entries(values).filter(([name]) => access[name] !== undefined && access[name] !== 'hidden')),
};

/** Remembers what was asked of clocks; snapshots are the whole memory. */
function createFakeClocks() {
  const log: string[] = [];
  /** Why clocks were to be put on other limits. */
  const asked: string[] = [];
  const running = new Map<string, string[]>();
  const add = (caseId: string, what: string) => {
    log.push(what);
    running.set(caseId, [...(running.get(caseId) ?? []), what]);
  };
  const clocks: CaseClocks & {readonly log: string[]; readonly asked: string[]; of(caseId: string): Promise<readonly ClockView[]>} = {
    log,
    asked,
    apply: async (_, subject, events) => events.forEach(event => add(subject.caseId, event.event)),
    pause: async (_, subject) => add(subject.caseId, 'pause'),
    resume: async (_, subject) => add(subject.caseId, 'resume'),
    async checkExtension(_, __, request) {
      if (request.amount > 10) throw new AppError('DEADLINE_EXTENSION_TOO_LONG', 422, 'too long');
    },
    extend: async (_, subject, request) => add(subject.caseId, `extend ${request.amount}`),
    refit: async (_, subject, change) => {
      asked.push(change.why['zh-CN']);
      add(subject.caseId, `refit ${subject.matter}`);
      return [{clockId: 'c', clock: 'resolve', title: {'zh-CN': '办结时限'}, before: 0, after: 3_600_000, why: {'zh-CN': '时限改为1小时'}}];
    },
    of: async () => [],
    leading: async () => new Map(),
    explain: async () => null,
    snapshot: async (_, {caseId}) => [...(running.get(caseId) ?? [])],
    async restore(_, caseId, snapshot) {
      running.set(caseId, snapshot as string[]);
      log.push('restored');
    },
  };
  return clocks;
}
