import test from 'ava';
import {guardedLife, ref, refusal, reviewer} from './setup.js';

const row = '010101|650103|u650103-shijian';
const elsewhere = {matterCode: '010101', areaCode: '650103', leadUnitId: 'none', dutyZh: '暂无主办单位', dutyEn: 'Nobody yet', sourceRef: 'own: 试'};
const leaf = {code: '990101', parentCode: '', titleZh: '试设事项', titleEn: 'A trial matter', sourceRef: 'own: 试'};

test('publishing rules with a new overlap needs somebody who saw it, and is audited', async t => {
  const {life, approved, audit, service, close} = await guardedLife();
  t.teardown(close);
  const second = {...elsewhere, leadUnitId: 'u650103-centre', dutyZh: '受理', dutyEn: 'Receives'};
  const change = await approved('responsibility', {op: 'add', cells: second});
  const {version, coverage} = await life.check(reviewer, change.id);
  t.truthy(version);
  t.true((coverage?.overlaps ?? 0) > 0);
  t.like(coverage?.findings[0], {kind: 'several', matterCode: '010101', areaCode: '650103'});
  t.true((coverage?.after.several ?? 0) - (coverage?.before.several ?? 0) === coverage?.overlaps);
  const publish = (more: {readonly acceptGaps?: boolean}) => life.publish(reviewer, {...ref(change), effectiveFrom: '2026-03-02', ...more});
  t.deepEqual(await refusal(publish({})), ['CATALOG_CHANGE_GAPS_NEW']);
  t.deepEqual(await refusal(publish({acceptGaps: false})), ['CATALOG_CHANGE_GAPS_NEW']);
  t.false(audit.some(entry => entry.action.endsWith('publish')));
  t.is((await publish({acceptGaps: true})).state, 'published');
  t.like(audit.at(-1)?.data, {acceptedGaps: coverage?.gaps, acceptedOverlaps: coverage?.overlaps});
  t.true((await service.reports.coverage(Date.parse('2026-03-02T12:00:00+08:00'))).counts.several >= (coverage?.after.several ?? 0));
});

test('what is declared to have nobody is no gap, and nothing needs to be accepted', async t => {
  const {life, approved, publish, audit, close} = await guardedLife();
  t.teardown(close);
  const change = await approved('responsibility', {op: 'offShelf', key: row}, {op: 'add', cells: elsewhere});
  const {coverage} = await life.check(reviewer, change.id);
  t.like(coverage, {gaps: 0, overlaps: 0, findings: []});
  t.true((coverage?.after.nobody ?? 0) > (coverage?.before.nobody ?? 0));
  t.is((await publish(change)).state, 'published');
  t.false(JSON.stringify(audit.at(-1)).includes('acceptedGaps'));
});

test('a new matter that no rule covers is a gap in every area, and a set of words is asked nothing', async t => {
  const {life, put, draft, close} = await guardedLife();
  t.teardown(close);
  const base = (await life.rows({catalogId: 'matters', filter: {}, limit: 1})).rows[0]?.values ?? {};
  const top = await draft('matters', {op: 'add', cells: {...base, ...leaf, code: '99', titleZh: '试设大类'}});
  const branch = await put(top, {op: 'add', cells: {...base, ...leaf, code: '9901', parentCode: '99', titleZh: '试设小类'}});
  const ready = await put(branch, {op: 'add', cells: {...base, ...leaf, parentCode: '9901'}});
  const {version, coverage, problems} = await life.check(reviewer, ready.id);
  t.truthy(version, JSON.stringify(problems));
  t.true((coverage?.gaps ?? 0) > 0);
  t.true(coverage?.findings.every(finding => finding.kind === 'none' && finding.matterCode === '990101'));
  const words = await draft('natures', {op: 'modify', key: 'complaint', cells: {titleEn: 'Complaint about something'}});
  t.is((await life.check(reviewer, words.id)).coverage, null);
});
