import test from 'ava';
import {refusal} from '../life/setup.js';
import {city, county, issueWorld, ref, region} from './setup.js';

const row = (more: Record<string, string>) => ({matterCode: '020101', areaCode: '650102', leadUnitId: 'u650102-zhujian', dutyZh: '占道经营的巡查', dutyEn: 'Looks after stalls', sourceRef: 'own: 区级分工', ...more});

test('a district adds a rule with a condition to its layer: orders that fit go there, all others stay; a tie is refused with its row and column', async t => {
  const {issues, service, given, confirm, at, close} = await issueWorld();
  await confirm(city, await given(region, city, 'responsibility'));
  const ask = (serviceObject: string) => service.dispatch({matterCode: '020101', areaCode: '650102004', attributes: {serviceObject}, excludeUnitIds: [], at});
  let issue = await given(city, county, 'responsibility');
  issue = await issues.put(county, ref(issue), {table: 'responsibility', cells: row({serviceObject: 'enterprise'})});
  const put = (cells: Record<string, string>) => refusal(issues.put(county, ref(issue), {table: 'responsibility', cells: row(cells)}));
  t.deepEqual(await put({serviceObject: 'enterprise', leadUnitId: 'u650102-centre'}), ['ISSUE_RULE_TIE responsibility/responsibility 020101|650102|u650102-centre|serviceObject=enterprise leadUnitId']);
  t.deepEqual(await put({serviceObject: 'nobody'}), ['ISSUE_REFERENCE responsibility/responsibility 020101|650102|u650102-zhujian|serviceObject=nobody serviceObject']);
  await confirm(county, issue);
  t.like(await ask('enterprise'), {leadUnit: 'u650102-zhujian', row: '020101|650102|u650102-zhujian|serviceObject=enterprise', version: '2026.4.3+650102.1'});
  t.like(await ask('person'), {leadUnit: 'u650102-chengguan', attributes: []});
  t.true((await service.handlers('020101', '650102004', at)).some(right => right.unitId === 'u650102-zhujian' && right.role === 'lead'), 'the right to handle asks for no attributes');
  await close();
});

test('a row of above with the same conditions that comes later is a question to the unit that had it first', async t => {
  const {issues, given, confirm, publish, close} = await issueWorld();
  const own = row({matterCode: '020102', areaCode: '650100', channelCode: 'line-12315'});
  await confirm(city, await issues.put(city, ref(await given(region, city, 'responsibility')), {table: 'responsibility', cells: own}));
  await publish('responsibility', '2026.9.0', csv => {
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    return `${[head, ...[...lines, '020102,650100,u650102-zhujian,,line-12315,,,上级的分工,Above,active,own: 上级'].sort()].join('\n')}\n`;
  });
  const again = await given(region, city, 'responsibility');
  const {rows} = await issues.rows(city, again.id, {table: 'responsibility', only: 'conflicts', limit: 10});
  t.deepEqual(rows.map(each => each.key), ['020102|650100|u650102-zhujian|channelCode=line-12315']);
  await close();
});
