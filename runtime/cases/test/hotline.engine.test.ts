import {rmSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {startTestEngine, testProducts, type TestEngine} from '@banli/engine/testing';
import {createProcessEngine} from '@banli/processes';
import {recount} from '../src/index.js';
import {play, samplesOf, setupHotline} from './support/hotline.js';

const [product = 'camunda'] = testProducts();
let bench: TestEngine;

test.before(async () => {
  bench = await startTestEngine(product);
});
test.after.always(async () => bench?.remove());

test.serial('samples of the hotline run through cases, with one engine call per command and the path on the diagram', async t => {
  t.timeout(300_000);
  const engine = createProcessEngine({endpoint: () => bench.handle});
  const world = await setupHotline(t, engine);
  const samples = samplesOf(world.release);
  for (const name of ['plain', 'delegation', 'reply-directly']) {
    const sample = samples[name];
    if (!sample) throw new Error(`the sample ${name} is gone`);
    const before = engine.calls().apply;
    const caseId = await play(world, sample);
    const rows = await world.store.knex('case_outbox').where({case_id: caseId}).select<Array<{status: string}>>('status');
    t.true(rows.every(row => row.status === 'acked'), name);
    t.is(engine.calls().apply - before, rows.length, `${name}: one call per command`);
    const reader = {...{personId: 'start|clerk|u650100', personName: '', unitId: 'u650100', roles: ['clerk'], requestId: '', address: ''}};
    const view = await world.cases.view(reader, caseId);
    t.true(view.ended, `${name} ends`);
    if (sample.expect.round !== undefined) t.is(view.head.round, sample.expect.round, name);
    const {marks, flows} = await world.cases.diagram(reader, caseId);
    const done = new Set(marks.filter(mark => mark.status === 'done').map(mark => mark.elementId));
    t.deepEqual((sample.expect.path ?? []).filter(id => !done.has(id)), [], `${name}: path on the diagram`);
    t.true(flows.length > 0);
  }
  t.deepEqual(await recount(world.store), []);
  t.is((await world.store.knex('case_timeline').where({kind: 'assignment.fallback'})).length, 0);
  await engine.close();
});

test.serial('an engine that lost its whole database gets releases and open cases back', async t => {
  t.timeout(300_000);
  const first = createProcessEngine({endpoint: () => bench.handle});
  const world = await setupHotline(t, first);
  const plain = samplesOf(world.release)['plain'];
  if (!plain) throw new Error('the sample is gone');
  const caseId = await play(world, {...plain, answers: plain.answers.slice(0, 2)});
  const open = async () => (await world.store.knex('case_task').where({case_id: caseId, status: 'open'}).orderBy('id').select<Array<{id: string; step_id: string}>>('id', 'step_id'));
  const before = await open();
  await first.close();
  await bench.remove();
  rmSync(join(bench.home, 'engine'), {recursive: true, force: true});
  bench = await startTestEngine(product);
  const second = createProcessEngine({endpoint: () => bench.handle});
  const again = {...world.deps, engine: second};
  const {createReleases, createCases} = await import('../src/index.js');
  const releases = createReleases({store: world.store, engine: second, clock: world.clock, log: world.deps.log});
  const parts = createCases({...again, releases});
  t.like(await parts.reconciler.pass(), {replayed: [{caseId}], lost: []});
  await parts.loop.round();
  t.deepEqual(await open(), before, 'the same tasks are open, under their own ids');
  const state = await second.state(caseId);
  t.deepEqual(state?.tasks.map(task => task.stepId).sort(), before.map(task => task.step_id).sort());
  t.is((await world.store.knex('case_alarm')).length, 0);
  await second.close();
});
