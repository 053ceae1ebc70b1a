import test, {type ExecutionContext} from 'ava';
import {AppError, isAppError, type Problem} from '@banli/errors';
import {readBundleFolder} from '@banli/bundles/node';
import {createDesignDrafts, createReleases} from '../src/index.js';
import {person, setup, startMoment} from './support/world.js';

const anna = person('anna');

async function setupReleases(t: ExecutionContext) {
  const world = await setup(t);
  const deployments = new Map<string, string>();
  const state: {down: boolean; problems: Problem[]} = {down: false, problems: []};
  const engine = {
    ...world.engine,
    findDeployment: async (name: string) => (deployments.has(name) ? {deploymentId: name, definitions: {hotlineCase: deployments.get(name) ?? ''}} : null),
    deploy: async (name: string) => {
      if (state.down) throw new AppError('ENGINE_REFUSED', 422, 'no', {reason: 'no'}, state.problems);
      deployments.set(name, deployments.get(name) ?? `hotlineCase:${deployments.size + 1}`);
      return {deploymentId: name, definitions: {hotlineCase: deployments.get(name) ?? ''}};
    },
  };
  const files = await readBundleFolder(new URL('../../../templates/hotline', import.meta.url).pathname);
  const make = () => createReleases({store: world.store, engine, clock: world.clock, log: world.deps.log, audit: world.deps.audit});
  return {...world, deployments, state, files, make, releases: make()};
}

test('publishing stores, deploys and makes current; the same files again are the same release', async t => {
  const {releases, files, make, clock} = await setupReleases(t);
  const first = await releases.publish(files, anna);
  clock.moveBy(5_000);
  t.is((await releases.publish(files, anna)).hash, first.hash);
  t.is((await releases.list('hotline')).length, 1);
  t.is((await releases.current('hotline'))?.definitionId, 'hotlineCase:1');
  const changed = {...files, 'README.md': '# changed\n', 'bundle.yaml': (files['bundle.yaml'] ?? '').replace('version: 1.0.1', 'version: 1.0.2')};
  const second = await releases.publish(changed, anna);
  t.not(second.hash, first.hash);
  t.is((await releases.current('hotline'))?.release.hash, second.hash);
  t.is((await make().byHash(first.hash))?.release.bundle.manifest.version, '1.0.1');
  t.is(await releases.current('unknown'), null);
});

test('what the designer publishes gets the next version, unless it names a higher one or is a release already', async t => {
  const {releases, files} = await setupReleases(t);
  const manifest = files['bundle.yaml'] ?? '';
  const edited = (words: string, version = '1.0.1') => ({...files, 'bundle.yaml': `${manifest.replace(/^version: .*$/m, `version: '${version}' # ${words}`)}`});
  const publish = async (given: typeof files) => (await releases.publish(given, anna, {bundleId: 'hotline', nextVersion: true})).version;
  t.is(await publish(files), '1.0.1');
  t.is(await publish(files), '1.0.1');
  t.is(await publish(edited('one')), '1.0.2');
  t.is(await publish(edited('two')), '1.0.3');
  t.is(await publish(edited('three', '1.2.0')), '1.2.0');
  t.is(await publish(edited('four', '1.1.9')), '1.2.1');
  const current = await releases.current('hotline');
  t.is(current?.release.bundle.manifest.version, '1.2.1');
  t.deepEqual((await releases.list('hotline')).map(row => row.version).sort(), ['1.0.1', '1.0.2', '1.0.3', '1.2.0', '1.2.1']);
});

test('a bundle with problems is refused with every one of them and leaves nothing', async t => {
  const {releases, files} = await setupReleases(t);
  const error = await t.throwsAsync(releases.publish({...files, 'bundle.yaml': 'id: hotline\n'}, anna), {code: 'RELEASE_REFUSED'});
  t.true(error instanceof AppError && error.problems.length > 0);
  await t.throwsAsync(releases.publish(files, anna, {bundleId: 'other'}), {code: 'RELEASE_BUNDLE_OTHER'});
  t.deepEqual(await releases.list('hotline'), []);
});

test('who published what is audited with the release itself, also while the engine does not take it', async t => {
  const {releases, files, state, audit} = await setupReleases(t);
  state.down = true;
  await t.throwsAsync(releases.publish(files, anna), {code: 'RELEASE_REFUSED'});
  state.down = false;
  const {hash} = await releases.publish(files, anna);
  await releases.resume();
  t.deepEqual(audit, [{again: false}, {again: true}].map(data => ({action: 'design.publish', subject: hash, result: 'done', ...data})).map(({again, ...row}) => ({...row, data: {bundleId: 'hotline', version: '1.0.1', again}, actor: anna, at: startMoment})));
});

test('what the engine refuses is marked, and can be published again later', async t => {
  const {releases, files, state} = await setupReleases(t);
  state.down = true;
  await t.throwsAsync(releases.publish(files, anna), {code: 'RELEASE_REFUSED'});
  t.deepEqual((await releases.list('hotline')).map(row => row.status), ['refused']);
  t.is(await releases.current('hotline'), null);
  state.down = false;
  await releases.publish(files, anna);
  t.deepEqual((await releases.list('hotline')).map(row => row.status), ['deployed']);
});

test('what the engine says against a release stands at its drawing and element', async t => {
  const {releases, files, state} = await setupReleases(t);
  state.down = true;
  const refusal = async () => {
    const error = await t.throwsAsync(releases.publish(files, anna), {code: 'RELEASE_REFUSED'});
    return isAppError(error) ? error.problems : [];
  };
  t.like((await refusal())[0], {code: 'ENGINE_REFUSED', place: {file: 'processes/hotlineCase.bpmn'}, details: {reason: 'no'}});
  state.problems = [
    {code: 'ENGINE_REFUSED', message: 'no target', place: {file: 'hotlineCase.bpmn', element: 'toSignCase', line: 7, column: 3}},
    {code: 'ENGINE_REFUSED', message: 'what is this', place: {file: 'elsewhere.bpmn'}},
  ];
  t.deepEqual((await refusal()).map(({message, place}) => [message, place]), [['no target', {file: 'processes/hotlineCase.bpmn', element: 'toSignCase'}], ['what is this', {}]]);
});

test('a release left over by a crash is deployed at the next start, and one that the engine lost comes back', async t => {
  const {releases, files, store, deployments, make} = await setupReleases(t);
  const {hash} = await releases.publish(files, anna);
  await store.knex('bundle_release').update({status: 'deploying', definition_id: null});
  await store.knex('bundle_current').delete();
  await make().resume();
  t.is((await make().current('hotline'))?.release.hash, hash);
  deployments.clear();
  deployments.set('something else', 'x');
  t.is(await releases.ensureDeployed(hash), 'hotlineCase:2');
  t.is((await releases.byHash(hash))?.definitionId, 'hotlineCase:2');
});

test('a process that remembers the old definition learns the new one that another process deployed', async t => {
  const {releases, files, deployments, make} = await setupReleases(t);
  const {hash} = await releases.publish(files, anna);
  const worker = make();
  t.is((await worker.byHash(hash))?.definitionId, 'hotlineCase:1');
  deployments.clear();
  deployments.set('something else', 'x');
  await releases.ensureDeployed(hash);
  t.is(await worker.ensureDeployed(hash), 'hotlineCase:2');
  t.is((await worker.byHash(hash))?.definitionId, 'hotlineCase:2');
  t.is((await worker.current('hotline'))?.definitionId, 'hotlineCase:2');
});

test('a draft begins with the release, merges files, notices a second author, and a newer one is never thrown away', async t => {
  const {releases, files, store, clock, deps, audit} = await setupReleases(t);
  await releases.publish(files, anna);
  const drafts = createDesignDrafts({store, clock, audit: deps.audit});
  const begun = await drafts.read('hotline');
  t.is(begun.revision, 0);
  const saved = await drafts.save('hotline', {'README.md': '# neu\n', 'samples/plain.yaml': ''}, 0, anna);
  t.is(saved.files['README.md'], '# neu\n');
  t.false('samples/plain.yaml' in saved.files);
  await t.throwsAsync(drafts.save('hotline', {}, 0, anna), {code: 'RELEASE_DRAFT_CHANGED'});
  t.deepEqual((await drafts.list()).map(draft => [draft.bundleId, draft.savedBy]), [['hotline', 'anna']]);
  t.false(await drafts.discard('hotline', 7, anna), 'another revision stays');
  t.is((await drafts.read('hotline')).revision, 1);
  t.true(await drafts.discard('hotline', 1, anna));
  t.false(await drafts.discard('hotline', 1, anna), 'twice');
  t.deepEqual(audit.filter(row => row.action.startsWith('design.') && row.subject === 'hotline').map(row => row.action), ['design.saveDraft', 'design.discardDraft']);
  t.is((await drafts.read('hotline')).revision, 0);
});
