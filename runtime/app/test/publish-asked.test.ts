import test from 'ava';
import {askedOf, type PublishCheck} from '../src/catalogs/publish-asked.js';

const warned = (element: string): PublishCheck => ({version: '2026.4.0', toConfirm: 1, remade: [], coverage: null, problems: [{code: 'CATALOG_CONTENT_LEAD_LONGER', message: 'too long', severity: 'warning', place: {element}}]});

test('what was acknowledged of one day is not what another day asks', t => {
  t.not(askedOf(warned('city|normal|resolve')).warnings, askedOf(warned('city|urgent|resolve')).warnings);
  t.is(askedOf(warned('city|normal|resolve')).warnings, askedOf(warned('city|normal|resolve')).warnings);
});

test('nothing is asked where nothing has to be acknowledged, nor before it is known', t => {
  t.deepEqual(askedOf(undefined), {warnings: '', gaps: ''});
  t.deepEqual(askedOf({...warned('x'), toConfirm: 0}), {warnings: '', gaps: ''});
});

const counts = {one: 0, partial: 0, several: 0, none: 0, nobody: 0};

test('gaps of dispatch are named by place', t => {
  const coverage = (matterCode: string): PublishCheck['coverage'] => ({before: counts, after: counts, layeredAreas: 0, gaps: 1, overlaps: 0, total: 1, findings: [{kind: 'none', matterCode, matter: {'zh-CN': matterCode}, areaCode: '650100', area: {'zh-CN': '乌鲁木齐市'}, areasBelow: 0}]});
  const [one, other] = ['020101', '020102'].map(code => askedOf({...warned('x'), toConfirm: 0, coverage: coverage(code)}).gaps);
  t.truthy(one);
  t.not(one, other);
});
