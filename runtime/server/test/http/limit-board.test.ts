import test from 'ava';
import {readXlsx} from 'hucre/xlsx';
import type {BoardQuery} from '@banli/cases';
import {createCatalogService} from '@banli/catalogs';
import {createTestClock, parseMoment} from '@banli/time';
import {createLimitBoard} from '../../src/limit-board.js';
import {bindLimitBoardRoutes} from '../../src/routes/limit-board.js';
import {codeOf, ownRoutes, setup} from './setup.js';

test('the board is for those who may read cases, counts as the one who asks, refuses nonsense, and comes as a workbook with the same numbers', async t => {
  const clock = createTestClock(parseMoment('2026-03-02 10:00'));
  const asked: string[] = [];
  const cases = {limitBoard: async ({personId}: {readonly personId: string}, {columns}: BoardQuery) => {
    asked.push(`${personId} ${columns.join()}`);
    return {at: clock.now(), answer: [{keys: {urgency: 'normal'}, overdue: 1, warning: 2, normal: 3, paused: 4, closed: 3, onTime: 2, lapsed: 5}]};
  }};
  const server = await setup(t, {catalogs: true, routes: parts => [...ownRoutes(parts), ...bindLimitBoardRoutes({limitBoard: createLimitBoard({cases, catalogs: createCatalogService(parts.store, clock), people: parts.people, clock})})]});
  const as = async (account: string) => {
    const {headers} = await server.signIn(account);
    return (path: string) => server.call(path, {headers});
  };
  const [clerk, auditor] = [await as('shi.shouli'), await as('qu.shenji')];
  t.like(await (await clerk('/api/limits/board?by=urgency')).json(), {from: '2026-03-01', to: '2026-03-02', total: {overdue: 1, closed: 3}, rows: [{key: 'normal', title: {'zh-CN': '普通'}, warning: 2, lapsed: 5}]});
  t.is(asked.length, 1);
  t.is(await codeOf(await auditor('/api/limits/board?by=urgency')), 'PERMISSIONS_DENIED');
  t.is(await codeOf(await auditor('/api/limits/board/export?by=urgency')), 'PERMISSIONS_DENIED');
  for (const query of ['', '?by=person', '?by=unit&from=yesterday', '?by=unit&more=1']) t.is((await clerk(`/api/limits/board${query}`)).status, 400);
  t.is(await codeOf(await clerk('/api/limits/board?by=unit&from=2026-03-02&to=2026-03-01')), 'LIMIT_BOARD_PERIOD');
  const sheet = await clerk('/api/limits/board/export?by=urgency&language=zh-CN');
  t.true((sheet.headers.get('content-type') ?? '').includes('spreadsheetml'));
  const {sheets} = await readXlsx(new Uint8Array(await sheet.arrayBuffer()));
  t.deepEqual(sheets[0]?.rows, [
    ['分组', '在办', '超期', '临期', '正常', '暂停计时', '期间办结', '按时办结', '按时办结率', '期间超期'], ['普通', '10', '1', '2', '3', '4', '3', '2', '66.6%', '5'], ['合计', '10', '1', '2', '3', '4', '3', '2', '66.6%', '5'],
  ]);
});
