import test from 'ava';
import type {Store} from '@banli/store';
import {versionsOf} from '../../src/life/versions.js';
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
