import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

/**
 * Runs test files with ava and counts what passed and failed; failures are printed as they come, the rest is one line.
 * A run that ends badly without a failed test (a file that does not load, a time-out) counts as one failure.
 *
 * @param {string} title
 * @param {readonly string[]} files
 * @param {{root: string, env?: Record<string, string>, concurrency: number, timeout: string}} options
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runAva(title, files, options) {
  if (files.length === 0) return {passed: 0, failed: 0};
  const started = Date.now();
  const child = spawn('npx', ['ava', '--tap', `--concurrency=${options.concurrency}`, `--timeout=${options.timeout}`, ...files], {
    cwd: options.root,
    env: {...process.env, FORCE_COLOR: '0', ...options.env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const count = {passed: 0, failed: 0};
  let inFailure = false;
  let stray = '';
  createInterface({input: child.stdout}).on('line', line => {
    if (/^ok \d/.test(line)) count.passed += 1;
    if (/^not ok \d/.test(line)) count.failed += 1;
    inFailure = /^not ok/.test(line) || (inFailure && !/^(ok|# |\d+\.\.)/.test(line));
    if (inFailure) process.stdout.write(`    ${line}\n`);
  });
  child.stderr.on('data', chunk => {
    stray = (stray + chunk).slice(-6000);
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0 && count.failed === 0) {
    count.failed = 1;
    process.stdout.write(`    ava ended with ${code}\n${stray}\n`);
  }
  process.stdout.write(`  ${count.failed === 0 ? '✓' : '✗'} ${title}: ${count.passed} passed, ${count.failed} failed (${Math.round((Date.now() - started) / 1000)} s)\n`);
  return count;
}
