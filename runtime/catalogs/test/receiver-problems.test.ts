import test from 'ava';
import {editedSample, publishedFolder} from './content/setup.js';
import {author, placed, ref, reviewer, sampleLife} from './life/setup.js';

const knows = (...codes: readonly string[]) => async () => new Map([['hotline', codes]]);
const sample = ['responsible', 'lead-unit', 'upper-unit', 'supervising-unit', 'supervising-head', 'industry-supervisor', 'next-level', 'supervisor', 'dispatcher', 'shift-leader', 'unit-head'];

test('a receiver that no published application knows is told with row and column before publishing, and refuses nothing', async t => {
  const {life, references, draft, put, close} = await sampleLife();
  references.receivers = knows(...sample.filter(code => code !== 'unit-head'), 'own-of-ours');
  let change = await draft('limits', {table: 'receivers', op: 'add', cells: {code: 'mayor', titleZh: '分管市长', titleEn: 'Mayor', sourceRef: 'own:'}});
  change = await put(change, {op: 'modify', key: 'city|normal|resolve', cells: {warnReceivers: 'responsible,mayor'}});
  change = await put(change, {op: 'modify', key: 'city|urgent|resolve', cells: {warnReceivers: 'mayor'}});
  change = await put(change, {table: 'ladders', op: 'modify', key: 'urge|1', cells: {receivers: 'mayor'}});
  const {version, problems, toConfirm} = await life.check(reviewer, ref(change).changeId);
  t.truthy(version);
  t.is(toConfirm, 0);
  t.deepEqual(problems.map(problem => [placed(problem), problem.severity, problem.details?.['receiver'], problem.details?.['example']]), [
    ['RECEIVER_UNKNOWN limits/ladders urge|1 receivers', 'warning', 'mayor', ['urge|1']],
    ['RECEIVER_UNKNOWN limits/limits city|normal|resolve warnReceivers', 'warning', 'mayor', ['city|normal|resolve', 'city|urgent|resolve']],
    ['RECEIVER_UNKNOWN limits/ladders supervise|2 receivers', 'warning', 'unit-head', ['supervise|2']],
  ]);
  t.regex(problems[0]?.message ?? '', /no published application knows \(hotline\).*publish that, or name one of: dispatcher,/);
  await life.submit(author, ref(change));
  t.deepEqual((await life.check(reviewer, change.id)).problems.map(placed), problems.map(placed), 'whoever reviews it is told, too');
  references.receivers = knows(...sample, 'mayor');
  t.deepEqual((await life.check(reviewer, change.id)).problems, []);
  references.receivers = async () => new Map();
  t.deepEqual((await life.check(reviewer, change.id)).problems, [], 'no application is there that could know it');
  await close();
});

test('files are told the same with file and line; retired rows and other catalogs name nobody', async t => {
  const source = await editedSample('limits', 'ladders', csv => csv.replace('next-level,unit-head,supervising-head', 'next-level,unit-head,supervising-head,dispatcher'));
  t.deepEqual(await publishedFolder(source, {receivers: knows(...sample.filter(code => code !== 'dispatcher'))}), {refused: [], warned: ['RECEIVER_UNKNOWN limits/data/ladders.csv:3 receivers']});
  t.deepEqual(await publishedFolder(source, {receivers: knows(...sample)}), {refused: [], warned: []});
  const retired = await editedSample('limits', 'ladders', csv => csv.replace(/^(urge,1,.*),,active,/m, '$1,responsible,retired,').replace(/^(supervise,1,.*),active,/m, '$1,active,'));
  const {warned} = await publishedFolder(retired, {receivers: knows(...sample.filter(code => code !== 'responsible'))});
  t.false(warned.some(line => line.includes('ladders.csv:4')));
});
