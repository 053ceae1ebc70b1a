import test from 'ava';
import {isAppError} from '@banli/errors';
import {refusal} from '../life/setup.js';
import {city, county, issueWorld, ref, region} from './setup.js';

test('a city that retires the rule of a whole branch is told of the gaps, and confirms them knowingly', async t => {
  const {issues, given, audit, close} = await issueWorld({fourEyes: false, isCovered: true});
  t.teardown(close);
  const issue = await issues.put(city, ref(await given(region, city, 'responsibility')), {table: 'responsibility', key: '02|650100|u650102-chengguan', cells: {status: 'retired'}});
  const {problems} = await issues.open(city, issue.id);
  t.true(problems.length > 0 && problems.every(problem => problem.code === 'CATALOG_ISSUE_GAP_NEW' && problem.severity === 'warning' && problem.place.field === 'leadUnitId'));
  const day = {effectiveFrom: '2026-03-02'};
  const error: unknown = await issues.confirm(city, {...ref(issue), ...day}).then(() => null, (reason: unknown) => reason);
  t.true(isAppError(error, 'CATALOG_ISSUE_WARNINGS_NEW') && error.problems.length === problems.length);
  t.false(audit.some(entry => entry.action === 'catalogs.issue.confirm'), 'nothing was confirmed');
  t.is((await issues.confirm(city, {...ref(issue), ...day, acceptWarnings: true})).state, 'confirmed');
});

test('a district that falls back to the rule above leaves no gap', async t => {
  const {issues, given, confirm, close} = await issueWorld({fourEyes: false, isCovered: true});
  t.teardown(close);
  await confirm(city, await given(region, city, 'responsibility'));
  const issue = await issues.put(county, ref(await given(city, county, 'responsibility')), {table: 'responsibility', key: '020101|650102|u650102-chengguan', cells: {status: 'retired'}});
  t.deepEqual((await issues.open(county, issue.id)).problems, []);
  t.is((await issues.confirm(county, {...ref(issue), effectiveFrom: '2026-03-02'})).state, 'confirmed');
});

test('a layer may not make elements wait for each other', async t => {
  const {issues, given, close} = await issueWorld({fourEyes: false});
  t.teardown(close);
  const issue = await given(region, city, 'elements');
  const own = await issues.put(city, ref(issue), {table: 'dependencies', cells: {elementCode: 'fraud-channel', otherCode: 'loss', kind: 'shown-when', messageZh: '试', sourceRef: 'own: 试'}});
  const refused = await refusal(issues.confirm(city, {...ref(own), effectiveFrom: '2026-03-02'}));
  t.true(refused.includes('CONTENT_ELEMENT_CIRCLE elements/dependencies fraud-channel|loss|shown-when otherCode'), refused.join());
});
