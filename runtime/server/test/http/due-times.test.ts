import test, {type ExecutionContext} from 'ava';
import {createCatalogService} from '@banli/catalogs';
import {createCaseNotebook} from '@banli/cases';
import {createClockPlans} from '@banli/deadlines';
import type {AccessTokenInput} from '@banli/people';
import {createTestClock, parseMoment} from '@banli/time';
import {shippedVersion} from '../../../catalogs/test/sample-service.js';
import {bindLimitRoutes} from '../../src/routes/limits.js';
import {ownRoutes, setup as setupServer} from './setup.js';

const operator = {personId: 'operator', personName: '运维', unitId: '', roles: [], requestId: '', address: 'local'};

interface Due {
  readonly due: string;
  readonly row: string;
  readonly version: string;
  readonly startRule: string;
  readonly provisional: boolean;
  readonly limit: {readonly value: number; readonly unit: string; readonly text: {readonly en: string}};
  readonly days: ReadonlyArray<{readonly date: string; readonly counted: boolean}>;
}
interface Answer {
  readonly code?: string;
  readonly messageZh?: string;
  readonly problems?: ReadonlyArray<{readonly code: string; readonly message: string; readonly messageZh: string; readonly place: {readonly field: string}}>;
  readonly respond: Due | null;
  readonly resolve: Due | null;
}

/** A server with the shipped catalogs, asked by an outside system with its token. */
async function setup(t: ExecutionContext, input: Partial<AccessTokenInput> = {}) {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const made: {catalogs?: ReturnType<typeof createCatalogService>} = {};
  const server = await setupServer(t, {catalogs: true, routes: parts => {
    const catalogs = createCatalogService(parts.store, clock);
    made.catalogs = catalogs;
    t.teardown(() => catalogs.close());
    const clockPlans = createClockPlans({store: parts.store, clock, catalogs, audit: parts.audit.log, timeline: createCaseNotebook(), holder: 'tests'});
    return [...ownRoutes(parts), ...bindLimitRoutes({catalogs, clockPlans, people: parts.people, permissions: parts.permissions, clock})];
  }});
  await made.catalogs?.start();
  const {secret} = await server.tokens.create(operator, {name: '市数据平台', catalogs: ['limits', 'matters', 'calendars'], areaCode: null, perMinute: 600, days: 30, ...input});
  const ask = async (more: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {authorization: `Bearer ${secret}`}) => {
    const query = Object.entries({matter: '020101', area: '650102', urgency: 'normal', start: '2026-02-12T10:00:00+08:00', ...more}).filter(([, value]) => value !== '');
    const answer = await server.call(`/api/limits/due-times?${new URLSearchParams(query).toString()}`, {headers});
    return {status: answer.status, body: (await answer.json()) as Answer};
  };
  return {...server, ask};
}

test('an outside system is told when a matter is due, by which row and version, and each counted day', async t => {
  const {ask} = await setup(t);
  const {status, body} = await ask();
  t.is(status, 200);
  t.like(body.resolve, {due: '2026-02-24T19:30:00+08:00', row: 'city|normal|resolve', version: shippedVersion('limits'), startRule: 'nextWorkingDay', provisional: false, limit: {value: 3, unit: 'workingDay'}});
  t.deepEqual(body.resolve?.days.filter(day => day.counted).map(day => day.date), ['2026-02-13', '2026-02-14', '2026-02-24'], '14 February is worked, the Spring Festival is not');
  t.like(body.respond, {due: '2026-02-13T19:30:00+08:00', row: 'city|normal|respond'});
  const urgent = (await ask({urgency: 'urgent'})).body;
  t.like(urgent.resolve, {due: '2026-02-13T10:00:00+08:00', startRule: 'atOnce', days: [], limit: {text: {en: '24 hours'}}});
  t.deepEqual((await ask({start: '2026-02-12T02:00Z'})).body, body, 'the zone says which moment it is');
  t.deepEqual((await ask({start: '2026-02-11T21:00:00.5-05:00'})).body, body);
});

test('as of a day, limits and calendar are those of that day', async t => {
  const {ask} = await setup(t);
  t.is((await ask({start: '2027-02-01T10:00:00+08:00'})).body.resolve?.provisional, true);
  t.is((await ask({asOf: '2025-06-01'})).body.code, 'TIME_CALENDAR_NOT_PUBLISHED', 'the days of 2026 were not announced then');
  t.is((await ask({asOf: '2026-01-10'})).body.resolve?.due, '2026-02-24T19:30:00+08:00');
  t.is((await ask({asOf: '2020-01-01'})).body.code, 'CATALOG_NOT_EFFECTIVE');
  t.is((await ask({asOf: '2026-02-30'})).body.code, 'TIME_DATE_INVALID');
  t.is((await ask({start: '2031-01-01T10:00:00+08:00'})).body.code, 'TIME_CALENDAR_NOT_PUBLISHED');
});

test('what the catalogs do not have is told code by code with its place, in both languages', async t => {
  const {ask} = await setup(t);
  const {status, body} = await ask({matter: 'nothing', urgency: 'soon', industry: 'ZZ', area: '990000'});
  t.is(status, 422);
  t.is(body.code, 'LIMIT_DUE_UNKNOWN');
  t.deepEqual(body.problems?.map(({code, place}) => [code, place.field]), ['matter', 'area', 'urgency', 'industry'].map(field => ['LIMIT_DUE_CODE_UNKNOWN', `query.${field}`]));
  t.true(body.problems?.every(each => /当日的目录/.test(each.messageZh) && /on that day/.test(each.message)));
});

test('input that does not fit is refused before anything is asked: a moment without zone, a day that is none, too long, more than is known', async t => {
  const {ask} = await setup(t);
  const bad = [{start: '2026-02-12T10:00:00'}, {start: '2026-02-12'}, {start: '2026-02-12T10:00:00+15:00'}, {start: `2026-02-12T10:00:00.${'0'.repeat(30)}Z`}, {start: ''}, {area: 'x'}, {area: '6501021234567'}, {matter: 'm'.repeat(65)}, {asOf: 'today'}, {force: 'yes'}];
  for (const each of bad) t.is((await ask(each)).body.code, 'HTTP_INPUT_WRONG', JSON.stringify(each));
  t.is((await ask({start: '2026-02-31T10:00:00+08:00'})).body.code, 'TIME_DATE_INVALID');
  t.is((await ask({start: '2026-02-12T25:00:00+08:00'})).body.code, 'TIME_HOUR_INVALID');
});

test('a token needs all three catalogs and stays within its area; a person needs the right to read catalogs', async t => {
  const {ask, signIn} = await setup(t, {catalogs: ['limits', 'matters'], areaCode: '650100'});
  const refused = await ask();
  t.deepEqual([refused.status, refused.body.code], [403, 'PEOPLE_TOKEN_SCOPE']);
  t.regex(refused.body.messageZh ?? '', /calendars/);
  const person = async (account: string) => ask({}, {cookie: (await signIn(account)).headers.cookie});
  t.is((await person('qu.admin')).status, 200);
  t.is((await person('shi.shouli')).body.code, 'PERMISSIONS_DENIED');
  t.is((await ask({}, {})).status, 401);
});

test('a token of an area asks for it and what lies within, not for its neighbours', async t => {
  const {ask} = await setup(t, {catalogs: ['*'], areaCode: '650100'});
  t.is((await ask()).status, 200);
  t.is((await ask({area: '650100'})).status, 200);
  for (const area of ['650000', '650200', '990000']) t.is((await ask({area})).body.code, 'PEOPLE_TOKEN_AREA', area);
});
