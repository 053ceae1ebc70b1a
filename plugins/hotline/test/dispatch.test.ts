import test from 'ava';
import {AppError} from '@banli/errors';
import {runWorker} from '@banli/testing';
import {proposeDispatch} from '../src/server/propose-dispatch.js';
import {openRedo} from '../src/server/open-redo.js';
import {decentHour, planCallback} from '../src/server/plan-callback.js';
import {catalogs, order, units} from './setup.js';

const input = {matter: '020101', areaCode: '650102004', urgency: 'normal', excludedUnits: ['shijian']};

test('a certain proposal fills the dispatch form with row, version and limits', async t => {
  const reader = catalogs({limits: {respond: {text: {'zh-CN': '1 个工作日', en: '1 working day'}, row: 'r', version: 'v', source: 'own: 样例'}, resolve: null}});
  const {fields} = await runWorker(proposeDispatch({catalogs: reader, units}), {input: {...input, serviceObject: 'enterprise', channel: 'phone', nature: null, industry: 'tourism'}, case: order({}), now: 5});
  t.deepEqual(reader.asked, [{matterCode: '020101', areaCode: '650102004', urgency: 'normal', industryCode: 'tourism', attributes: {serviceObject: 'enterprise', channelCode: 'phone'}, excludeUnitIds: ['shijian'], at: 5}]);
  t.like(fields, {leadUnit: 'chengguan', proposedLeadUnit: 'chengguan', assistUnits: ['street'], mode: 'mainAssist', proposalRow: '020101/650102', proposalVersion: '2026.1.0', respondLimit: '1 个工作日（自定（无文件依据）：样例）', respondLimitEn: '1 working day (own rule: 样例)', resolveLimit: null, resolveLimitEn: null, changeReason: null});
});

test('a limit that the city set for itself is told so, with what holds above', async t => {
  const limit = {text: {'zh-CN': '2 个工作日', en: '2 working days'}, row: 'r', version: 'v+650100.1', source: '市级文件'};
  const own = {area: {'zh-CN': '乌鲁木齐市'}, above: {'zh-CN': '3 个工作日'}};
  const reader = catalogs({limits: {respond: {...limit, own: {...own, above: null}}, resolve: {...limit, own}}});
  const {fields} = await runWorker(proposeDispatch({catalogs: reader, units}), {input, case: order({})});
  t.like(fields, {resolveLimit: '2 个工作日（本级（乌鲁木齐市）自定，上级为 3 个工作日；市级文件）', respondLimit: '2 个工作日（本级（乌鲁木齐市）自定，上级没有规定；市级文件）', respondLimitEn: '2 working days (set by 乌鲁木齐市 itself, nothing is set above; 市级文件)'});
});

test('a border street with two leads has no default, and both are named', async t => {
  const reader = catalogs({leadUnit: null, candidates: ['chengguan', 'shijian'], assistUnits: [], confidence: 'choose', reason: {'zh-CN': '两个单位都可负责', en: 'Either may be responsible'}});
  const {fields} = await runWorker(proposeDispatch({catalogs: reader, units}), {input, case: order({leadUnit: 'chengguan'})});
  t.like(fields, {leadUnit: null, proposedLeadUnit: null, mode: null, proposalReason: '可选单位：天山区城市管理局、沙依巴克区市场监督管理局。两个单位都可负责'});
  t.regex(String(fields['proposalReasonEn']), /^To choose from: .+\. Either may be responsible$/);
});

test('a matter that was retired meanwhile stops nothing: the dispatcher decides', async t => {
  const {fields} = await runWorker(proposeDispatch({catalogs: catalogs(new AppError('CATALOG_ROW_RETIRED', 422, 'retired')), units}), {input, case: order({})});
  t.is(fields['leadUnit'], null);
  t.regex(String(fields['proposalReason']), /CATALOG_ROW_RETIRED/);
});

test('a catalog that is down is tried again', async t => {
  await t.throwsAsync(runWorker(proposeDispatch({catalogs: catalogs(new AppError('STORE_DOWN', 503, 'down')), units}), {input, case: order({})}), {code: 'STORE_DOWN'});
});

test('the lead never assists itself', async t => {
  const {fields} = await runWorker(proposeDispatch({catalogs: catalogs({assistUnits: ['chengguan']}), units}), {input, case: order({})});
  t.deepEqual([fields['assistUnits'], fields['mode']], [[], 'single']);
});

const at = (text: string): number => Date.parse(`${text}+08:00`);

test('callbacks keep to decent hours in Beijing time', t => {
  t.is(decentHour(at('2026-02-12T15:00:00')), at('2026-02-12T15:00:00'));
  t.is(decentHour(at('2026-02-12T08:59:00')), at('2026-02-12T10:00:00'));
  t.is(decentHour(at('2026-02-12T20:00:00')), at('2026-02-13T10:00:00'));
  t.is(decentHour(at('2026-02-12T00:00:00')), at('2026-02-12T10:00:00'));
});

test('an unanswered call is repeated a day later; vulnerable callers are called by a person', async t => {
  const now = at('2026-02-12T15:00:00');
  t.deepEqual((await runWorker(planCallback(), {input: {unreachedCount: 0, vulnerable: false}, now})).fields, {callbackPlannedAt: '2026-02-12T07:00:00.000Z', callbackWay: 'phone'});
  t.deepEqual((await runWorker(planCallback(), {input: {unreachedCount: 1, vulnerable: true}, now})).fields, {callbackPlannedAt: '2026-02-13T07:00:00.000Z', callbackWay: 'person'});
});

test('a redo copies person and grievance, not the handling, and refers to the first order', async t => {
  const values = {phone: '13899990001', result: '已清理', serviceObject: 'enterprise', enterpriseIndustry: 'tourism', sensitive: true, attachments: ['f1'], leadUnit: 'chengguan', area: '650102004', eventTime: null};
  const {linkedCases} = await runWorker(openRedo(), {input: {reason: '仍未解决'}, case: order(values)});
  t.deepEqual(linkedCases, [{relation: 'redo', values: {name: '李明远', phone: '13899990001', title: '占道经营', content: '摊贩占道', matter: '020101', area: '650102004', serviceObject: 'enterprise', enterpriseIndustry: 'tourism', sensitive: true, redoOf: '650100-20260212-000001', redoReason: '仍未解决', intakeRoute: 'dispatch'}}]);
});
