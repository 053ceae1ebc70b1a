import test from 'ava';
import {refusal} from '../life/setup.js';
import {readOnlyService} from '../sample-service.js';
import {city, county, issueWorld, ref, region} from './setup.js';

const issuable = ['dispatch-rules', 'duties', 'elements', 'hot-words', 'implementations', 'items', 'limits', 'matters', 'negative-list', 'responsibility', 'return-reasons', 'rights', 'sensitive-words', 'suspend-conditions', 'tags'];

test('which catalogs are issued down', async t => {
  const {service, at} = await readOnlyService();
  t.deepEqual((await service.list(at)).filter(catalog => catalog.issuable).map(catalog => catalog.id).sort(), issuable);
});

test('sensitive words: a unit adds words and classes and raises a risk; it neither removes nor lowers what stands above', async t => {
  const {issues, given, confirm, service, at, close} = await issueWorld();
  let issue = await given(region, city, 'sensitive-words');
  const word = '上访|order';
  const put = (cells: Record<string, string | null>, key?: string, table = 'sensitive-words') => issues.put(city, ref(issue), {table, cells, ...(key === undefined ? {} : {key})});
  t.deepEqual(await refusal(put({risk: 'low'}, word)), [`ISSUE_LOWER sensitive-words/sensitive-words ${word} risk`]);
  t.deepEqual(await refusal(put({status: 'retired'}, word)), [`ISSUE_LOCKED sensitive-words/sensitive-words ${word} status`]);
  t.deepEqual(await refusal(put({actionZh: '不再标记'}, 'group-rights', 'classes')), ['ISSUE_TEXT_LOST sensitive-words/classes group-rights actionZh']);
  issue = await put({risk: 'high'}, word);
  const own = {word: '讨薪', scope: 'order', classCode: 'wages', risk: 'high', meaningZh: '拖欠工资', sourceRef: 'own:'};
  t.deepEqual(await refusal(put(own)), ['ISSUE_REFERENCE sensitive-words/sensitive-words 讨薪|order classCode'], 'the class is not there yet');
  issue = await put({code: 'wages', titleZh: '欠薪', titleEn: 'Wages', actionZh: '提示人社部门', marksCase: 'no', sourceRef: 'own:'}, undefined, 'classes');
  issue = await put(own);
  t.deepEqual(await refusal(issues.put(city, ref(issue), {table: 'classes', key: 'wages', cells: {status: 'retired'}})), ['ISSUE_RETIRED_USED sensitive-words/classes wages status']);
  await confirm(city, issue);
  const risk = async (areaCode: string, code: string) => (await service.effectiveRows({catalogId: 'sensitive-words', areaCode, code, at, limit: 5})).rows[0]?.values['risk'];
  t.deepEqual([await risk('650102', word), await risk('650102', '讨薪'), await risk('650200', word), await risk('650200', '讨薪')], ['high', 'high', 'medium', undefined]);
  const hints = async (areaCode?: string) => (await service.words.find({text: '多次讨薪未果，准备上访', scope: 'order', at, areaCode})).filter(hint => ['讨薪', '上访'].includes(hint.word)).map(hint => `${hint.word} ${hint.risk}`);
  t.deepEqual([await hints('650102'), await hints('650200'), await hints()], [['讨薪 high', '上访 high'], ['上访 medium'], ['上访 medium']], 'what is typed in the city is looked at by its list');
  await close();
});

test('suspend conditions: more evidence, fewer conditions, no new ones', async t => {
  const {issues, given, confirm, service, at, close} = await issueWorld();
  let issue = await given(region, city, 'suspend-conditions');
  const put = (cells: Record<string, string>, key?: string) => issues.put(city, ref(issue), {table: 'suspend-conditions', cells, ...(key === undefined ? {} : {key})});
  t.deepEqual(await refusal(put({evidenceZh: '无'}, 'appraisal')), ['ISSUE_TEXT_LOST suspend-conditions/suspend-conditions appraisal evidenceZh']);
  t.deepEqual(await refusal(put({code: 'holiday', titleZh: '假期', titleEn: 'Holiday', evidenceZh: '无', resumeZh: '假期结束', sourceRef: 'own:'})), ['ISSUE_NO_LOCAL_ROWS suspend-conditions/suspend-conditions holiday']);
  issue = await put({evidenceZh: '委托书、受理回执，并附鉴定机构资质'}, 'appraisal');
  const other = (await service.choices('suspend-conditions', at)).choices.find(choice => choice.key !== 'appraisal')?.key ?? '';
  issue = await put({status: 'retired'}, other);
  await confirm(city, issue);
  await t.throwsAsync(service.checkRow('suspend-conditions', other, at, '650102'), {code: 'CATALOG_ROW_RETIRED'});
  t.truthy(await service.checkRow('suspend-conditions', other, at, '650200'));
  t.truthy(await service.checkRow('suspend-conditions', other, at));
  await close();
});

test('the negative list: guidance may be added to, and rows of one kind', async t => {
  const {issues, given, close} = await issueWorld();
  const issue = await given(region, city, 'negative-list');
  const own = (kind: string) => ({code: 'na-own', kind, titleZh: '不得泄露', titleEn: 'No', guidanceZh: '按本市规定', sourceRef: 'own:'});
  const put = (cells: Record<string, string>) => issues.put(city, ref(issue), {table: 'negative-list', cells});
  t.deepEqual(await refusal(put(own('not-accepted'))), ['ISSUE_VALUE_NOT_LOCAL negative-list/negative-list na-own kind']);
  t.is((await put(own('not-allowed'))).state, 'completing');
  await close();
});

test('tags: a row of ones own hangs on a branch that is there and is in no circle; one with rows below it stays in use', async t => {
  const {issues, given, confirm, service, at, close} = await issueWorld();
  let issue = await given(region, city, 'tags');
  const put = (cells: Record<string, string>, key?: string) => issues.put(city, ref(issue), {table: 'tags', cells, ...(key === undefined ? {} : {key})});
  const own = (code: string, parentCode: string) => ({code, parentCode, scope: 'order', titleZh: `本地${code}`, titleEn: code, sourceRef: 'own:'});
  t.deepEqual(await refusal(put(own('a', 'nowhere'))), ['ISSUE_REFERENCE tags/tags a parentCode']);
  issue = await put(own('a', 'enterprise'));
  issue = await put(own('b', 'a'));
  t.deepEqual(await refusal(put({parentCode: 'b'}, 'a')), ['ISSUE_PARENT_CIRCLE tags/tags a parentCode']);
  t.deepEqual(await refusal(put({status: 'retired'}, 'enterprise')), ['ISSUE_RETIRED_USED tags/tags enterprise status']);
  await confirm(city, issue);
  t.deepEqual((await service.choices('tags', at, '650102')).choices.find(choice => choice.key === 'b')?.path.slice(-1), ['本地a']);
  t.false((await service.choices('tags', at)).choices.some(choice => choice.key === 'b'));
  t.is(await service.title('tags', 'b', at), '本地b', 'who reads a case elsewhere reads the title, too');
  t.deepEqual(await service.rowTitle('tags', 'b', at), {'zh-CN': '本地b', en: 'b'});
  t.is(await service.cell('tags', 'b', 'scope', at), 'order');
  await close();
});

test('duties go by area, rights to units of ones own, hot words and return reasons are added and taken out', async t => {
  const {issues, given, confirm, service, at, close} = await issueWorld();
  const duties = await given(region, city, 'duties');
  t.true((await issues.rows(city, duties.id, {table: 'duties', only: 'all', limit: 200})).rows.every(row => row.place !== 'outside'));
  t.deepEqual(await refusal(issues.put(city, ref(duties), {table: 'duties', key: 'zr-cg-0201', cells: {titleZh: '别的'}})), ['ISSUE_LOCKED duties/duties zr-cg-0201 titleZh']);
  t.is((await issues.put(city, ref(duties), {table: 'duties', key: 'zr-cg-0201', cells: {boundaryZh: '本市另定'}})).state, 'completing');
  const rights = await given(region, city, 'rights');
  const right = (unitId: string) => ({code: 'ql-own', unitId, kind: 'inspection', titleZh: '检查', titleEn: 'Looks', basisZh: '《条例》', sourceRef: 'own:'});
  t.deepEqual(await refusal(issues.put(county, ref(rights), {table: 'rights', cells: right('u650102-chengguan')})), ['CATALOG_ISSUE_NOT_YOURS']);
  t.deepEqual(await refusal(issues.put(city, ref(rights), {table: 'rights', cells: right('u650000-centre')})), ['ISSUE_UNIT_OUTSIDE rights/rights ql-own unitId']);
  t.is((await issues.put(city, ref(rights), {table: 'rights', cells: right('u650102-chengguan')})).state, 'completing');
  let reasons = await given(region, city, 'return-reasons');
  reasons = await issues.put(city, ref(reasons), {table: 'return-reasons', key: 'already-handled', cells: {status: 'retired'}});
  t.deepEqual(await refusal(issues.put(city, ref(reasons), {table: 'return-reasons', key: 'not-our-duty', cells: {tellsRule: 'no'}})), ['ISSUE_LOCKED return-reasons/return-reasons not-our-duty tellsRule']);
  await confirm(city, reasons);
  await t.throwsAsync(service.checkRow('return-reasons', 'already-handled', at, '650103'), {code: 'CATALOG_ROW_RETIRED'});
  await close();
});

test('a citys synonym and element are found and asked for in the city alone', async t => {
  const {issues, given, confirm, service, at, close} = await issueWorld();
  let matters = await given(region, city, 'matters');
  t.deepEqual(await refusal(issues.put(city, ref(matters), {table: 'matters', key: '020101', cells: {titleZh: '摆摊'}})), ['ISSUE_LOCKED matters/matters 020101 titleZh']);
  matters = await issues.put(city, ref(matters), {table: 'synonyms', cells: {matterCode: '020101', word: '夜市巴扎', sourceRef: 'own:'}});
  await confirm(city, matters);
  const first = async (areaCode?: string) => (await service.searchMatters('夜市巴扎', at, 1, areaCode)).map(match => match.choice.key);
  t.deepEqual([await first('650102'), (await first('650200')).includes('020101'), (await first()).includes('020101')], [['020101'], false, false]);

  let elements = await given(region, city, 'elements');
  const put = (table: string, cells: Record<string, string>, key?: string) => issues.put(city, ref(elements), {table, cells, ...(key === undefined ? {} : {key})});
  t.deepEqual(await refusal(put('uses', {required: 'no'}, '0101|brand-model')), ['CATALOG_ISSUE_CHANGED_NOTHING']);
  elements = await put('uses', {required: 'yes'}, '0101|brand-model');
  t.deepEqual(await refusal(put('elements', {type: 'number'}, 'brand-model')), ['ISSUE_LOCKED elements/elements brand-model type']);
  elements = await put('elements', {code: 'bazaar', family: 'object', titleZh: '巴扎类别', titleEn: 'Bazaar', type: 'choice', sourceRef: 'own:'});
  elements = await put('uses', {matterCode: '0201', elementCode: 'bazaar', required: 'no', position: '90', sourceRef: 'own:'});
  t.deepEqual(await refusal(confirm(city, elements)), ['ELEMENT_TYPE elements/elements bazaar type'], 'a choice wants options');
  elements = await put('options', {elementCode: 'bazaar', value: 'night', titleZh: '夜市', titleEn: 'Night', sourceRef: 'own:'});
  await confirm(city, elements);
  const used = async (areaCode?: string) => (await service.elements('elements', at, undefined, areaCode))?.uses.some(use => use['elementCode'] === 'bazaar');
  t.deepEqual([await used('650102'), await used('650200'), await used()], [true, false, false]);
  t.true((await service.requiredElements())['elements']?.['brand-model'] !== undefined);
  await close();
});
