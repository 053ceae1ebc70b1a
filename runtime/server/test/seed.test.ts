import {fileURLToPath} from 'node:url';
import test from 'ava';
import {createCatalogLife, createCatalogService, readCatalogFolders, type LifeActor} from '@banli/catalogs';
import {openTestStore} from '@banli/store/testing';
import {dayOf, formatDate, systemClock} from '@banli/time';
import {sourcesToSeed} from '../src/seed.js';

const folder = fileURLToPath(new URL('../../../catalogs/', import.meta.url));
const person = (personId: string): LifeActor => ({personId, personName: personId, unitId: 'u', roles: [], requestId: '', address: ''});

test('a start leaves alone what administrators published since, and goes on with the rest', async t => {
  const store = await openTestStore();
  const sources = await readCatalogFolders(folder);
  const catalogs = createCatalogService(store, systemClock);
  await catalogs.publish(await sourcesToSeed(store, sources), 'setup');
  t.is((await sourcesToSeed(store, sources)).length, sources.length);
  const life = createCatalogLife({store, clock: systemClock, audit: {record: async () => undefined}, rights: {may: () => true}, references: {uses: async () => []}, onPublished: async () => undefined});
  let change = await life.create(person('a'), {catalogId: 'natures', title: '改名'});
  const ref = () => ({changeId: change.id, lockVersion: change.lockVersion});
  change = await life.put(person('a'), ref(), {op: 'modify', key: 'help', cells: {titleZh: '求助帮扶'}});
  change = await life.submit(person('a'), ref());
  change = await life.decide(person('b'), ref(), {result: 'pass', opinion: ''});
  await life.publish(person('b'), {...ref(), effectiveFrom: formatDate(dayOf(systemClock.now()))});
  const rest = await sourcesToSeed(store, sources);
  t.deepEqual(sources.filter(source => !rest.includes(source)).map(source => source.name), ['natures']);
  t.true((await catalogs.publish(rest, 'setup')).every(result => !result.published));
  t.is(await catalogs.title('natures', 'help', systemClock.now()), '求助帮扶');
  await catalogs.close();
  await store.close();
});
