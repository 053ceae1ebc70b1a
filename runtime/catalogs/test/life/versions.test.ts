import test from 'ava';
import type {Store} from '@banli/store';
import {lastOf, versionsOf} from '../../src/life/versions.js';
import {readHeads, readVersion} from '../../src/version-store.js';
import {readOnlyService} from '../sample-service.js';

test('whoever reads published versions over a store has the same ones in memory, also when two ask at once', async t => {
  const {store} = await readOnlyService();
  t.is(versionsOf(store), versionsOf(store));
  const [one, two] = await Promise.all([versionsOf(store).last('limits'), versionsOf(store).last('limits')]);
  t.is(one, two);
  t.is(await versionsOf(store).byId('limits', one.head.id), one);
});

test('a version that could not be read is read again', async t => {
  const {store} = await readOnlyService();
  let broken = true;
  const knex = new Proxy(store.knex, {
    apply: (target, self, [table]: [string]) => {
      if (broken && table === 'catalog_version') throw new Error('the database is gone');
      return Reflect.apply(target, self, [table]) as unknown;
    },
  });
  const other: Store = {...store, knex};
  const found = await versionsOf(other).last('limits').then(version => version.head.catalogId, (error: unknown) => String(error));
  broken = false;
  t.is(found, 'Error: the database is gone');
  t.is((await versionsOf(other).last('limits')).head.catalogId, 'limits');
});

test('a version is in memory once, whoever reads it over whichever connection; what is said of it since is said at once', async t => {
  const {store} = await readOnlyService();
  const head = lastOf((await readHeads(store.knex)).get('limits') ?? []);
  if (!head) throw new Error('The sample has no limits.');
  const known = await readVersion(head, store.knex);
  t.is(await store.tx(tx => readVersion({...head}, tx)), known);
  const withdrawn = await readVersion({...head, withdrawnAt: 1, withdrawReason: '样例'}, store.knex);
  t.like(withdrawn.head, {withdrawnAt: 1, withdrawReason: '样例'});
  t.is(withdrawn.tables, known.tables);
  t.is((await readVersion(head, store.knex)).head.withdrawnAt, null);
});
