import test from 'ava';
import {suggestionsOf} from '../src/dispatch/suggestions.js';
import type {PastOrder, UnitReturned} from '../src/index.js';
import {changedSample, sampleService} from './sample-service.js';

const order = (number: number, matterCode: string, areaCode: string, leadUnitId: string | null = null): PastOrder => ({id: `c${number}`, number: `N${number}`, matterCode, areaCode, attributes: {}, leadUnitId});

test('every leaf in every area is counted once, and what is not exactly one lead is listed where it begins', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const report = await service.reports.coverage(at);
  const {one, several, none, nobody} = report.counts;
  t.is(one + several + none + nobody, report.matters * report.areas);
  t.true(report.matters >= 300 && one > 0 && none > 0);
  t.is(report.findings.filter(finding => finding.kind === 'none').reduce((sum, finding) => sum + 1 + finding.areasBelow, 0), none);
  for (const finding of report.findings.filter((_, index) => index % 97 === 0)) {
    const answer = await service.dispatch({matterCode: finding.matterCode, areaCode: finding.areaCode, excludeUnitIds: [], at});
    t.is(answer.leadUnit, null);
    t.deepEqual(answer.candidates, finding.units);
  }
});

test('a draft with a second lead for one place shows up as an overlap; a broken one is refused', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const before = await service.reports.coverage(at);
  const draft = await changedSample('responsibility', '2026.9.0', csv => csv.replace(/^0101,/m, '0101,650102,u650100-wenlv,,,,,一,one,active,own: 试\n0101,650102,u650103-shijian,,,,,二,two,active,own: 试\n0101,'));
  const after = await service.reports.coverage(at, {draft});
  t.is(after.version, '2026.9.0');
  const found = after.findings.find(finding => finding.kind === 'several' && finding.matterCode.startsWith('0101') && finding.areaCode === '650102');
  t.deepEqual([...(found?.units ?? [])].sort(), ['u650100-wenlv', 'u650103-shijian']);
  t.true(after.counts.several > before.counts.several);
  await t.throwsAsync(service.reports.coverage(at, {draft: {name: 'responsibility', files: {}}}), {code: 'CATALOG_INVALID'});
  await t.throwsAsync(service.reports.coverage(at, {version: '1.0.0'}), {code: 'CATALOG_VERSION_UNKNOWN'});
});

test('past orders that a draft would send elsewhere are listed with both rules; the others are not', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const draft = await changedSample('responsibility', '2026.9.0', csv => csv.replace(/^010101,650103,u650103-shijian,/m, '010101,650103,u650103-centre,'));
  const orders = [order(1, '010101', '650103'), order(2, '020101', '650102'), order(3, 'gone', '650102'), order(4, '010101', '650103', 'u650103-shijian')];
  const report = await service.reports.redispatch(orders, at, {draft});
  t.like(report, {orders: 4, unknown: 1, against: '2026.9.0'});
  t.deepEqual(report.changed.map(({order: {number}, before, after}) => [number, before.leadUnit, after.leadUnit]), [['N1', 'u650103-shijian', 'u650103-centre'], ['N4', 'u650103-shijian', 'u650103-centre']]);
  t.deepEqual((await service.reports.redispatch(orders, at, {})).changed, []);
});

test('returns for the wrong unit become a suggestion to the rule that still names it', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const returned = (caseId: string, unitId: string, finalUnitId: string | null, more: Partial<UnitReturned> = {}): UnitReturned => ({caseId, matterCode: '010101', areaCode: '650103', attributes: {}, unitId, finalUnitId, senderId: null, reason: 'not-our-duty', isWrongUnit: true, ...more});
  const gone = {matterCode: 'gone'};
  const returns = [
    returned('c1', 'u650103-shijian', 'u650103-centre'), returned('c2', 'u650103-shijian', 'u650103-centre'), returned('c3', 'u650103-shijian', 'u650100-wenlv', {reason: 'not-our-area'}), returned('c4', 'other', null), returned('c5', 'x', null, gone), returned('c6', 'x', null, gone),
    returned('c7', 'u650103-shijian', 'u650103-shijian', {reason: 'content-unclear', isWrongUnit: false}), ...['c8', 'c9', 'c10'].map(caseId => returned(caseId, 'y', null, {reason: 'duplicate', isWrongUnit: false})),
    ...['d1', 'd2'].map(caseId => returned(caseId, 'u650103-shijian', 'street', {senderId: 'u650103-centre'})),
  ];
  const [first, below, third, ...rest] = await service.reports.suggestions(returns, at, 2);
  t.like(first, {matterCode: '010101', areaCode: '650103', unitId: 'u650103-shijian', senderId: null, returns: 3, holds: true, instead: {unitId: 'u650103-centre', orders: 2}, cases: ['c1', 'c2', 'c3']});
  t.deepEqual(first?.reasons.map(each => [each.reason, each.isWrongUnit, each.returns]), [['not-our-duty', true, 2], ['content-unclear', false, 1], ['not-our-area', true, 1]]);
  t.truthy(first?.row);
  t.is(first?.layer, null);
  const [layered] = suggestionsOf(returns.slice(0, 3), () => ({candidates: ['u650103-shijian'], row: 'r', layer: '2026.1.0+650100.2'}), 1);
  t.like(layered, {row: 'r', layer: '2026.1.0+650100.2', holds: true}, 'who may change it is another level');
  t.like(below, {unitId: 'u650103-shijian', senderId: 'u650103-centre', returns: 2, holds: false, row: null, instead: {unitId: 'street', orders: 2}});
  t.like(third, {matterCode: 'gone', returns: 2, holds: false, row: null, instead: null});
  t.deepEqual(rest, []);
});
