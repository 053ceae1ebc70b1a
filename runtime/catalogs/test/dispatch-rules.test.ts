import test from 'ava';
import {changedSample, emptyService, readOnlyService, sampleService, shippedVersion} from './sample-service.js';

const order = {matterCode: '020101', areaCode: '650102004', likely: ['020101'], wasReturned: false, attributes: {}, proposal: {leadUnit: 'u650102-chengguan', row: '020101|650102|u650102-chengguan'}};

test('every order is held against the rule of the region, unless a rule asks for what it is', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const {rule, confidence, deductions} = await service.dispatchRules.judge({...order, at});
  t.like(rule, {row: 'all|650000', version: shippedVersion('dispatch-rules'), mode: 'automatic', mostAssists: 0, days: 'every', fromTime: null, untilTime: null});
  t.deepEqual([confidence, deductions.map(({code}) => code)], [95, ['inherited-area']]);
  for (const attributes of [{natureCode: 'report'}, {urgencyCode: 'major'}, {natureCode: 'report', urgencyCode: 'normal'}]) t.is((await service.dispatchRules.judge({...order, attributes, at})).rule?.mode, 'manual');
});

test('the innermost area decides before the matter, and the matter before attributes', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const rows = ['02,650102,,,,,manual,90,1,5,working,09:00,18:00,active,own: 试', '0201,650102,,,,,automatic,70,0,,every,,,retired,own: 试'].join('\n');
  await service.publish([await changedSample('dispatch-rules', '2026.9.0', csv => `${csv.replace('\nall,', `\n${rows}\nall,`)}all,650102,,,report,,automatic,60,2,,rest,,,active,own: 试\n`)], 'tests');
  const rowOf = async (more: Readonly<Record<string, unknown>>) => (await service.dispatchRules.judge({...order, at, ...more})).rule?.row;
  t.is(await rowOf({}), '02|650102');
  t.is(await rowOf({attributes: {natureCode: 'report'}}), '02|650102');
  t.is(await rowOf({matterCode: '010101', attributes: {natureCode: 'report'}}), 'all|650102|natureCode=report');
  t.is(await rowOf({matterCode: '010101'}), 'all|650000');
  t.is(await rowOf({areaCode: '650103'}), 'all|650000');
  t.like((await service.dispatchRules.judge({...order, at})).rule, {mode: 'manual', leastConfidence: 90, mostAssists: 1, mostOpen: 5, days: 'working', fromTime: '09:00', untilTime: '18:00'});
});

test('confidence falls with what is taken over from above, with a title that says otherwise, and with a return', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const sure = async (more: Readonly<Record<string, unknown>>) => (await service.dispatchRules.judge({...order, at, ...more})).confidence;
  const exact = {leadUnit: 'u650102-chengguan', row: '020101|650102004|u650102-chengguan'};
  t.is(await sure({proposal: exact}), 100);
  t.is(await sure({proposal: exact, likely: ['020102', '020101']}), 90);
  t.is(await sure({proposal: exact, likely: []}), 90);
  t.is(await sure({proposal: exact, likely: ['020102']}), 75);
  t.is(await sure({proposal: {leadUnit: 'u650102-chengguan', row: '02|650102|u650102-chengguan'}}), 80);
  t.is(await sure({proposal: exact, wasReturned: true}), 0);
  t.is(await sure({proposal: {leadUnit: null, row: null}}), 0);
});

test('from when on a guess is a good one stands in the catalog; where nothing is published nothing is sure', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  t.deepEqual(await service.dispatchRules.certainties(at), {likely: 34, sure: 60});
  const empty = await emptyService();
  t.teardown(empty.close);
  t.deepEqual(await empty.service.dispatchRules.certainties(at), {likely: null, sure: null});
  t.deepEqual(await empty.service.dispatchRules.judge({...order, at}), {rule: null, confidence: 0, deductions: []});
});
