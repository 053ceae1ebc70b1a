import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {caseRoutes, inboxRoutes, operationRoutes} from '@banli/api';
import {scratchFolder} from '@banli/testing/scratch-folder';
import test from 'ava';
import {startInstance} from '../src/instance.js';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {openSteps, useStage, type Stage} from './support/stage.js';

const unit = 'u650102-chengguan';

/** A Java that ends at once with an error while it is broken; the instances of this file have it. */
const java = replaceJava();
const stage = useStage(at('2026-03-02', '10:30'));

function replaceJava(): {break(): void; mend(): void} {
  const home = scratchFolder('java');
  const mark = join(home, 'broken');
  const known = process.env['JAVA_HOME'];
  const real = realpathSync(known === undefined ? execFileSync('sh', ['-c', 'command -v java']).toString().trim() : join(known, 'bin/java'));
  mkdirSync(join(home, 'bin'));
  const program = join(home, 'bin/java');
  writeFileSync(program, `#!/bin/sh\nif [ -e '${mark}' ]; then echo 'Error: the file of the database is locked' >&2; exit 1; fi\nexec '${real}' "$@"\n`);
  chmodSync(program, 0o755);
  process.env['JAVA_HOME'] = home;
  return {break: () => writeFileSync(mark, ''), mend: () => rmSync(mark)};
}

/** What can be read of a case without an engine. */
async function readsOf(scene: Stage, order: {readonly caseId: string; readonly number: string}) {
  const dispatcher = await scene.person('shi.paidan');
  const view = await scene.view('shi.paidan', order.caseId);
  return {
    pending: view.pending !== null,
    lines: (await scene.lines('shi.paidan', order.caseId)).length,
    marks: (await dispatcher.call(caseRoutes.diagram, {params: {caseId: order.caseId}})).marks.length,
    found: (await dispatcher.call(inboxRoutes.search, {body: {q: order.number}})).rows.map(row => row.id),
  };
}

test.serial('a server whose engine does not start listens all the same: reading works, commands wait, and all of it is done when the engine is there', async t => {
  t.timeout(400_000);
  const scene = stage();
  const waiting = await scene.registerOne();
  const {task} = await scene.open('shi.paidan', waiting.caseId, 'dispatchCase');
  const dispatch = () => scene.completeTask('shi.paidan', task.id, 'dispatch', {mode: 'single', leadUnit: unit, assistUnits: []});
  const before = await readsOf(scene, waiting);
  await scene.instance.stop();
  java.break();
  t.is((await scene.instance.start('listens')).engine, null);
  const dispatcher = await scene.person('shi.paidan');
  t.like(await dispatcher.call(operationRoutes.readyz), {status: 'degraded', database: 'up', engine: 'down'});
  t.deepEqual(await readsOf(scene, waiting), before);
  await scene.wait('the terminal says that it is tried on', async () => (/流程引擎未能启动：exit 1: Error: the file of the database is locked/.test(scene.instance.output()) ? true : null));
  t.regex(scene.instance.output(), /已就绪 is ready: http[^]*流程引擎尚未就绪/);

  const accepted = await dispatch();
  t.deepEqual([accepted.head.marks, accepted.tasks.map(each => each.state)], [['pending'], ['submitting']]);
  t.is((await scene.refusal(dispatch))?.code, 'CASE_PENDING');
  const started = await scene.registerOne({...stallOrder, place: '解放南路南口'});
  t.deepEqual([(await readsOf(scene, waiting)).pending, (await readsOf(scene, started)).pending], [true, true]);
  t.like(await dispatcher.call(operationRoutes.engine), {up: false, pendingCommands: 2});

  java.mend();
  await scene.wait('the engine is there', async () => ((await dispatcher.call(operationRoutes.engine)).up ? true : null), 180);
  await scene.wait('both commands took effect', async () => {
    const [one, other] = [await scene.view('shi.paidan', waiting.caseId), await scene.view('shi.paidan', started.caseId)];
    return openSteps(one).includes('signCase') && openSteps(other).includes('dispatchCase') ? true : null;
  }, 60);
  t.is((await scene.lines('shi.paidan', waiting.caseId)).filter(line => line.kind === 'completed' && line.stepId === 'dispatchCase').length, 1);
  t.like(await dispatcher.call(operationRoutes.readyz), {status: 'ready', engine: 'up'});
  await scene.wait('the parent is told of the engine', async () => scene.instance.ready().engine);
  await scene.wait('the terminal says that it is there', async () => (scene.instance.output().includes('流程引擎已就绪') ? true : null));
  t.regex((await dispatcher.call(operationRoutes.engine)).version ?? '', /^\d+\.\d+\.\d+/);
  await scene.wait('the worker host asks for work', async () => (/call="externalPoll"\} [1-9]/.test(await dispatcher.call(operationRoutes.metrics)) ? true : null), 60);
  await scene.finish('ts.chengguan', waiting.caseId, 'signCase', 'sign');
});

test.serial('a server that is stopped while its engine does not start ends, and leaves nothing running', async t => {
  t.timeout(200_000);
  const scene = stage();
  await scene.instance.stop();
  java.break();
  await scene.instance.start('listens');
  await scene.instance.stop();
  java.mend();
  t.deepEqual(await scene.instance.left(), []);
});

test.serial('a new home is of no use without an engine: its first start ends and says what to do', async t => {
  t.timeout(300_000);
  java.break();
  const error = await t.throwsAsync(startInstance({home: scratchFolder('first', t), env: {BANLI_LOG: 'warn'}}));
  java.mend();
  t.regex(error?.message ?? '', /ended with 1 before it was ready/);
  t.regex(error?.message ?? '', /✗ The engine did not start: exit 1: Error: the file of the database is locked\. See its log \S+engine\.log, mend the cause and start again\./);
  t.notRegex(error?.message ?? '', /is ready: http/);
});
