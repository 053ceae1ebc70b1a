import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {createCases, type Actor, type CaseDeps, type CaseParts} from '@banli/cases';
import {createCatalogLife, createCatalogService, type CatalogLife, type ChangeSet, type LifePermission} from '@banli/catalogs';
import {createForms} from '@banli/forms';
import type {ProcessEngine} from '@banli/processes';
import {createWorkerRegistry, runTask} from '@banli/workers';
import {createFakeEngine, type FakeDrawing} from '../../../cases/test/support/engine.js';
import {setup as setupCases} from '../../../cases/test/support/world.js';
import {wordsCatalog} from '../../../catalogs/test/sample-service.js';
import {createReviewChains, decisionTopic, endReview, registerDecision} from '../../src/review-chains.js';
import {tellReviewers} from '../../src/review-notices.js';

const folder = fileURLToPath(new URL('../../../../templates/catalog-review', import.meta.url));
const compiled = readBundleFolder(folder).then(compileBundle);

/** The drawing of the template, as the engine in memory walks it. */
const drawing: FakeDrawing = {
  startStep: 'submitted',
  messages: {},
  topics: {carryPass: decisionTopic, carryFail: decisionTopic},
  next: {
    submitted: () => ['firstReview'],
    firstReview: variables => (variables['firstReviewOutcome'] === 'fail' ? ['carryFail'] : variables['secondReviewNeeded'] === true ? ['secondReview'] : ['carryPass']),
    secondReview: variables => ({fail: ['carryFail'], back: ['firstReview']})[String(variables['secondReviewOutcome'])] ?? ['carryPass'],
    carryPass: () => ['!passed'],
    carryFail: () => ['!failed'],
  },
};

const posts: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  writer: ['centre', ['designer', 'reviewer']], rita: ['centre', ['reviewer']], both: ['centre', ['reviewer', 'regionAdmin']], admin: ['centre', ['regionAdmin']], afar: ['town', ['reviewer', 'regionAdmin']],
};

/** Someone of this world, in his post. */
export function person(id: string): Actor {
  const [unitId, roles] = posts[id] ?? ['town', []];
  return {personId: id, personName: id, unitId, roles, requestId: 'r', address: ''};
}

function unitOf(id: string) {
  return id === 'centre' || id === 'town' ? {id, name: id, level: id === 'centre' ? (1 as const) : (4 as const), areaCode: id === 'centre' ? '650000' : '650102004', parentId: null, path: [id], active: true} : null;
}

/** Cases and the life of catalogs joined as the server joins them, on one database, with the review template and an engine in memory. */
export async function setup(t: ExecutionContext, engine: ProcessEngine & {readonly faults?: ReturnType<typeof createFakeEngine>['faults']} = createFakeEngine(drawing), definitionId = 'review:1') {
  const world = await setupCases(t);
  const {store, clock} = world;
  const release = await compiled;
  const settings: {bundleId: string | null; published: boolean} = {bundleId: 'catalogReview', published: true};
  const denied = new Set<LifePermission>();
  const catalogs = createCatalogService(store, clock);
  await catalogs.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active'])], 'tests');
  t.teardown(() => catalogs.close());
  const late: {cases: CaseParts | null} = {cases: null};
  const chains = createReviewChains({bundleId: 'catalogReview', people: {unit: unitOf}, sideCases: () => late.cases?.sideCases ?? null, assertVisible: async (actor, caseId) => late.cases?.cases.assertVisible(actor, caseId)});
  const life: CatalogLife = createCatalogLife({
    store, clock, audit: world.deps.audit, rights: {may: (actor, permission) => (actor.personId === 'writer' || (actor.personId === 'rita' && permission === 'catalogs.review')) && !denied.has(permission)}, references: {uses: async () => []}, onPublished: async () => undefined,
    chains: {...chains, chainOf: () => settings.bundleId},
  });
  /** What went to phones. */
  const texts: Array<{readonly key: string; readonly personIds: readonly string[]; readonly caseId: string}> = [];
  /** Persons who have left. */
  const away = new Set<string>();
  const current = async (id: string) => (id === 'catalogReview' && settings.published ? {release, definitionId} : null);
  const deps: CaseDeps = {
    ...world.deps, engine, forms: createForms(),
    releases: {current, byHash: async hash => (hash === release.hash ? {release, definitionId} : null), ensureDeployed: async () => definitionId, bundles: async () => [{bundleId: 'catalogReview'}]},
    people: {
      unit: unitOf,
      person: id => (id in posts ? {id, name: id} : null),
      holders: (roles, unitId) => Object.entries(posts).filter(([, [unit, held]]) => unit === unitId && held.some(role => roles.includes(role))).flatMap(([id]) => (away.has(id) ? [] : [{id, name: id}])),
      queuesOf: id => (away.has(id) ? [] : (posts[id]?.[1] ?? [])).map(role => `${role}@${posts[id]?.[0]}`),
    },
    onOpened: (tx, opened) => tellReviewers({bundleId: settings.bundleId, notices: world.deps.notices, texts: {send: async (_, text) => void texts.push(text)}}, tx, opened),
    onEnded: (tx, end) => endReview({life, notices: world.deps.notices}, tx, end),
  };
  const parts = createCases(deps);
  late.cases = parts;
  const registry = createWorkerRegistry();
  registerDecision(registry, {life, sideCases: parts.sideCases, notices: deps.notices});
  /** Publishes the words anew, owned by a unit of the first level, with what they ask of their review. */
  const asking = async (review: string): Promise<void> => {
    const {files} = wordsCatalog('2026.1.1', '2026-01-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active']);
    await catalogs.publish([{name: 'words', files: {...files, 'catalog.yaml': (files['catalog.yaml'] ?? '').replace('owner: tests', `owner: centre\nreview: ${review}`)}}], 'tests');
  };
  return {...parts, asking, ...handsOf(parts, life, deps, registry), deps, life, store, engine, clock, settings, denied, away, audit: world.audit, notices: world.notices, texts, release};
}

/** What people and the worker host do in this world. */
function handsOf({cases, workerCases}: CaseParts, life: CatalogLife, deps: CaseDeps, registry: ReturnType<typeof createWorkerRegistry>) {
  const reviewOf = async (changeId: string): Promise<ChangeSet> => (await life.open(person('writer'), changeId)).change;
  return {
    reviewOf,
    /** A set of `rows` new words, handed in. */
    async submitted(rows = 1) {
      let change = await life.create(person('writer'), {catalogId: 'words', title: '增词'});
      for (let index = 0; index < rows; index += 1) change = await life.put(person('writer'), refOf(change), {op: 'add', cells: {code: `d${index}`, titleZh: `丁${index}`, titleEn: 'D', sourceRef: 'own:'}});
      return life.submit(person('writer'), refOf(change));
    },
    /** Finishes the open step as someone. */
    async act(by: string, caseId: string, step: string, outcome: string, opinion?: string) {
      const view = await cases.view(person(by), caseId);
      const task = view.tasks.find(each => each.stepId === step && each.state === 'open' && each.mine);
      if (!task) throw new Error(`${by} has no task ${step}: ${view.tasks.map(each => `${each.stepId} ${each.state}`).join()}`);
      return cases.complete(person(by), {taskId: task.id, outcome, values: opinion === undefined ? {} : {opinion}, caseVersion: view.version});
    },
    /** Runs the open worker task as the host does. `commitOnly`: the host dies right after its commit. */
    async work(caseId: string, how: 'whole' | 'commitOnly' = 'whole') {
      const task = (await deps.engine.state(caseId))?.externalTasks[0];
      const worker = registry.find(decisionTopic);
      if (!task || !worker) throw new Error('no work is open');
      const dead = {...workerCases, relay: async () => undefined};
      return runTask({
        store: deps.store, clock: deps.clock, cases: how === 'whole' ? workerCases : dead, messages: {send: async () => undefined}, log: {...deps.log},
        documents: {render: async () => { throw new Error('nothing is rendered'); }, store: async () => undefined},
      }, worker, {externalTaskId: task.id, caseId, stepId: task.stepId}, new AbortController().signal);
    },
    /** Who has the task of a step in his inbox. */
    async inboxes(caseId: string): Promise<readonly string[]> {
      const found: string[] = [];
      for (const id of Object.keys(posts)) if ((await cases.inbox(person(id), {box: 'todo', limit: 50})).rows.some(row => row.caseId === caseId)) found.push(id);
      return found;
    },
  };
}

/** The set as a command names it. */
export function refOf(change: ChangeSet) {
  return {changeId: change.id, lockVersion: change.lockVersion};
}
