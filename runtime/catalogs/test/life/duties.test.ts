import test from 'ava';
import {placed, ref, reviewer, sampleLife} from './setup.js';

const dutyCodes = new Set(['CATALOG_CHANGE_DUTY_MISSING', 'CATALOG_CHANGE_DUTY_OTHER_UNIT']);

test('rules and duties that a set makes contradict each other are warned of before publishing, at the row; what was so before is told by the report', async t => {
  const {life, service, draft, approved, close} = await sampleLife();
  t.teardown(close);
  const warned = async (changeId: string) => (await life.open(reviewer, changeId)).problems.filter(problem => dutyCodes.has(problem.code)).map(placed);
  const other = await draft('responsibility', {op: 'offShelf', key: '020101|650102|u650102-chengguan'}, {op: 'add', cells: {matterCode: '020101', areaCode: '650102', leadUnitId: 'u650102-zhujian', dutyZh: '巡查', dutyEn: 'Patrols', sourceRef: 'own: 试'}});
  t.deepEqual(await warned(other.id), ['DUTY_OTHER_UNIT responsibility/responsibility 020101|650102|u650102-zhujian leadUnitId']);
  const gone = await approved('duties', {op: 'offShelf', key: 'zr-cg-0201'});
  const found = await warned(gone.id);
  t.true(found.length > 0 && found.every(each => each === 'DUTY_MISSING duties/duties zr-cg-0201 unitId'));
  const check = await life.check(reviewer, gone.id);
  t.truthy(check.version);
  t.true(check.problems.some(problem => problem.code === 'CATALOG_CHANGE_DUTY_MISSING'));
  const {duties} = await service.reports.coverage(Date.parse('2026-03-02T12:00:00+08:00'));
  t.false(duties.some(conflict => conflict.lead === '020101|650102|u650102-chengguan'));
  t.true(duties.every(conflict => (conflict.kind === 'noDuty') === (conflict.duties.length === 0)));
  t.log(`contradictions in the samples: ${duties.length}`);
});
