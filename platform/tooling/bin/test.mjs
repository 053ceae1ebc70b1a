#!/usr/bin/env node
// Sets everything up in a home of its own and runs every test: `test.mjs`, or `test.mjs unit`: what needs no server of any kind.
import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {nodeFlags} from '../src/node-flags.mjs';
import {runAva} from '../src/setup/ava-run.mjs';
import {dealOut, runLanes} from '../src/setup/lanes.mjs';
import {installDebian, startMariadb} from '../src/setup/mariadb.mjs';
import {prepare, root} from '../src/setup/prepare.mjs';
import {run} from '../src/setup/run.mjs';
import {SetupProblem, step} from '../src/setup/say.mjs';
import {listTests, sortTests} from '../src/setup/test-files.mjs';

const unitOnly = process.argv[2] === 'unit';
const total = {passed: 0, failed: 0};

function add(count) {
  total.passed += count.passed;
  total.failed += count.failed;
}

/** Something that could not be tried at all counts as a failure: nothing is skipped silently. */
async function orFail(title, work) {
  try {
    return await work();
  } catch (error) {
    process.stdout.write(`  ✗ ${title}: ${error instanceof SetupProblem ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    add({passed: 0, failed: 1});
    return null;
  }
}

async function typecheck() {
  const configs = ['tsconfig.json', 'tsconfig.web.json'];
  const problems = await Promise.all(configs.map(config => run('npx', ['tsc', '-p', config], {cwd: root}).then(() => null, error => error.message)));
  for (const [at, problem] of problems.entries()) {
    if (problem !== null) process.stdout.write(`${problem}\n`);
    process.stdout.write(`  ${problem === null ? '✓' : '✗'} types (${configs[at]})\n`);
    add(problem === null ? {passed: 1, failed: 0} : {passed: 0, failed: 1});
  }
}

async function everything(home) {
  const tests = sortTests(root, listTests(root));
  // What a test that was killed leaves behind goes with the run.
  const scratch = join(home, 'tmp');
  mkdirSync(scratch);
  const quick = {root, concurrency: 2, timeout: '120s', env: {BANLI_HOME: home, TMPDIR: scratch}};
  if (unitOnly) {
    add(await runAva('unit (SQLite)', tests.unit, {...quick, perSuite: 20}));
    return;
  }
  add(await runAva('unit and contract (SQLite)', [...tests.unit, ...tests.contract], {...quick, perSuite: 20}));
  const servers = startServers();
  try {
    const [homes] = await Promise.all([makeHomes(quick.env), servers, typecheck(), runAva('processes (the tools themselves)', tests.process, quick).then(add)]);
    await withServers(tests, {...quick, env: {...quick.env, ...homes}}, await servers);
  } finally {
    await (await servers).mariadb?.stop();
  }
}

/** Homes that have everything a first start puts there: instances on SQLite and H2 start on copies of them. Without them each fills its own. */
async function makeHomes(env) {
  const folder = join(env.TMPDIR, 'homes');
  const script = join(root, 'runtime/trials/bin/ready-homes.mjs');
  const made = await orFail('homes were not made ready', () => run(process.execPath, [...nodeFlags, script, folder], {cwd: root, env: {...process.env, ...env, BANLI_ENGINE: 'camunda', BANLI_ENGINE_JAVA_OPTIONS: shortLived}}));
  return made === null ? {} : {BANLI_TEST_READY_HOMES: folder};
}

/** What the slow stages need; one after the other, as only one can install packages at a time. What is not to be had is a failure, told here. */
async function startServers() {
  const chromium = await orFail('browser tests did not run', findBrowser);
  return {browser: chromium !== null, mariadb: await orFail('tests on MariaDB did not run', () => step('启动测试用 MariaDB start MariaDB for the tests', startMariadb))};
}

/** @returns What the browser tests start. */
async function findBrowser() {
  if (process.env.BANLI_TEST_CHROMIUM) return process.env.BANLI_TEST_CHROMIUM;
  const chromium = '/usr/bin/chromium';
  if (!existsSync(chromium)) {
    await step('安装 Chromium 与中文字体 install Chromium and Chinese fonts', async () => {
      await installDebian('chromium', 'BANLI_TEST_CHROMIUM=/path/to/chromium');
      await installDebian('fonts-noto-cjk');
    });
  }
  return chromium;
}

/** An engine that lives for a minute does not earn what the second compiler of Java costs. */
const shortLived = '-XX:TieredStopAtLevel=1';

/** The browser's files, and those of the engine on H2, go in so many parts, so that whoever is done may take some of them. */
const [browserParts, engineParts] = [4, 2];

/**
 * Three test files at a time on two cores, as each waits about a third of its time: two of the engine suites, which go through MariaDB and
 * then H2, and one of the browser, whose plain path goes over MariaDB, too. Whoever is done first takes from the end of the other: Operaton.
 */
async function withServers(tests, quick, {mariadb, browser}) {
  const slow = {...quick, timeout: '240s', env: {...quick.env, BANLI_ENGINE_JAVA_OPTIONS: shortLived}};
  const engineOf = (product, more = {}) => ({...slow, env: {...slow.env, ...(mariadb ? {BANLI_TEST_MYSQL_URL: mariadb.url} : {}), BANLI_ENGINE: product, BANLI_ENGINE_TEST: product, ...more}});
  const onMariadb = {BANLI_TEST_DATABASE: 'mysql'};
  const engineSuite = tests.engine.filter(file => /^runtime\/(engine|processes|workers)\/|^runtime\/cases\/test\/hotline|^templates\//.test(file));
  const parts = dealOut(browser ? tests.browser : [], browserParts)
    .map((files, at, all) => [`browser ${at + 1} of ${all.length} (SQLite + H2)`, files, {...slow, concurrency: 1, env: {...slow.env, BANLI_ENGINE: 'camunda'}}]);
  await runLanes([
    [
      ['database (MariaDB)', mariadb ? [...tests.database, ...tests.mysql] : [], {...quick, perSuite: 5, env: {...quick.env, ...onMariadb, BANLI_TEST_MYSQL_URL: mariadb?.url}}],
      ['engine (Camunda, MariaDB)', mariadb ? tests.engine : [], engineOf('camunda', onMariadb)],
      ...dealOut(tests.engine, engineParts).map((files, at, all) => [`engine ${at + 1} of ${all.length} (Camunda, H2 + SQLite)`, files, engineOf('camunda')]),
    ],
    [
      ...parts,
      ['browser (MariaDB)', browser && mariadb ? tests.browser.filter(file => file.endsWith('plain-path.browser.test.ts')) : [], {...slow, concurrency: 1, env: {...slow.env, ...onMariadb, BANLI_TEST_MYSQL_URL: mariadb?.url, BANLI_ENGINE: 'camunda'}}],
      ['engine (Operaton, H2)', engineSuite, {...engineOf('operaton'), concurrency: 1}],
    ],
  ], runStage);
}

/** Runs a stage; each of its lines says whose it is, as others print meanwhile. */
async function runStage([title, files, options]) {
  const print = line => process.stdout.write(`${line.replaceAll(/^/gm, `  ${title} │`)}\n`);
  const count = await orFail(title, () => runAva(title, files, {...options, print}));
  if (count !== null) add(count);
}

async function main() {
  const started = Date.now();
  const home = mkdtempSync(join(tmpdir(), 'banli-test-'));
  try {
    await prepare({web: !unitOnly, engines: unitOnly ? [] : ['camunda', 'operaton']});
    await everything(home);
  } finally {
    rmSync(home, {recursive: true, force: true, maxRetries: 10, retryDelay: 200});
  }
  process.stdout.write(`  ${Math.round((Date.now() - started) / 1000)} s\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

main().catch(error => {
  process.stdout.write(`  ✗ ${error instanceof SetupProblem ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed + 1} failed\n`);
  process.exitCode = 1;
});
