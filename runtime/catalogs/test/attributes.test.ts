import test from 'ava';
import fc from 'fast-check';
import {findLead} from '../src/find-lead.js';
import {orderAttributes, type AttributeName, type OrderAttributes} from '../src/order-attributes.js';
import type {PublishedRow, PublishedVersion} from '../src/version.js';
import {changedSample, sampleService} from './sample-service.js';

const values = ['a', 'b'] as const;
const names = orderAttributes.map(({name}) => name);
const row = (key: string): PublishedRow => ({key, values: {titleZh: key, titleEn: key}});
const question = {areas: [row('street'), row('district')], matters: [row('0101'), row('01')], excludeUnitIds: []};

/** What a rule asks for, or what an order is. */
const attributes = fc.record(Object.fromEntries(names.map(name => [name, fc.constantFrom(...values, undefined)])) as Record<AttributeName, fc.Arbitrary<'a' | 'b' | undefined>>)
  .map(record => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as OrderAttributes);

interface Rule {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly asks: OrderAttributes;
}

const rule: fc.Arbitrary<Rule> = fc.record({matterCode: fc.constantFrom('0101', '01'), areaCode: fc.constantFrom('street', 'district'), asks: attributes});
const conditionOf = ({matterCode, areaCode, asks}: Rule): string => [matterCode, areaCode, ...names.map(name => asks[name] ?? '')].join('|');
/** Rules as publishing lets them through: no two with the same conditions. */
const rules = fc.uniqueArray(rule, {selector: conditionOf, maxLength: 12});

function versionOf(list: readonly Rule[]): PublishedVersion {
  const rows = list.map((each): PublishedRow => ({key: conditionOf(each), values: {matterCode: each.matterCode, areaCode: each.areaCode, leadUnitId: `u of ${conditionOf(each)}`, dutyZh: '甲', dutyEn: 'A', status: 'active', ...each.asks}}));
  const table = {rows, byKey: new Map(rows.map(each => [each.key, each]))};
  return {head: {version: '2026.1.0', catalogId: 'responsibility'}, manifest: {tables: {}}, tables: new Map([['responsibility', table]])} as unknown as PublishedVersion;
}

const leadIn = (list: readonly Rule[], order: OrderAttributes) => findLead(versionOf(list), {...question, attributes: order});

test('the order of the rows decides nothing', t => {
  fc.assert(fc.property(rules, attributes, fc.infiniteStream(fc.nat()), (list, order, random) => {
    const shuffled = list.map(each => ({each, at: random.next().value as number})).sort((a, b) => a.at - b.at).map(({each}) => each);
    const [one, other] = [leadIn(list, order), leadIn(shuffled, order)];
    t.deepEqual([one.leadUnit, one.row, one.attributes], [other.leadUnit, other.row, other.attributes]);
  }));
});

test('a more general rule never changes an order that a more specific one decides', t => {
  fc.assert(fc.property(rules, attributes, fc.subarray([...names]), (list, order, dropped) => {
    const before = leadIn(list, order);
    const decided = list.find(each => conditionOf(each) === before.row);
    if (!decided) return;
    const added: Rule = {...decided, asks: Object.fromEntries(Object.entries(decided.asks).filter(([name]) => !dropped.includes(name as AttributeName)))};
    if (list.some(each => conditionOf(each) === conditionOf(added))) return;
    t.is(leadIn([...list, added], order).row, before.row);
  }), {numRuns: 500});
});

test('whatever is asked of two rules that fit, one wins: two attributes before one, and of one the earlier in the list', t => {
  const at = (asks: OrderAttributes): Rule => ({matterCode: '0101', areaCode: 'street', asks});
  const everything: OrderAttributes = {serviceObject: 'a', channelCode: 'a', natureCode: 'a', urgencyCode: 'a'};
  const ranked = [everything, {channelCode: 'a', natureCode: 'a', urgencyCode: 'a'}, {natureCode: 'a', urgencyCode: 'a'}, {serviceObject: 'a'}, {channelCode: 'a'}, {natureCode: 'a'}, {urgencyCode: 'a'}, {}].map(at);
  ranked.forEach((_, index) => t.is(leadIn(ranked.slice(index).toReversed(), everything).row, conditionOf(ranked[index] ?? at({}))));
  t.is(leadIn([at({serviceObject: 'b'})], everything).leadUnit, null, 'a rule that asks for something else does not fit');
  const inside: Rule = {...at({}), areaCode: 'street', matterCode: '01'};
  t.is(leadIn([{...at({serviceObject: 'a'}), areaCode: 'district'}, inside], everything).row, conditionOf(inside), 'the nearer area decides before any attribute');
});

test('an order that leaves an attribute out fits every rule that does not ask for it, and none that does', t => {
  const at = (asks: OrderAttributes): Rule => ({matterCode: '0101', areaCode: 'street', asks});
  const channel = at({channelCode: 'a'});
  t.is(leadIn([channel], {channelCode: 'a'}).row, conditionOf(channel), 'what the rule does not name may be left out');
  t.is(leadIn([channel, at({serviceObject: 'a', channelCode: 'a'})], {channelCode: 'a'}).row, conditionOf(channel), 'the more specific one asks for what the order does not say');
  for (const order of [{}, {serviceObject: ''}, {natureCode: 'a'}] as const) {
    t.like(leadIn([channel, at({serviceObject: 'a'}), at({serviceObject: 'b'})], order), {leadUnit: null, confidence: 'none'}, 'rules with conditions alone take no order without them, even with one for every value');
    t.is(leadIn([channel, at({})], order).row, conditionOf(at({})), 'the general rule does');
    t.is(leadIn([channel, {...at({}), areaCode: 'district'}], order).row, conditionOf({...at({}), areaCode: 'district'}), 'also one further out');
  }
  fc.assert(fc.property(rules, attributes, fc.constantFrom(...names), (list, order, left) => {
    const {[left]: _left, ...rest} = order;
    t.is(leadIn(list, rest).row, leadIn(list.filter(each => each.asks[left] === undefined), rest).row);
  }), {numRuns: 300});
});

test('an attribute of the order decides the lead, with row, version, words and confidence', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const ask = (attributes: OrderAttributes, matterCode = '010104', areaCode = '650103004') => service.dispatch({matterCode, areaCode, attributes, excludeUnitIds: [], at});
  t.like(await ask({}), {leadUnit: 'u650103-shijian', row: '01|650103|u650103-shijian', attributes: [], confidence: 'certain'});
  const enterprise = await ask({serviceObject: 'enterprise', channelCode: 'phone'});
  t.like(enterprise, {leadUnit: 'u650103-centre', assistUnits: ['u650103-shijian'], row: '0101|650103|u650103-centre|serviceObject=enterprise', version: '2026.4.3', confidence: 'certain'});
  t.deepEqual(enterprise.attributes.map(({name, value, valueTitle}) => [name, value, valueTitle['zh-CN']]), [['serviceObject', 'enterprise', '企业']]);
  t.regex(enterprise.reason['zh-CN'], /^职责清单 2026\.4\.3：沙依巴克区（友好南路街道未单列，按沙依巴克区执行），因服务对象为企业，企业采购/);
  t.regex(enterprise.reason.en ?? '', /because the service object is “Enterprise”: Coordinates/);
  t.like(await ask({serviceObject: 'enterprise', channelCode: 'line-12315'}), {leadUnit: 'u650103-shijian', assistUnits: [], row: '0101|650103|u650103-shijian|serviceObject=enterprise|channelCode=line-12315'});
  t.is((await service.rowTitle('responsibility', enterprise.row ?? '', at))?.['zh-CN']?.endsWith('·企业'), true);
  const returned = await service.dispatch({matterCode: '010104', areaCode: '650103', attributes: {serviceObject: 'enterprise'}, excludeUnitIds: ['u650103-centre'], at});
  t.like(returned, {leadUnit: 'u650103-shijian', row: '01|650103|u650103-shijian'}, 'who returned it is passed over, and the next rule is asked');
  t.deepEqual((await service.handlers('010104', '650103', at)).filter(right => right.role === 'lead').map(right => right.unitId), ['u650103-shijian', 'u650103-centre', 'u650103-shijian']);
});

test('the urgency of the order decides, or else that of the matter', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const ask = (urgency?: string) => service.dispatch({matterCode: '010102', areaCode: '650103', ...(urgency === undefined ? {} : {urgency}), attributes: {natureCode: 'report'}, excludeUnitIds: [], at});
  t.like(await ask('major'), {leadUnit: 'u650103-centre', assistUnits: ['u650103-shijian']});
  t.like(await ask(), {leadUnit: 'u650103-shijian', attributes: []});
});

const tied = '010101,650103,u650103-centre,enterprise,,,,甲,A,active,own: 试\n010101,650103,u650103-shijian,enterprise,,,,乙,B,active,own: 试\n';
const sorted = (csv: string): string => {
  const [head = '', ...lines] = csv.trimEnd().split('\n');
  return `${[head, ...lines.sort()].join('\n')}\n`;
};
const withRows = (rows: string) => (csv: string) => sorted(`${csv}${rows}`);

test('two rows with the same conditions and another lead are refused with file, line and column; a retired one is none of them', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const draft = await changedSample('responsibility', '2026.9.0', withRows(tied));
  const error = await t.throwsAsync<Error & {problems: ReadonlyArray<{code: string; place: {line: number; field: string}}>}>(service.publish([draft], 'test'), {code: 'CATALOG_INVALID'});
  const tie = error?.problems.find(problem => problem.code === 'CATALOG_FILE_RULE_TIE');
  t.like(tie?.place, {file: 'responsibility/data/responsibility.csv', line: 11, field: 'leadUnitId'});
  const retired = await changedSample('responsibility', '2026.9.0', withRows(tied.replace('甲,A,active', '甲,A,retired')));
  await t.notThrowsAsync(service.reports.coverage(at, {draft: retired}));
  const unknown = await changedSample('responsibility', '2026.9.0', withRows('010101,650103,u650103-shijian,nobody,,,,甲,A,active,own: 试\n'));
  const refused = await t.throwsAsync<Error & {problems: ReadonlyArray<{code: string; place: {field: string}}>}>(service.publish([unknown], 'test'), {code: 'CATALOG_INVALID'});
  t.true(refused?.problems.some(problem => problem.code === 'CATALOG_FILE_REFERENCE_UNKNOWN' && problem.place.field === 'serviceObject'));
});

test('a place with conditions alone is partly covered and says what it lacks, until every value has a rule', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const objects = (await service.choices('service-objects', at)).choices.map(choice => choice.key);
  const only = (listed: readonly string[]) => changedSample('responsibility', '2026.9.0', csv => {
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    const kept = lines.filter(line => !line.startsWith('01'));
    return `${[head, ...listed.map(object => `01,650103,u650103-shijian,${object},,,,甲,A,active,own: 试`), ...kept].join('\n')}\n`;
  });
  const cellOf = async (draft: Awaited<ReturnType<typeof only>>) => (await service.reports.map(at, {matter: '010104', area: '650103'}, {draft})).cells[0]?.[0];
  t.like(await cellOf(await only(['enterprise'])), {kind: 'partial', units: ['u650103-shijian'], special: 1});
  t.deepEqual((await cellOf(await only(objects.filter(object => object !== 'person').sort())))?.lacks, [{'zh-CN': '服务对象：个人', en: 'service object: Person'}]);
  t.like(await cellOf(await only([...objects].sort())), {kind: 'one', lacks: [], special: 6});
  const draft = await only(['enterprise']);
  const report = await service.reports.coverage(at, {draft});
  t.is(report.counts.one + report.counts.partial + report.counts.several + report.counts.none + report.counts.nobody, report.matters * report.areas);
  t.true(report.findings.some(finding => finding.kind === 'partial' && finding.areaCode === '650103' && finding.lacks.length === 5));
  t.true(((await service.reports.change(at, draft))?.gaps ?? 0) > 0, 'places that only some orders leave are gaps to accept');
});

test('past orders are sent again as what they were, and returns are laid to the rule that decides them', async t => {
  const {service, at, close} = await sampleService();
  t.teardown(close);
  const order = (id: string, attributes: OrderAttributes) => ({id, number: id, matterCode: '010104', areaCode: '650103', attributes, leadUnitId: null});
  const draft = await changedSample('responsibility', '2026.9.0', csv => sorted(csv.replace('0101,650103,u650103-centre,enterprise,', '0101,650103,u650103004,enterprise,')));
  const {changed} = await service.reports.redispatch([order('firm', {serviceObject: 'enterprise'}), order('person', {serviceObject: 'person'}), order('older', {})], at, {draft});
  t.deepEqual(changed.map(each => [each.order.id, each.before.leadUnit, each.after.leadUnit]), [['firm', 'u650103-centre', 'u650103004']]);
  const returned = (caseId: string, attributes: OrderAttributes) => ({caseId, matterCode: '010104', areaCode: '650103', attributes, unitId: 'u650103-centre', senderId: null, reason: 'not-our-duty', isWrongUnit: true, finalUnitId: 'u650103-shijian'});
  const suggestions = await service.reports.suggestions(['a', 'b', 'c'].map(id => returned(id, {serviceObject: 'enterprise'})), at, 3);
  t.like(suggestions[0], {returns: 3, holds: true, row: '0101|650103|u650103-centre|serviceObject=enterprise'});
});
