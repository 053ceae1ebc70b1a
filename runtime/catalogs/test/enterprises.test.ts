import test from 'ava';
import {isCreditCode} from '@banli/formats/checks';
import {readOnlyService} from './sample-service.js';

test('an enterprise is found by a part of its name, by the first letters of its reading, and by its credit code', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const find = async (text: string) => (await service.searchEnterprises(text, at, 30)).map(({choice}) => choice.key);
  t.deepEqual(await find('云杉里'), ['qy-0001']);
  t.deepEqual(await find('面粉'), ['qy-0001']);
  t.deepEqual(await find('yslmf'), ['qy-0001']);
  t.deepEqual(await find('91000000MADEM00011'), ['qy-0001']);
  t.deepEqual(await find('９１000000madem00011'), ['qy-0001']);
  for (const nothing of ['', '，', '琥珀手串']) t.deepEqual(await find(nothing), []);
  t.is((await service.searchEnterprises('有限公司', at, 3)).length, 3);
});

test('every credit code of the list has a check digit that fits', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  for (const row of await service.rows('enterprises', at)) t.true(isCreditCode(row['creditCode'] ?? ''), row['code']);
});
