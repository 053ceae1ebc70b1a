import test from 'ava';
import {createTestClock} from '@banli/time';
import {openTestStore} from '@banli/store/testing';
import {goOn, memo} from '../src/plans/memo.js';

test('each thing is asked once, also by those who ask meanwhile, and told at once afterwards; what failed is asked again', async t => {
  const store = await openTestStore({clock: createTestClock(0)});
  t.teardown(() => store.close());
  await store.tx(async tx => {
    const asked: string[] = [];
    const fault = {isOn: false};
    const look = memo(async key => {
      asked.push(key);
      if (fault.isOn) throw new Error('gone');
      return key.length;
    });
    const asking = {tx, now: 0};
    t.deepEqual(await Promise.all([look('four', asking), look('four', asking), look('three', asking)]), [4, 4, 5]);
    t.deepEqual(asked, ['four', 'three']);
    t.is(look('four', asking), 4, 'nobody waits for what is known');
    fault.isOn = true;
    await t.throwsAsync(async () => look('seven', asking), {message: 'gone'});
    fault.isOn = false;
    t.is(await look('seven', asking), 5);
  });
  t.is(goOn(2, value => value + 1), 3);
  t.is(await goOn(Promise.resolve(2), value => value + 1), 3);
});
