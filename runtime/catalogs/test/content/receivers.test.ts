import {readFileSync} from 'node:fs';
import test from 'ava';
import {author, sharedLife} from '../life/setup.js';
import {catalogRoot} from '../sample-service.js';
import {editedSample, publishedFolder} from './setup.js';

const off = (table: string, key: string) => ({table, op: 'offShelf', key}) as const;
/** A limit of an industry that nobody supervises. */
const limitOfG = (cells: Readonly<Record<string, string>>) => ({table: 'matrix', op: 'add', cells: {industryCode: 'G', level: '*', urgencyCode: 'normal', kind: 'resolve', value: '5', unit: 'workingDay', sourceRef: 'own: 试', ...cells}}) as const;

const warned = test.macro({
  async exec(t, catalogId: string, rows: ReadonlyArray<Parameters<Awaited<ReturnType<typeof sharedLife>>['put']>[1]>, expected: readonly string[]) {
    const {life, draft, close} = await sharedLife();
    t.teardown(close);
    const {version, problems} = await life.check(author, (await draft(catalogId, ...rows)).id);
    t.truthy(version, JSON.stringify(problems));
    t.deepEqual(problems.filter(problem => problem.code === 'CATALOG_CONTENT_RECEIVER_NONE').map(({place, severity}) => `${severity ?? ''} ${place.element ?? ''} ${place.field ?? ''}`), [...expected]);
  },
  title: (title = '') => `whoever publishes is asked where nobody would be told: ${title}`,
});

test('a limit that warns the supervisor of an industry without one', warned, 'limits', [limitOfG({warnReceivers: 'responsible,industry-supervisor'})], ['warning G|*|normal|resolve warnReceivers']);
test('a limit whose ladder tells that supervisor', warned, 'limits', [limitOfG({ladderCode: 'supervise'})], ['warning G|*|normal|resolve ladderCode']);
test('not where others are told', warned, 'limits', [limitOfG({warnReceivers: 'responsible', ladderCode: 'urge'})], []);
test('not for an industry that has one', warned, 'limits', [limitOfG({industryCode: 'F', warnReceivers: 'industry-supervisor'})], []);
test('not for a division whose section has one', warned, 'limits', [limitOfG({industryCode: '66', warnReceivers: 'industry-supervisor'})], []);
test('the last supervisor of an industry goes', warned, 'industries', [off('supervisors', 'P|650100')], ['warning P|650100 status', 'warning P|650100 status', 'warning P|650100 status']);
test('a supervisor goes whom no limit names', warned, 'industries', [off('supervisors', 'L|650100')], []);

test('a folder is warned at its line', async t => {
  const folder = await editedSample('industries', 'supervisors', csv => csv.replace(/^(Q,650100,.*),active,/m, '$1,retired,'));
  t.deepEqual((await publishedFolder(folder)).warned, ['RECEIVER_NONE industries/data/supervisors.csv:8 status', 'RECEIVER_NONE industries/data/supervisors.csv:8 status']);
});

test('every industry that a shipped limit names for its supervisor has one, at a unit where somebody is told', t => {
  const lines = (path: string) => readFileSync(`${catalogRoot}${path}`, 'utf8').trim().split('\n').slice(1);
  const asked = new Set(lines('limits/data/matrix.csv').filter(line => line.includes('industry-supervisor')).map(line => line.split(',')[0]));
  const supervisors = new Map(lines('industries/data/supervisors.csv').map(line => [line.split(',')[0], line.split(',')[2]]));
  const staffed = new Set(lines('organisation/posts.csv').filter(line => /\b(liaison|handler)\b/.test(line)).map(line => line.split(',')[2]));
  t.deepEqual([...asked].sort(), ['J', 'P', 'Q']);
  t.deepEqual([...asked].filter(industry => !staffed.has(supervisors.get(industry))), []);
});
