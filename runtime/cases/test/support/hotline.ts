import {readFileSync} from 'node:fs';
import type {ExecutionContext} from 'ava';
import {readBundleFolder} from '@banli/bundles/node';
import type {CompiledBundle} from '@banli/formats';
import {createForms} from '@banli/forms';
import type {CountedProcessEngine} from '@banli/processes';
import {createCases, createCaseSignals, createReleases, type Actor, type CaseDeps} from '../../src/index.js';
import {person, setup} from './world.js';

/** A scenario of the template, as far as it is played here. */
export interface Sample {
  readonly start: Readonly<Record<string, unknown>>;
  readonly workers?: Readonly<Record<string, {readonly fields?: Readonly<Record<string, unknown>>; readonly variables?: Readonly<Record<string, string | number | boolean>>}>>;
  readonly answers: ReadonlyArray<{readonly step: string; readonly outcome?: string; readonly action?: string; readonly values?: Readonly<Record<string, unknown>>; readonly lapse?: string}>;
  readonly expect: {readonly path?: readonly string[]; readonly end: string; readonly round?: number; readonly depth?: number; readonly returnCount?: number; readonly excludedUnits?: readonly string[]; readonly fields?: Readonly<Record<string, unknown>>};
}

const clerk: Actor = {...person('anna'), personId: 'start|clerk|u650100', unitId: 'u650100', roles: ['clerk']};

/** Publishes the hotline on a real engine, with forms as they are and fakes for clocks, catalogs and people: whoever holds a queue is a person of its own. */
export async function setupHotline(t: ExecutionContext, engine: CountedProcessEngine) {
  const world = await setup(t);
  const releases = createReleases({store: world.store, engine, clock: world.clock, log: world.deps.log, audit: world.deps.audit});
  const row = await releases.publish(await readBundleFolder(new URL('../../../../templates/hotline', import.meta.url).pathname), {personId: 'p', personName: 'p'});
  const found = await releases.byHash(row.hash);
  if (!found) throw new Error('the release is not there');
  const deps: CaseDeps = {
    ...world.deps, engine, releases,
    // How long an extension may be is the clocks' own matter; a sample asks in hours.
    clocks: {...world.clocks, checkExtension: async () => undefined},
    forms: createForms(),
    catalogs: {...world.deps.catalogs, cell: async (catalogId, key, column) => (catalogId === 'return-reasons' && column === 'tellsRule' ? (returnReasons.find(row => row[0] === key)?.at(-3) ?? null) : null)},
    people: {
      unit: id => ({id, name: id, level: levelOf(areaOf(id)), areaCode: areaOf(id), parentId: null, path: ['root', id]}),
      person: id => ({id, name: id}),
      holders: () => [],
      queuesOf: id => [`${id.split('|')[1]}@${id.split('|')[2]}`],
    },
  };
  const signals = createCaseSignals(deps);
  return {...world, deps, ...createCases(deps), signals, releases, release: found.release, engine};
}

/** Rows of the shipped catalog: the key is first, `tellsRule` third from the end. */
const returnReasons = readFileSync(new URL('../../../../catalogs/return-reasons/data/return-reasons.csv', import.meta.url), 'utf8').split('\n').map(line => line.split(','));

/** The ids of the sample organisation begin with the area code. */
function areaOf(unitId: string): string {
  return unitId.replace(/\D/g, '');
}

function levelOf(areaCode: string): 1 | 2 | 3 | 4 | 5 {
  if (areaCode.length > 6) return areaCode.length > 9 ? 5 : 4;
  return areaCode.endsWith('0000') ? 1 : areaCode.endsWith('00') ? 2 : 3;
}

/** The world of the hotline. */
export type HotlineWorld = Awaited<ReturnType<typeof setupHotline>>;

/** Registers a sample's case and plays its answers until none is left. */
export async function play(world: HotlineWorld, sample: Sample): Promise<string> {
  const [started] = await world.cases.start(clerk, {bundleId: 'hotline', items: [{values: sample.start}]});
  const caseId = started?.caseId ?? '';
  await doWork(world, caseId, sample);
  for (const answer of sample.answers) {
    if (answer.lapse !== undefined) await lapse(world, caseId, answer.lapse);
    else await give(world, caseId, answer);
    await doWork(world, caseId, sample);
  }
  return caseId;
}

async function give(world: HotlineWorld, caseId: string, answer: Sample['answers'][number]): Promise<void> {
  const task = await world.store.knex('case_task').where({case_id: caseId, step_id: answer.step, status: 'open'}).orderBy('opened_at').first<{id: string; home_queue: string; assignee_id: string | null} | undefined>();
  if (!task) throw new Error(`no open task ${answer.step}`);
  const [roles = '', unitId = ''] = task.home_queue.split('@');
  const role = roles.split(',')[0] ?? '';
  const personId = task.assignee_id ?? `${answer.step}|${role}|${unitId}`;
  const actor: Actor = {...clerk, personId, unitId, roles: [personId.split('|')[1] ?? role]};
  const {version: caseVersion} = await world.cases.view(actor, caseId);
  const input = {taskId: task.id, values: answer.values ?? {}, caseVersion};
  if (answer.action === undefined) await world.cases.complete(actor, {...input, outcome: answer.outcome ?? ''});
  else await world.cases.request(actor, {...input, actionId: answer.action});
}

async function lapse(world: HotlineWorld, caseId: string, clock: string): Promise<void> {
  for (const event of world.release.clockEvents.filter(each => each.clock === clock)) {
    await world.store.tx(tx => world.signals.signal(tx, caseId, event.messageName, {clockId: clock, clock, at: world.clock.now()}));
  }
  await world.relay.deliver(caseId);
}

async function doWork(world: HotlineWorld, caseId: string, sample: Sample): Promise<void> {
  for (let state = await world.engine.state(caseId); state?.externalTasks[0]; state = await world.engine.state(caseId)) {
    const [task] = state.externalTasks;
    const effects = {fields: {}, variables: {}, notices: [], linkedCases: [], notes: [], ...sample.workers?.[task.topic]};
    await world.workerCases.load({caseId, externalTaskId: task.id, stepId: task.stepId});
    await world.store.tx(tx => world.workerCases.finish(tx, {caseId, externalTaskId: task.id, stepId: task.stepId, at: world.clock.now(), end: {kind: 'complete'}, effects}));
    await world.workerCases.relay(caseId);
  }
}

/** Samples of the release by name. */
export function samplesOf(release: CompiledBundle): Readonly<Record<string, Sample>> {
  return release.bundle.samples as unknown as Readonly<Record<string, Sample>>;
}
