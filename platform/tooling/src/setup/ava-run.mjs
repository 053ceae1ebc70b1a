import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {createAvaOutput} from './ava-output.mjs';
import {sortIntoSuites, writeSuites} from './suites.mjs';

/** Files that took longer are listed, so that the slow ones are known from the log alone. Seconds. */
const slowFrom = 20;
const suiteConfig = new URL('../suites/ava.config.mjs', import.meta.url).pathname;

/**
 * Runs test files with ava and counts what passed and failed; failures are printed as they come, with everything that ava says
 * besides (a file that does not load, a time-out, a process that does not end), the rest is one line.
 * A run that ends badly without a failed test counts as one failure.
 *
 * With `perSuite`, that many files share a process and their tests run one after another. The files of a suite that did not come to its end
 * run once more, each in a process of its own, and only that counts: whatever ended the suite hides no other file's results.
 *
 * @param {string} title
 * @param {readonly string[]} files
 * @param {import('./ava-run.mjs').AvaOptions} options
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runAva(title, files, options) {
  if (files.length === 0) return {passed: 0, failed: 0};
  const started = process.hrtime.bigint();
  const print = options.print ?? (line => process.stdout.write(`${line}\n`));
  const run = {...options, print, seconds: () => Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000};
  const {suites, alone} = options.perSuite ? sortIntoSuites(options.root, files, options.perSuite) : {suites: [], alone: files};
  const count = await runSuites(suites, alone, run);
  print(`  ${count.failed === 0 ? '✓' : '✗'} ${title}: ${count.passed} passed, ${count.failed} failed (${Math.round(run.seconds())} s)`);
  return count;
}

async function runSuites(suites, alone, run) {
  const written = writeSuites(run.root, suites);
  try {
    const {code, reader} = await runOnce([...written.entries, ...alone], {...run, config: suites.length > 0 ? suiteConfig : null});
    const broken = written.broken().filter(({files}) => files.length > 1);
    const again = broken.flatMap(({files}) => files);
    const first = reader.count(again);
    for (const {name, files} of broken) run.print(`    ${name} did not come to its end: its ${files.length} files run again, each in a process of its own`);
    const second = again.length > 0 ? await runSuites(again.map(file => [file]), [], run) : {passed: 0, failed: 0};
    const count = {passed: first.passed + second.passed, failed: first.failed + second.failed};
    if (code === 0 || count.failed > 0) return count;
    run.print(`    ava ended with ${code}, though no test failed`);
    return {...count, failed: 1};
  } finally {
    written.remove();
  }
}

async function runOnce(entries, {root, env, concurrency, timeout, patienceMs, config, print, seconds}) {
  const child = spawn(process.execPath, [avaOf(root), ...(config ? [`--config=${config}`] : []), `--concurrency=${concurrency}`, `--timeout=${timeout}`, ...entries], {
    cwd: root,
    env: {...process.env, FORCE_COLOR: '0', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group, so that the test processes end with ava, however that ends.
    detached: true,
  });
  const unpass = passSignals(child);
  const reader = createAvaOutput({print: line => print(`    ${line}`), seconds});
  const watchdog = watchSilence(child, patienceMs ?? Number.parseInt(timeout, 10) * 1_500, print);
  createInterface({input: child.stdout}).on('line', line => {
    watchdog.heard();
    reader.line(line);
  });
  let stray = '';
  child.stderr.on('data', chunk => {
    stray = (stray + chunk).slice(-6000);
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  watchdog.end();
  unpass();
  if (code !== 0 && stray.trim() !== '') print(stray.trimEnd());
  for (const {file, took} of reader.files().filter(one => one.took >= slowFrom)) print(`    ${String(Math.round(took)).padStart(4)} s  ${file}`);
  return {code, reader};
}

/** Ends an ava that says nothing for longer than its own limit: a file whose process does not end must not hold up the rest. */
function watchSilence(child, longestMs, print) {
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      print(`    ✗ ava 已 ${Math.round(longestMs / 1000)} 秒没有输出，已终止 ava was silent for ${Math.round(longestMs / 1000)} s and was ended`);
      endGroup(child, 'SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    }, longestMs);
  };
  heard();
  return {heard, end: () => clearTimeout(timer)};
}

/** A process group of its own hears no Ctrl-C: what ends us ends it. */
function passSignals(child) {
  const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => ({signal, end: () => {
    endGroup(child, signal);
    process.kill(process.pid, signal);
  }}));
  for (const {signal, end} of ends) process.once(signal, end);
  return () => {
    for (const {signal, end} of ends) process.off(signal, end);
  };
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // It has ended by itself.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ava's own entry, without a package runner in between, so that a signal reaches it. */
function avaOf(root) {
  const folder = join(root, 'node_modules/ava');
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.ava);
}
