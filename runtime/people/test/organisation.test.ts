import {cp, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {isAppError} from '@banli/errors';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {importOrganisation, readOrganisation} from '../src/index.js';
import {sample, setup} from './setup.js';

const shipped = fileURLToPath(new URL('../../../catalogs/organisation/', import.meta.url));

test('the shipped organisation holds five levels, one root and a post for every account', async t => {
  const organisation = await readOrganisation(shipped);
  t.deepEqual([...new Set(organisation.units.map(unit => unit.level))].sort(), [1, 2, 3, 4, 5]);
  for (const account of organisation.accounts) t.true(organisation.posts.some(post => post.personId === account.personId), account.login);
  const roots = organisation.units.filter(unit => unit.parentId === null);
  t.deepEqual(roots.map(unit => unit.id), ['u650000-centre']);
  t.deepEqual(organisation.units.filter(unit => !unit.titleEn).map(unit => unit.id), [], 'all have an English title');
});

test('the first page names every account of the shipped organisation', async t => {
  const page = await readFile(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');
  t.deepEqual((await readOrganisation(shipped)).accounts.map(account => account.login).filter(login => !page.includes(`\`${login}\``)), []);
});

test('the organisation answers from memory: paths, queues and holders', async t => {
  const {store, people} = await setup();
  t.deepEqual(people.unit('low')?.path, ['top', 'low']);
  t.deepEqual(people.queuesOf('p1'), ['clerk@top', 'checker@low', 'clerk@low']);
  t.deepEqual(people.holders(['checker', 'clerk'], 'low').map(person => person.id), ['p1', 'p2']);
  t.deepEqual(people.holders(['checker'], 'top'), []);
  t.is(people.unit('nowhere'), null);
  t.deepEqual(['top', 'low'].map(id => people.unit(id)?.titleEn), ['Upper Centre', undefined]);
  t.deepEqual(people.queuesOf('nobody'), []);
  await store.close();
});

test('loading the same files again changes nothing; what is left out is retired', async t => {
  const {store, vault, people} = await setup();
  t.false(await importOrganisation(store, vault, sample));
  t.true(await importOrganisation(store, vault, {...sample, units: sample.units.slice(0, 1), posts: sample.posts.slice(0, 1)}));
  await people.refresh();
  t.deepEqual(people.units().map(unit => unit.id), ['top']);
  t.false(people.unit('low')?.active);
  t.deepEqual(people.queuesOf('p1'), ['clerk@top']);
  await store.close();
});

test('phone numbers do not stand in the table', async t => {
  const {store, vault} = await setup();
  const row = await store.knex('person').where({id: 'p1'}).first<{phone_sealed: string; phone_index: string}>();
  t.false(JSON.stringify(row).includes('13800000001'));
  t.is(vault.open(row.phone_sealed), '13800000001');
  t.is(row.phone_index, vault.blindIndex('138 0000 0001'));
  await store.close();
});

test('every fault of the files is reported with its place, and nothing is loaded', async t => {
  const folder = scratchFolder('organisation', t);
  await cp(shipped, folder, {recursive: true});
  const units = await readFile(join(folder, 'units.csv'), 'utf8');
  await writeFile(join(folder, 'units.csv'), `${units}u1,甲,,centre,9,65,nowhere,active\nu2,乙,,centre,1,650000,u650102004,gone\nu3,丙,,centre,5,650000,u3,active\nu1,,,centre,5,650000,,active\n`);
  await writeFile(join(folder, 'accounts.csv'), 'login,personId,secret\nqu.admin,p-nobody,x\n');
  const error: unknown = await readOrganisation(folder).then(() => null, (reason: unknown) => reason);
  t.true(isAppError(error, 'PEOPLE_ORGANISATION_BROKEN'));
  const problems = isAppError(error) ? error.problems.map(problem => `${problem.place.file ?? ''}:${problem.code.replace('PEOPLE_', '')}`) : [];
  for (const expected of ['units.csv:CELL_WRONG', 'units.csv:REFERENCE_UNKNOWN', 'units.csv:UNIT_LEVEL', 'units.csv:UNIT_CIRCLE', 'units.csv:ROW_TWICE', 'units.csv:CELL_EMPTY', 'accounts.csv:COLUMN_UNKNOWN', 'accounts.csv:REFERENCE_UNKNOWN']) t.true(problems.includes(expected), expected);
});
