import test from 'ava';
import {readCatalogFolder} from '../src/index.js';
import {publishCatalogs} from '../src/publish.js';
import {placed, ref, refusal, reviewer, sampleLife} from './life/setup.js';
import {catalogRoot, sampleService} from './sample-service.js';

const applications = (forms: Readonly<Record<string, readonly string[]>>) => async () => new Map(Object.entries(forms));

test('a row that names a form its application does not have is refused with row and column; what names an unpublished application is told once', async t => {
  const {life, references, draft, put, close} = await sampleLife();
  references.applications = applications({hotline: ['case', 'line12315']});
  const change = await draft('matters', {table: 'handling', op: 'modify', key: '01', cells: {formCode: 'line12315'}});
  t.deepEqual((await life.check(reviewer, change.id)).problems, []);
  t.deepEqual(await refusal(put(change, {table: 'handling', op: 'modify', key: '02', cells: {formCode: 'nothing'}})), ['HANDLING_FORM matters/handling 02 formCode']);
  let next = await put(change, {table: 'handling', op: 'modify', key: '02', cells: {processCode: 'permits'}});
  next = await put(next, {table: 'handling', op: 'modify', key: '03', cells: {processCode: 'permits'}});
  const {version, problems} = await life.check(reviewer, ref(next).changeId);
  t.truthy(version, 'an application may be published after its catalogs');
  t.deepEqual(problems.map(problem => [placed(problem), problem.severity, problem.details?.['rows'], problem.details?.['published']]), [['HANDLING_PROCESS matters/handling 02 processCode', 'warning', '02, 03', 'hotline']]);
  await close();
});

test('files are refused the same with file and line, and rows of before are only told', async t => {
  const {store, clock, close} = await sampleService();
  const {files} = await readCatalogFolder(`${catalogRoot}matters`, 'matters');
  const later = {...files, 'catalog.yaml': (files['catalog.yaml'] ?? '').replace(/^version: .*$/m, 'version: 2031.1.0')};
  const csv = files['data/handling.csv'] ?? '';
  const publish = (handling: string, forms: Readonly<Record<string, readonly string[]>>) => publishCatalogs(store, [{name: 'matters', files: {...later, 'data/handling.csv': handling}}], 'tests', clock.now(), {applications: applications(forms)});
  t.deepEqual(await refusal(publish(csv.replace('02,hotline,case', '02,hotline,gone'), {hotline: ['case']})), ['HANDLING_FORM matters/data/handling.csv 02 formCode']);
  const [published] = await publish(csv.replace('02,hotline,case', '02,permits,case'), {hotline: ['other']});
  t.deepEqual(published?.warnings.filter(({code}) => code === 'CATALOG_HANDLING_FORM').length, 25, 'nothing of it is new');
  t.like(published?.warnings.find(({code}) => code === 'CATALOG_HANDLING_PROCESS'), {place: {line: 3, element: '02'}, details: {count: 1, process: 'permits'}});
  await close();
});

test('the reports tell it of the catalog that holds', async t => {
  const {service, close} = await sampleLife();
  const at = Date.parse('2026-03-02T12:00:00+08:00');
  t.deepEqual(await service.reports.handling(at, new Map([['hotline', ['case']]])), []);
  t.deepEqual((await service.reports.handling(at, new Map())).map(({code, place}) => [code, place.file, place.element]), [['CATALOG_HANDLING_PROCESS', 'matters/handling', '01']]);
  t.deepEqual(Object.keys((await service.matterForms())['hotline'] ?? {}), ['case']);
  await close();
});
