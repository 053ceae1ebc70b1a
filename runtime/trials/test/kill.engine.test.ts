import test from 'ava';
import {createTestSchema} from '@banli/store/testing';
import {drillKill} from '../src/drill/kill.js';

test('nothing is lost or doubled when server, worker host and engine are killed while orders run', async t => {
  t.timeout(560_000);
  const schema = process.env['BANLI_TEST_DATABASE'] === 'mysql' ? await createTestSchema() : null;
  try {
    t.true(await drillKill({rounds: 4, orders: 26, seed: 20_261_122, ...(schema ? {databaseUrl: schema.url} : {})}));
  } finally {
    await schema?.drop();
  }
});
