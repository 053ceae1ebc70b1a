import test, {type ExecutionContext} from 'ava';
import {issueOf, issueServer, normal, today, type Seen} from './issue-server.js';

/** From the city down: who completes what is issued, who confirms it, for which unit and area. */
const levels = [
  {above: 'u650000-centre', sender: 'qu.admin', unit: 'u650100-centre', area: '650100', writer: 'shi.zhiban', admin: 'shi.admin'},
  {above: 'u650100-centre', sender: 'shi.admin', unit: 'u650102-centre', area: '650102', writer: 'ts.mulu', admin: 'ts.admin'},
  {above: 'u650102-centre', sender: 'ts.admin', unit: 'u650102004', area: '650102004', writer: 'jf.mulu', admin: 'jf.admin'},
  {above: 'u650102004', sender: 'jf.admin', unit: 'u650102004003', area: '650102004003', writer: 'sxx.mulu', admin: 'sxx.admin'},
] as const;
type Level = (typeof levels)[number];

/** What each level makes of the region's 3 working days. */
const cells: Readonly<Record<Level['area'], Readonly<Record<string, string>>>> = {
  '650100': {value: '2', sourceRef: 'own: 市级文件'}, '650102': {value: '20', unit: 'hour'}, '650102004': {value: '16'}, '650102004003': {value: '8'},
};
const shorter = ({area}: Level) => ({table: 'limits', key: normal, cells: cells[area]});
/** A community of the same street without a unit of its own. */
const neighbour = '650102004004';

/** The server with everybody signed in, and the steps of one level. */
async function world(t: ExecutionContext) {
  const server = await issueServer(t);
  const hands = new Map<string, ReturnType<typeof server.as>>();
  const call = async (login: string, method: string, path: string, body?: object) => {
    const signedIn = hands.get(login) ?? server.as(login);
    hands.set(login, signedIn);
    return (await signedIn)(method, path, body);
  };
  const send = ({sender, above, unit}: Level, catalog: string) => call(sender, 'POST', `/api/catalogs/${catalog}/issues`, {fromUnitId: above, toUnitIds: [unit]});
  const command = (login: string, {id, lockVersion}: Seen, what: string, body: object = {}) => call(login, 'POST', `/api/catalog-issues/${id}/${what}`, {lockVersion, ...body});
  const verified = async (level: Level, catalog: string): Promise<Seen> => issueOf(await command(level.writer, issueOf(await send(level, catalog)), 'verify'));
  const put = (login: string, {id, lockVersion}: Seen, row: object) => call(login, 'PUT', `/api/catalog-issues/${id}/rows`, {lockVersion, ...row});
  const confirm = (login: string, issue: Seen) => command(login, issue, 'confirm', {effectiveFrom: today, acceptWarnings: true});
  /** Every level in turn receives the limits, shortens one and confirms. */
  const shortenAll = async (): Promise<readonly Seen[]> => {
    const issues: Seen[] = [];
    for (const level of levels) issues.push(issueOf(await confirm(level.admin, issueOf(await put(level.writer, await verified(level, 'limits'), shorter(level))))));
    return issues;
  };
  /** Lead and limit that an order would have. */
  const proposal = async (area: string): Promise<readonly unknown[]> => {
    const {leadUnitId, resolve} = (await call('shi.shouli', 'GET', `/api/catalogs/proposal?matter=020101&area=${area}&urgency=normal`)) as {leadUnitId?: string; resolve?: {text: {'zh-CN': string}}};
    return [leadUnitId, resolve?.text['zh-CN']];
  };
  return {call, send, command, verified, put, confirm, shortenAll, proposal};
}

test('an issue goes from the region to the community: each level receives it, is held to its bounds, shortens and confirms', async t => {
  const {call, send, command, put, confirm} = await world(t);
  for (const level of levels) {
    const {unit, writer, admin} = level;
    const issue = issueOf(await send(level, 'limits'));
    t.like(issue, {state: 'issued'}, unit);
    for (const {writer: stranger} of levels.slice(levels.indexOf(level) + 1)) t.like(await command(stranger, issue, 'verify'), {refused: 'CATALOG_ISSUE_NOT_YOURS', status: 403}, `${stranger} for ${unit}`);
    const verified = issueOf(await command(writer, issue, 'verify'));
    t.like(verified, {state: 'completing', may: {complete: true, confirm: false}}, writer);
    t.deepEqual((await put(writer, verified, {...shorter(level), cells: {value: '9', unit: 'workingDay'}}))['problems'], ['CATALOG_ISSUE_LONGER'], unit);
    t.deepEqual((await put(writer, verified, {...shorter(level), cells: {ladderCode: 'urge'}}))['problems'], ['CATALOG_ISSUE_LOCKED'], unit);
    const own = issueOf(await put(admin, verified, shorter(level)));
    t.like(await confirm(admin, own), {refused: 'CATALOG_ISSUE_OWN_CONFIRM'}, `${admin} wrote it`);
    const written = issueOf(await put(writer, own, {...shorter(level), cells: {sourceRef: `own: ${unit}`}}));
    t.like(await confirm(writer, written), {refused: 'PERMISSIONS_DENIED', status: 403}, writer);
    t.is(issueOf(await confirm(admin, written)).state, 'confirmed', admin);
    t.like(await send(level, 'limits'), {refused: 'CATALOG_ISSUE_REFUSED', problems: ['CATALOG_ISSUE_HAS_IT']}, 'twice');
  }
  t.like(await call('sxx.admin', 'POST', '/api/catalogs/limits/issues', {fromUnitId: 'u650102004003', toUnitIds: ['u650102004003']}), {problems: ['CATALOG_ISSUE_NOT_BELOW']}, 'below a community there is nobody');
});

test('an order gets the limit of the innermost level that has one, and every cell tells its level', async t => {
  const {call, shortenAll, proposal} = await world(t);
  await shortenAll();
  const areas = ['650102004003', neighbour, '650102004', '650102', '650103', '650200'];
  t.deepEqual((await Promise.all(areas.map(proposal))).map(([, limit]) => limit), ['8 小时', '16 小时', '16 小时', '20 小时', '2 个工作日', '3 个工作日']);
  const origins = async (area: string) => {
    const {cells} = (await call('sxx.mulu', 'GET', `/api/catalogs/limits/origins?area=${area}&key=${encodeURIComponent(normal)}`)) as {cells?: ReadonlyArray<{column: string; value: string; above: string | null; origin: {unit: {id: string}}}>};
    return Object.fromEntries((cells ?? []).filter(({column}) => ['value', 'unit', 'sourceRef', 'ladderCode'].includes(column)).map(({column, value, above, origin}) => [column, [value, above, origin.unit.id]]));
  };
  const rest = {unit: ['hour', 'hour', 'u650102-centre'], sourceRef: ['own: 市级文件', 'own: 市级文件', 'u650100-centre'], ladderCode: ['supervise', 'supervise', 'u650000-centre']};
  t.deepEqual(await origins('650102004003'), {...rest, value: ['8', '16', 'u650102004003']});
  t.deepEqual(await origins(neighbour), {...rest, value: ['16', '20', 'u650102004']});
});

test('a community names its own unit for its own area: its orders go there, those of the neighbour do not', async t => {
  const {call, verified, put, confirm, proposal} = await world(t);
  const rule = {table: 'responsibility', cells: {matterCode: '020101', areaCode: '650102004003', leadUnitId: 'u650102004003', dutyZh: '社区内占道经营的劝导', dutyEn: 'Persuades within the community', sourceRef: 'own: 社区分工'}};
  for (const level of levels) {
    const issue = await verified(level, 'responsibility');
    if (level.area !== '650102004003') {
      await confirm(level.admin, issue);
      continue;
    }
    t.deepEqual((await put(level.writer, issue, {...rule, cells: {...rule.cells, areaCode: neighbour}}))['problems'], ['CATALOG_ISSUE_OUTSIDE']);
    t.deepEqual((await put(level.writer, issue, {...rule, cells: {...rule.cells, leadUnitId: 'u650102-chengguan'}}))['problems'], ['CATALOG_ISSUE_UNIT_OUTSIDE']);
    t.is((await proposal('650102004003'))[0], 'u650102-chengguan', 'nothing is given before it is confirmed');
    await confirm(level.admin, issueOf(await put(level.writer, issue, rule)));
  }
  t.deepEqual((await Promise.all(['650102004003', neighbour, '650102004'].map(proposal))).map(([lead]) => lead), ['u650102004003', 'u650102-chengguan', 'u650102-chengguan']);
  const rights = async (area: string) => ((await call('sxx.admin', 'GET', `/api/catalogs/handling?unit=u650102004003&matter=020101&area=${area}`))['rights'] as ReadonlyArray<{role: string}>).map(right => right.role);
  t.deepEqual([await rights('650102004003'), await rights(neighbour)], [['lead'], []]);
});

test('taking back at the second level ends all below it, issues under way as well, and nobody below can pass it on', async t => {
  const {call, send, command, shortenAll, proposal, verified} = await world(t);
  const issues = await shortenAll();
  const [city, county, street] = levels;
  const state = async (login: string, {id}: Seen) => issueOf(await call(login, 'GET', `/api/catalog-issues/${id}`));
  t.like(await command('ts.admin', issues[0] ?? issueOf({}), 'take-back', {reason: '越级'}), {refused: 'CATALOG_ISSUE_NOT_YOURS'});
  t.like(await command('jf.admin', issues[2] ?? issueOf({}), 'take-back', {reason: '越级'}), {refused: 'CATALOG_ISSUE_NOT_YOURS'}, 'the street does not take back what it got');
  await command(street.sender, issues[2] ?? issueOf({}), 'take-back', {reason: '街道调整'});
  t.deepEqual((await Promise.all(['650102004003', '650102'].map(proposal))).map(([, limit]) => limit), ['20 小时', '20 小时'], 'the street and its community only');
  const again = await verified(street, 'limits');
  await command(city.sender, issues[0] ?? issueOf({}), 'take-back', {reason: '误下发'});
  t.deepEqual((await Promise.all(['650102004003', neighbour, '650102', '650103'].map(proposal))).map(([, limit]) => limit), Array(4).fill('3 个工作日'));
  t.deepEqual((await Promise.all([['shi.admin', issues[0]], ['ts.admin', issues[1]], ['jf.mulu', again], ['sxx.mulu', issues[3]]].map(([login, issue]) => state(login as string, issue as Seen)))).map(issue => issue.state), Array(4).fill('takenBack'));
  t.like(await command('jf.admin', again, 'confirm', {effectiveFrom: today}), {refused: 'CATALOG_ISSUE_STATE', status: 409});
  t.like(await send(county, 'limits'), {refused: 'CATALOG_ISSUE_NOT_CONFIRMED'});
});
