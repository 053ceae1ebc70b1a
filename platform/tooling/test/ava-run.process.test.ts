import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {root} from '../src/root.js';
import {runAva, type AvaOptions} from '../src/setup/ava-run.mjs';

const fixture = (name: string) => `platform/tooling/test/fixtures/${name}.ts`;

async function setup(names: readonly string[], options: Partial<AvaOptions> = {}) {
  const printed: string[] = [];
  const count = await runAva('fixtures', names.map(fixture), {root, concurrency: 1, timeout: '60s', perSuite: 10, print: line => void printed.push(line), ...options});
  return {count, printed, text: printed.join('\n')};
}

/** Resolves when there is no such process; the test's own time-out says if there always is. */
async function ended(pid: number): Promise<void> {
  try {
    process.kill(pid, 0);
  } catch {
    return;
  }
  await sleep(20);
  await ended(pid);
}

test('files that share a process have their own results, and the same title twice is no clash', async t => {
  const {count, printed} = await setup(['good', 'no-module', 'wrong']);
  t.deepEqual(count, {passed: 3, failed: 2});
  const failures = printed.filter(line => line.includes('✘ [fail]'));
  t.is(failures.length, 2);
  t.true(failures[0]?.includes(`${fixture('no-module')} › the file loads`), failures[0]);
  t.true(failures[1]?.includes(`✘ [fail]: ${fixture('wrong')} › it holds`), failures[1]);
  t.is(printed.at(-1)?.replace(/\(.*/, ''), '  ✗ fixtures: 3 passed, 2 failed ');
});

test('a crash hides no other file: each runs again in a process of its own, and nothing counts twice', async t => {
  const {count, text} = await setup(['crash', 'good']);
  t.deepEqual(count, {passed: 1, failed: 1});
  t.regex(text, /suite-01 did not come to its end: its 2 files run again/);
  t.regex(text, /suite-01-platform-tooling-test-fixtures-crash\.mjs exited due to SIGKILL/);
});

test('an ava that says nothing is ended with its test processes, and the run counts as failed', async t => {
  const pidFile = join(scratchFolder('ava-run', t), 'pid');
  const {count, text} = await setup(['silent'], {patienceMs: 1500, env: {SILENT_PID_FILE: pidFile}});
  t.deepEqual(count, {passed: 0, failed: 1});
  t.regex(text, /ava was silent for \d s and was ended/);
  // On a slow machine ava may have been ended before the test began.
  if (existsSync(pidFile)) await ended(Number(readFileSync(pidFile, 'utf8')));
  t.pass();
});
