import test from 'ava';
import {createSealer} from '../src/index.js';
import {openMysqlStore} from '../../store/test/mysql-store.js';
import {entry, setup} from './setup.js';

test('on MariaDB, writers on two connections and two sealers make one chain without a gap', async t => {
  const database = await openMysqlStore();
  const {log, sealer, clock, verify, folder, ...audit} = await setup(database.store);
  const other = createSealer({...audit, store: database.second, log, clock, holder: 'two', onFault: fault => t.fail(fault.message)});
  const stop = {writing: true};
  const sealing = (async () => {
    for (let round = 0; stop.writing; round += 1) {
      clock.moveBy(round % 5 === 0 ? 10_001 : 1);
      await Promise.all([sealer.sealNow(), other.sealNow()]);
    }
  })();
  await Promise.all(Array.from({length: 8}, async (_, writer) => {
    for (let index = 0; index < 25; index += 1) {
      const store = index % 2 === 0 ? database.store : database.second;
      await store.tx(tx => log.record(tx, entry(`w${writer}-${index}`)));
    }
  }));
  stop.writing = false;
  await sealing;
  clock.moveBy(10_001);
  await sealer.sealNow();
  await sealer.checkWatched();
  t.deepEqual(await verify(), {good: true, checked: 200, unsealed: 0, faults: [], doubts: []});
  await database.store.knex('audit_entry').where({seq: 77}).delete();
  t.deepEqual((await verify()).faults.map(fault => fault.code), ['AUDIT_ROW_MISSING']);
  t.truthy(folder);
  await database.close();
});
