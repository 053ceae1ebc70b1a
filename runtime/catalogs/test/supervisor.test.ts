import test from 'ava';
import {changedSample, readOnlyService, sampleService} from './sample-service.js';

test('an industry supervisor is found by the industry of the matter and the area, from the inside out', async t => {
  const {service, at, close} = await readOnlyService();
  t.teardown(close);
  const unit = async (matterCode: string, areaCode: string, industryCode?: string) => (await service.industrySupervisor({matterCode, areaCode, at, ...(industryCode === undefined ? {} : {industryCode})}))?.unitId ?? null;
  t.is(await unit('020101', '650102004003'), 'u650102-zhujian', 'a community of the district');
  t.is(await unit('050101', '650102'), 'u650100-wenlv', 'the city speaks for its districts');
  t.is(await unit('020101', '650103'), null);
  t.is(await unit('040101', '650102'), null, 'a matter without industry');
  t.is(await unit('040101', '650102', '78'), 'u650102-zhujian', 'a division is supervised with its section');
  t.is(await unit('gone', '650102'), null);
});

test('a supervisor off the shelf is told no longer, from the day of the new version on', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const source = await changedSample('industries', '2026.9.0', csv => csv);
  const file = 'data/supervisors.csv';
  await service.publish([{...source, files: {...source.files, [file]: (source.files[file] ?? '').replace(/^(N,650102,.*),active,/m, '$1,retired,')}}], 'tests');
  t.is(await service.industrySupervisor({matterCode: '020101', areaCode: '650102', at}), null);
});
