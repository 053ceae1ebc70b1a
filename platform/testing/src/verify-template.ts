import {fileURLToPath} from 'node:url';
import {existsSync, readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {canonicalText, checkBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {readCatalog, requiredElements} from '@banli/formats/catalogs';
import {platformTopics, readPlugin, type CompiledBundle} from '@banli/formats';
import {patientEngine} from './samples/patient-engine.js';
import {runSample} from './samples/run-sample.js';
import type {Sample, SampleEngine} from './samples/sample.js';
import {readTextFiles} from './verify-catalog.js';

const headings = ['## What it is', '## Try it', '## How it works', '## Public things', '## Limits', '## Source'];

/**
 * Declares the contract tests of one template: it checks and compiles, its files are canonical, catalogs, plugins and topics it needs
 * are there, and its samples speak of things that exist. The samples themselves run in `verifySamples`.
 *
 * @param folder - The template's folder, ending with `/`.
 */
export function verifyTemplate(folder: URL): void {
  test('the bundle checks without a problem, and its layouts hide nothing that the catalogs beside it require', async t => {
    const files = await readBundleFolder(fileURLToPath(folder));
    const catalog = checkBundle(files).compiled?.bundle.manifest.classForm?.catalog;
    t.deepEqual(checkBundle(files, catalog === undefined ? {} : {requiredElements: {[catalog]: requiredBeside(folder, catalog)}}).problems.map(problem => `${problem.place.file ?? ''} ${problem.place.element ?? problem.place.field ?? ''} ${problem.code} ${problem.message}`), []);
  });

  test('every file is in the form that the designer saves', async t => {
    const files = await readBundleFolder(fileURLToPath(folder));
    t.deepEqual(Object.entries(files).filter(([, text]) => canonicalText(text) !== text).map(([file]) => file), []);
  });

  test('the plugins and catalogs it needs are there, and every topic has a worker', async t => {
    const release = await compiled(folder);
    const {plugins, catalogs} = release.bundle.manifest.needs;
    const topics: readonly string[] = [...platformTopics, ...plugins.flatMap(id => {
      const {value} = readPlugin('plugin.yaml', readFileSync(new URL(`../../plugins/${id}/plugin.yaml`, folder), 'utf8'));
      return value?.topics ?? [];
    })];
    const used = Object.values(release.steps).flatMap(step => step.topic ?? []);
    t.deepEqual(used.filter(topic => !topics.includes(topic)), []);
    t.deepEqual(catalogs.filter(id => !existsSync(new URL(`../../catalogs/${id}/catalog.yaml`, folder)) || !readCatalog(readTextFiles(new URL(`../../catalogs/${id}/`, folder))).catalog), []);
  });

  test('its samples use every outcome and every action, and only those that exist', async t => {
    const release = await compiled(folder);
    const used = new Set<string>();
    for (const sample of Object.values(samplesOf(release))) {
      for (const answer of sample.answers) if ('step' in answer) used.add(`${answer.step}.${'outcome' in answer ? answer.outcome : answer.action}`);
    }
    const drawn = Object.values(release.steps).filter(step => step.kind === 'user').flatMap(step => [...step.outcomes, ...step.actions].map(each => `${step.id}.${each.id}`));
    t.deepEqual([...used].filter(each => !drawn.includes(each)), []);
    t.deepEqual(drawn.filter(each => !used.has(each)), []);
  });

  test('its README says what it is', t => {
    const readme = readFileSync(new URL('README.md', folder), 'utf8');
    t.deepEqual(headings.filter(heading => !readme.includes(`${heading}\n`)), []);
  });
}

/** Who requires which element, as the catalog in the folder beside the templates says. */
function requiredBeside(folder: URL, catalogId: string): Readonly<Record<string, readonly string[]>> {
  const tables = readCatalog(readTextFiles(new URL(`../../catalogs/${catalogId}/`, folder))).catalog?.tables;
  const rows = (name: string) => (tables?.[name]?.entries ?? []).map(entry => entry.values);
  return Object.fromEntries(requiredElements({uses: rows('uses'), dependencies: rows('dependencies')}));
}

/**
 * Declares one test for each sample: it runs on the engine, takes the expected way and ends as expected; together they enter every step.
 *
 * @param engine - Started once for all of them.
 */
export function verifySamples(folder: URL, engine: () => Promise<SampleEngine>): void {
  test('every sample runs as it says, and together they enter every step', async t => {
    t.timeout(600_000);
    const release = await compiled(folder);
    const running = patientEngine(await engine());
    const {definitions} = await running.deploy(`samples ${release.hash}`, Object.entries(release.compiled).map(([id, xml]) => ({fileName: `${id}.bpmn`, xml})));
    const definitionId = definitions[release.bundle.manifest.mainProcess] ?? '';
    const entered = new Set<string>();
    for (const [name, sample] of Object.entries(samplesOf(release))) {
      const run = await runSample(release, sample, running, definitionId).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, {cause: error});
      });
      for (const step of run.entered) entered.add(step);
      compare(t, name, release, sample, run);
    }
    t.deepEqual(Object.keys(release.steps).filter(step => !entered.has(step)), []);
  });
}

function compare(t: ExecutionContext, name: string, release: CompiledBundle, {expect}: Sample, run: Awaited<ReturnType<typeof runSample>>): void {
  t.true(run.state.ended, `${name} ends; open: ${run.state.tasks.map(task => task.stepId).join(', ')}`);
  t.is(run.state.endActivityId, expect.end, name);
  const {path} = expect;
  if (path) {
    const named = new Set(path);
    t.deepEqual(run.entered.filter(step => named.has(step)), path.filter(element => release.steps[element]), name);
  }
  t.is(run.case.round, expect.round ?? 1, name);
  t.is(run.case.depth, expect.depth ?? run.case.depth, name);
  t.is(run.case.returnCount, expect.returnCount ?? run.case.returnCount, name);
  if (expect.excludedUnits) t.deepEqual(run.case.excludedUnits, [...expect.excludedUnits], name);
  for (const [field, value] of Object.entries(expect.fields ?? {})) t.deepEqual(run.case.fields[field], value, `${name}: ${field}`);
}

async function compiled(folder: URL): Promise<CompiledBundle> {
  const {compiled: release, problems} = checkBundle(await readBundleFolder(fileURLToPath(folder)));
  if (!release) throw new Error(problems.map(problem => problem.message).join('\n'));
  return release;
}

function samplesOf(release: CompiledBundle): Readonly<Record<string, Sample>> {
  return release.bundle.samples as Readonly<Record<string, Sample>>;
}
