import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {createAvaOutput} from './ava-output.mjs';

/** Files that took longer are listed, so that the slow ones are known from the log alone. Seconds. */
const slowFrom = 20;

/**
 * Runs test files with ava and counts what passed and failed; failures are printed as they come, with everything that ava says
 * besides (a file that does not load, a time-out, a process that does not end), the rest is one line.
 * A run that ends badly without a failed test counts as one failure.
 *
 * @param {string} title
 * @param {readonly string[]} files
 * @param {{root: string, env?: Record<string, string>, concurrency: number, timeout: string}} options
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runAva(title, files, options) {
  if (files.length === 0) return {passed: 0, failed: 0};
  const started = process.hrtime.bigint();
  const seconds = () => Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000;
  const child = spawn(process.execPath, [avaOf(options.root), `--concurrency=${options.concurrency}`, `--timeout=${options.timeout}`, ...files], {
    cwd: options.root,
    env: {...process.env, FORCE_COLOR: '0', ...options.env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const reader = createAvaOutput({print: line => process.stdout.write(`    ${line}\n`), seconds});
  const watchdog = watchSilence(child, Number.parseInt(options.timeout, 10) * 1_500);
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
  const count = reader.end(code);
  if (count.failed > 0 && stray.trim() !== '') process.stdout.write(`${stray.trimEnd()}\n`);
  for (const {file, took} of reader.files().filter(one => one.took >= slowFrom)) process.stdout.write(`    ${String(Math.round(took)).padStart(4)} s  ${file}\n`);
  process.stdout.write(`  ${count.failed === 0 ? '✓' : '✗'} ${title}: ${count.passed} passed, ${count.failed} failed (${Math.round(seconds())} s)\n`);
  return count;
}

/** Ends an ava that says nothing for longer than its own limit: a file whose process does not end must not hold up the rest. */
function watchSilence(child, longestMs) {
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      process.stdout.write(`    ✗ ava 已 ${Math.round(longestMs / 1000)} 秒没有输出，已终止 ava was silent for ${Math.round(longestMs / 1000)} s and was ended\n`);
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    }, longestMs);
  };
  heard();
  return {heard, end: () => clearTimeout(timer)};
}

/** Ava's own entry, without a package runner in between, so that a signal reaches it. */
function avaOf(root) {
  const folder = join(root, 'node_modules/ava');
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.ava);
}
