import {once} from 'node:events';
import {spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {nodeFlags} from '@banli/tooling/node-flags';
import {startEngine, type EngineHandle, type EngineStatus} from '../src/supervisor.js';
import {startTestEngine, testProducts, type TestEngine} from '../src/testing.js';

const lineXml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test" id="d">
<bpmn:process id="line" isExecutable="true" camunda:historyTimeToLive="P1D"><bpmn:startEvent id="s"/><bpmn:userTask id="a"/><bpmn:endEvent id="e"/>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e"/></bpmn:process></bpmn:definitions>`;

async function call(handle: EngineHandle, path: string, body?: object | FormData): Promise<{readonly status: number; readonly body: unknown}> {
  const form = body instanceof FormData;
  const response = await fetch(handle.baseUrl + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {authorization: `Bearer ${handle.token}`, ...(form ? {} : {'content-type': 'application/json'})},
    ...(body === undefined ? {} : {body: form ? body : JSON.stringify(body)}),
  });
  return {status: response.status, body: await response.json()};
}

async function deployLine(handle: EngineHandle): Promise<string> {
  const form = new FormData();
  form.set('deployment-name', 'line');
  form.set('line.bpmn', new Blob([lineXml]), 'line.bpmn');
  const {body} = await call(handle, '/engine-rest/deployment/create', form);
  return Object.keys((body as {deployedProcessDefinitions: Record<string, unknown>}).deployedProcessDefinitions)[0] ?? '';
}

/** Waits for a status; the supervisor tells every change. */
function watch(): {readonly seen: EngineStatus[]; onStatus(status: EngineStatus): void; next(state: EngineStatus['state']): Promise<void>} {
  const seen: EngineStatus[] = [];
  let waiting: Array<{state: EngineStatus['state']; resolve: () => void}> = [];
  return {
    seen,
    onStatus: status => {
      seen.push(status);
      waiting.filter(each => each.state === status.state).forEach(each => each.resolve());
      waiting = waiting.filter(each => each.state !== status.state);
    },
    next: state => new Promise(resolve => {
      waiting.push({state, resolve});
    }),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function ended(pid: number): Promise<boolean> {
  for (let left = 150; left > 0 && isRunning(pid); left -= 1) await new Promise(done => setTimeout(done, 100));
  return !isRunning(pid);
}

for (const product of testProducts()) {
  test.serial(`${product}: no answered start is lost when the engine is killed, and it comes back with the same address and token`, async t => {
    t.timeout(180_000);
    const events = watch();
    const engine: TestEngine = await startTestEngine(product, {onStatus: events.onStatus});
    t.teardown(() => engine.remove());
    const {handle} = engine;
    const {baseUrl, token} = handle;
    const definitionId = await deployLine(handle);
    const answered: string[] = [];
    const writers = Array.from({length: 4}, async (_, writer) => {
      for (let number = 0; ; number += 1) {
        const caseId = `kill-${writer}-${number}`;
        const answer = await call(handle, '/banli/apply', {caseId, seq: 1, operations: [{kind: 'start', definitionId, variables: {}}]}).catch(() => null);
        if (answer?.status !== 200) return;
        answered.push(caseId);
        if (answered.length === 60) handle.kill9();
      }
    });
    const back = events.next('down').then(() => events.next('up'));
    await Promise.all(writers);
    await back;
    t.is(handle.baseUrl, baseUrl);
    t.is(handle.token, token);
    t.true(answered.length >= 60);
    for (const caseId of answered) t.is((await call(handle, `/banli/state/${caseId}`)).status, 200, caseId);
    const instances = await call(handle, '/engine-rest/process-instance/count');
    const running = (await call(handle, '/banli/running?limit=1000')).body as readonly unknown[];
    t.is((instances.body as {count: number}).count, running.length);
    t.deepEqual(events.seen.map(status => status.state).filter((state, index, all) => state !== all[index - 1]), ['starting', 'up', 'down', 'starting', 'up']);
    t.regex(events.seen.find(status => status.state === 'down')?.reason ?? '', /SIGKILL/);
    const scratch = readdirSync(join(engine.home, 'engine', 'scratch')).filter(name => /^tomcat\./.test(name));
    t.is(scratch.length, 1, 'what the killed engine left behind is gone');
  });

  test.serial(`${product}: the engine ends when the process that started it is killed`, async t => {
    t.timeout(120_000);
    const script = `import {startTestEngine} from ${JSON.stringify(fileURLToPath(new URL('../src/testing.ts', import.meta.url)))};
      const engine = await startTestEngine(${JSON.stringify(product)}, {home: ${JSON.stringify(scratchFolder('engine', t))}}); process.stdout.write('PID ' + engine.handle.pid() + '\\n'); setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, [...nodeFlags, '--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'inherit']});
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(/PID (\d+)/.exec(line.toString())?.[1]);
    t.true(isRunning(pid));
    parent.kill('SIGKILL');
    t.true(await ended(pid));
  });
}

for (const product of testProducts()) {
  test.serial(`${product}: an engine that lives but does not answer is ended and started again, and nothing that was answered is lost`, async t => {
    t.timeout(180_000);
    const events = watch();
    const engine = await startTestEngine(product, {onStatus: events.onStatus, patience: {everyMs: 200, answerMs: 2_000, misses: 2, startMs: 120_000}});
    t.teardown(() => engine.remove());
    const {handle} = engine;
    const {baseUrl, token} = handle;
    const definitionId = await deployLine(handle);
    t.is((await call(handle, '/banli/apply', {caseId: 'before', seq: 1, operations: [{kind: 'start', definitionId, variables: {}}]})).status, 200);
    const pid = handle.pid() ?? -1;
    const back = events.next('down').then(() => events.next('up'));
    process.kill(pid, 'SIGSTOP');
    t.true(isRunning(pid), 'the process lives on');
    await back;
    t.false(isRunning(pid));
    t.not(handle.pid(), pid);
    t.is(handle.baseUrl, baseUrl);
    t.is(handle.token, token);
    t.regex(events.seen.find(status => status.state === 'down')?.reason ?? '', /no answer/);
    t.is((await call(handle, '/banli/state/before')).status, 200);
    t.is((await call(handle, '/banli/apply', {caseId: 'after', seq: 1, operations: [{kind: 'start', definitionId, variables: {}}]})).status, 200);
  });
}

test.serial('an engine that hangs while it starts is given up with a reason', async t => {
  t.timeout(120_000);
  const error = await t.throwsAsync(startTestEngine('camunda', {patience: {everyMs: 200, answerMs: 2_000, misses: 2, startMs: 50}}), {code: 'ENGINE_START_FAILED'});
  t.regex(error?.message ?? '', /SIGKILL/);
});

test.serial('stop ends the engine by itself, and a stopped engine is not started again', async t => {
  t.timeout(120_000);
  const events = watch();
  const engine = await startTestEngine('camunda', {onStatus: events.onStatus});
  const pid = engine.handle.pid() ?? -1;
  await engine.remove();
  t.false(isRunning(pid));
  t.is(engine.handle.status().state, 'down');
  t.is(events.seen.filter(status => status.state === 'starting').length, 1);
});

test.serial('a taken port is left to its owner and another one is used', async t => {
  t.timeout(180_000);
  const events = watch();
  const engine = await startTestEngine('camunda', {onStatus: events.onStatus});
  t.teardown(() => engine.remove());
  const port = Number(new URL(engine.handle.baseUrl).port);
  const thief = createServer();
  const back = events.next('down').then(() => {
    thief.listen(port, '127.0.0.1');
    return events.next('up');
  });
  engine.handle.kill9();
  await back;
  t.not(engine.handle.baseUrl, `http://127.0.0.1:${port}`);
  t.is((await call(engine.handle, '/banli/life')).status, 200);
  thief.close();
});

test.serial('a second engine on the same database file is told so, with the log to look at', async t => {
  t.timeout(180_000);
  const engine = await startTestEngine('camunda', {databaseUrl: ''});
  t.teardown(() => engine.remove());
  const error = await t.throwsAsync(startEngine({home: engine.home, product: 'camunda'}), {code: 'ENGINE_START_FAILED'});
  t.regex(error?.message ?? '', /already in use|locked/i);
  t.regex(error?.message ?? '', /engine\.log/);
});
