#!/usr/bin/env node
// Sets everything up in a home of its own and runs every test: `test.mjs`, or `test.mjs unit` without engine, database server and browser.
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runAva} from '../src/setup/ava-run.mjs';
import {installDebian, startMariadb} from '../src/setup/mariadb.mjs';
import {prepare, root} from '../src/setup/prepare.mjs';
import {run} from '../src/setup/run.mjs';
import {step} from '../src/setup/say.mjs';
import {listTests, sortTests} from '../src/setup/test-files.mjs';

const unitOnly = process.argv[2] === 'unit';
const total = {passed: 0, failed: 0};

function add(count) {
  total.passed += count.passed;
  total.failed += count.failed;
}

async function typecheck() {
  for (const config of ['tsconfig.json', 'tsconfig.web.json']) {
    const problem = await run('npx', ['tsc', '-p', config], {cwd: root}).then(() => null, error => error.message);
    if (problem !== null) process.stdout.write(`${problem}\n`);
    process.stdout.write(`  ${problem === null ? '✓' : '✗'} types (${config})\n`);
    add(problem === null ? {passed: 1, failed: 0} : {passed: 0, failed: 1});
  }
}

async function everything(home) {
  const tests = sortTests(root, listTests(root));
  const quick = {root, concurrency: 2, timeout: '120s', env: {BANLI_HOME: home}};
  add(await runAva('unit and contract (SQLite)', tests.unit, quick));
  if (unitOnly) return;
  await typecheck();
  if (!existsSync('/usr/bin/chromium') && !process.env.BANLI_TEST_CHROMIUM) {
    await step('安装 Chromium 与中文字体 install Chromium and Chinese fonts', async () => {
      await installDebian('chromium', 'BANLI_TEST_CHROMIUM=/path/to/chromium');
      await installDebian('fonts-noto-cjk');
    });
  }
  const mariadb = await step('启动测试用 MariaDB start MariaDB for the tests', startMariadb);
  try {
    await withServers(tests, quick, mariadb.url);
  } finally {
    await mariadb.stop();
  }
}

/** Engine and browser tests run one file at a time: each starts a JVM or a browser of its own. */
async function withServers(tests, quick, mysqlUrl) {
  const onMysql = {BANLI_TEST_DATABASE: 'mysql', BANLI_TEST_MYSQL_URL: mysqlUrl};
  const slow = {...quick, concurrency: 1, timeout: '600s'};
  const engineSuite = tests.engine.filter(file => /^runtime\/(engine|processes)\//.test(file));
  add(await runAva('database (MariaDB)', [...tests.database, ...tests.mysql], {...quick, env: {...quick.env, ...onMysql}}));
  add(await runAva('engine (Camunda, H2 + SQLite)', tests.engine, {...slow, env: {...quick.env, BANLI_TEST_MYSQL_URL: mysqlUrl, BANLI_ENGINE: 'camunda', BANLI_ENGINE_TEST: 'camunda'}}));
  add(await runAva('engine (Camunda, MariaDB)', tests.engine, {...slow, env: {...quick.env, ...onMysql, BANLI_ENGINE: 'camunda', BANLI_ENGINE_TEST: 'camunda'}}));
  add(await runAva('engine (Operaton, H2)', engineSuite, {...slow, env: {...quick.env, BANLI_TEST_MYSQL_URL: mysqlUrl, BANLI_ENGINE: 'operaton', BANLI_ENGINE_TEST: 'operaton'}}));
  add(await runAva('browser (SQLite + H2)', tests.browser, {...slow, env: {...quick.env, BANLI_ENGINE: 'camunda'}}));
}

async function main() {
  const started = Date.now();
  const home = mkdtempSync(join(tmpdir(), 'banli-test-'));
  try {
    await prepare({web: !unitOnly, engines: unitOnly ? [] : ['camunda', 'operaton']});
    await everything(home);
  } finally {
    rmSync(home, {recursive: true, force: true});
  }
  process.stdout.write(`  ${Math.round((Date.now() - started) / 1000)} s\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed + 1} failed\n`);
  process.exitCode = 1;
});
