import test, {type ExecutionContext} from 'ava';
import type {FormNode} from '@banli/formats';
import {createCases, type CaseWordHint} from '../src/index.js';
import {withHints} from '../src/registration-hints.js';
import {release} from './support/bundle.js';
import {ordinary, person, setup} from './support/world.js';

const fire: CaseWordHint = {catalog: 'sensitive-words', row: '着火|order', version: '1.0.0', word: '着火', classCode: 'public-safety', classTitle: {'zh-CN': '公共安全'}, risk: 'high', proposes: {sensitive: true, urgency: null, hotClass: null}};
const address: CaseWordHint = {...fire, row: '住址|order', word: '住址', classCode: 'personal-data', classTitle: null, risk: null, proposes: {sensitive: false, urgency: null, hotClass: null}};

/** The small application with two texts that are looked at, a mark, and a field for the hints. */
async function hintedWorld(t: ExecutionContext) {
  const world = await setup(t);
  const form = release.bundle.forms['case'];
  if (!form) throw new Error('the small application has no form');
  const looked = (name: string): FormNode => ({...form.properties[name], type: 'string', 'x-banli': {id: name, words: 'order'}});
  const bundle = {...release.bundle, manifest: {...release.bundle.manifest, caseFields: {...release.bundle.manifest.caseFields, nature: 'caller'}, registration: {hints: 'reply', sensitive: 'secret', acceptReason: 'why', natureReason: 'why', answers: [{title: {'zh-CN': '当场答复'}, values: {cause: 'answered'}}]}}, forms: {case: {...form, properties: {...form.properties, title: looked('title'), place: looked('place')}}}};
  const hinted = {release: {...release, hash: 'b'.repeat(64), bundle}, definitionId: 'matter:1'};
  const asked: string[] = [];
  const find = async ({text}: {readonly text: string}) => {
    asked.push(text);
    return text.includes('着火') ? [fire, address] : [];
  };
  const notAccepted = async ({text, matter}: {readonly text: string; readonly matter?: string}) =>
    text.includes('法院判决') || matter === '0909' ? [{entry: 'na-litigation', title: {'zh-CN': '须通过诉讼解决的事项'}, guidance: {'zh-CN': '告知起诉'}, basis: null, source: 'own: 通行做法'}] : [];
  const natureConflict = async ({matter, nature}: {readonly matter: string; readonly nature: string}) =>
    matter === '0909' || (nature !== 'complaint' && nature !== 'help') ? null : {verdict: nature === 'help' ? 'warn' as const : 'block' as const, row: `consult|${nature}`, reason: {'zh-CN': '咨询类不能归入投诉'}, filedAs: {'zh-CN': '政务咨询'}};
  const {cases} = createCases({...world.deps, catalogs: {...world.deps.catalogs, words: {find, notAccepted, natureConflict}}, releases: {...world.deps.releases, current: async () => hinted, byHash: async () => hinted}});
  const start = async (values: Readonly<Record<string, unknown>>) => (await cases.start(person('anna'), {bundleId: 'matter', items: [{values: {...ordinary, ...values}}]}))[0]?.caseId ?? '';
  const kept = async (caseId: string) => (await world.store.knex('case_word_hint').where({case_id: caseId}).orderBy('row_key')).map(row => [row.row_key, row.class_code, row.risk, row.taken === null ? null : Boolean(row.taken)]);
  return {...world, cases, asked, start, kept};
}

test('hints are kept with the case, taken over or not, and told in words', async t => {
  const {cases, asked, start, kept} = await hintedWorld(t);
  const left = await start({title: '楼道着火', place: '住址不便说'});
  t.deepEqual(asked, ['楼道着火。住址不便说']);
  t.deepEqual(await kept(left), [['住址|order', 'personal-data', null, null], ['着火|order', 'public-safety', 'high', false]]);
  t.is((await cases.view(person('anna'), left)).form.values['reply'], '“着火”（公共安全，高风险）：未采纳\n“住址”');
  const taken = await start({title: '楼道着火', secret: true});
  t.deepEqual(await kept(taken), [['住址|order', 'personal-data', null, null], ['着火|order', 'public-safety', 'high', true]]);
});

test('nothing in the case is changed by a hint, and what a person types as hints is not kept', async t => {
  const {cases, start, kept} = await hintedWorld(t);
  const plain = await start({reply: '自拟的提示'});
  t.deepEqual(await kept(plain), []);
  const {values} = (await cases.view(person('anna'), plain)).form;
  t.is(values['reply'], undefined);
  const hinted = (await cases.view(person('anna'), await start({title: '楼道着火'}))).form.values;
  t.is(hinted['secret'], undefined);
});

test('hints are kept in English, too, where their field names one for it; what was typed there is not kept', t => {
  const manifest = {...release.bundle.manifest, registration: {hints: 'proposalReason'}};
  const spoken = {...release, hash: 'c'.repeat(64), bundle: {...release.bundle, manifest}};
  const typed = {title: '楼道着火', proposalReason: '自拟', proposalReasonEn: 'made up'};
  t.deepEqual(withHints(spoken, typed, []), {title: '楼道着火'});
  const found = [{...fire, classTitle: {'zh-CN': '公共安全', en: 'Public safety'}, taken: true}, {...fire, taken: false}, {...address, taken: null}];
  t.deepEqual(withHints(spoken, typed, found), {
    title: '楼道着火',
    proposalReason: '“着火”（公共安全，高风险）：已采纳\n“着火”（公共安全，高风险）：未采纳\n“住址”',
    proposalReasonEn: '“着火” (Public safety, high risk): taken over\n“着火” (公共安全, high risk): not taken over\n“住址”',
  });
});

test('without the lists, and where no text is bound to them, nothing is looked for', async t => {
  const world = await setup(t);
  await world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: {...ordinary, title: '楼道着火'}}]});
  t.deepEqual(await world.store.knex('case_word_hint'), []);
});

test('what the negative list does not accept is refused without a reason, with code, place and remedy; nothing is registered', async t => {
  const {cases, start, store} = await hintedWorld(t);
  for (const values of [{title: '不服法院判决'}, {matter: '0909'}, {title: '不服法院判决', why: '  '}]) {
    const error = await t.throwsAsync(start(values), {code: 'CASE_INPUT'});
    t.like(error, {problems: [{code: 'CASE_NOT_ACCEPTED', place: {field: 'why'}, details: {title: '须通过诉讼解决的事项', guidance: '告知起诉', basis: '自定（无文件依据）：通行做法'}}]});
  }
  const both = await t.throwsAsync(cases.start(person('anna'), {bundleId: 'matter', items: [{values: ordinary}, {values: {...ordinary, matter: '0909'}}]}), {code: 'CASE_INPUT'});
  t.like(both, {problems: [{code: 'CASE_NOT_ACCEPTED', place: {field: 'why', element: 'items.1'}}]});
  t.deepEqual(await store.knex('case_record'), []);
});

test('with a reason it is accepted, and the reason is kept and audited; answered at once it needs none', async t => {
  const {cases, start, audit} = await hintedWorld(t);
  const accepted = await start({title: '不服法院判决', why: '另涉拖欠工资，先行受理'});
  t.is((await cases.view(person('anna'), accepted)).form.values['why'], '另涉拖欠工资，先行受理');
  t.like(audit.find(entry => entry.subject === accepted), {action: 'case.start', data: {notAccepted: ['na-litigation'], acceptReason: '另涉拖欠工资，先行受理'}});
  const answered = await start({title: '不服法院判决', cause: 'answered'});
  t.is((audit.find(entry => entry.subject === answered)?.data as {notAccepted?: unknown}).notAccepted, undefined);
  t.truthy(await start({why: '写了也无妨'}));
});

test('a nature that the catalog blocks for the matter is refused, also with a reason; one that it doubts wants a reason, which is kept and audited', async t => {
  const {cases, start, audit, store} = await hintedWorld(t);
  for (const values of [{caller: 'complaint'}, {caller: 'complaint', why: '就要投诉'}]) {
    t.like(await t.throwsAsync(start(values), {code: 'CASE_INPUT'}), {problems: [{code: 'CASE_NATURE_REFUSED', place: {field: 'caller'}, details: {filedAs: '政务咨询', reason: '咨询类不能归入投诉'}}]});
  }
  for (const why of [undefined, '  ']) t.like(await t.throwsAsync(start({caller: 'help', ...(why === undefined ? {} : {why})}), {code: 'CASE_INPUT'}), {problems: [{code: 'CASE_NATURE_DOUBTED', place: {field: 'why'}}]});
  t.deepEqual(await store.knex('case_record'), []);
  const kept = await start({caller: 'help', why: '已与诉求人核实'});
  t.is((await cases.view(person('anna'), kept)).form.values['why'], '已与诉求人核实');
  t.like(audit.find(entry => entry.subject === kept), {data: {natureConflict: 'consult|help', natureReason: '已与诉求人核实'}});
  t.truthy(await start({caller: 'suggestion'}));
});

test('what is only answered because it is not accepted needs no reason for its nature; a blocked nature is refused there, too', async t => {
  const {start} = await hintedWorld(t);
  t.truthy(await start({title: '不服法院判决', cause: 'answered', caller: 'help'}));
  t.like(await t.throwsAsync(start({cause: 'answered', caller: 'help'})), {problems: [{code: 'CASE_NATURE_DOUBTED'}]});
  t.like(await t.throwsAsync(start({title: '不服法院判决', cause: 'answered', caller: 'complaint'})), {problems: [{code: 'CASE_NATURE_REFUSED'}]});
});

test('another matter or nature at a later step is asked about again: a reason of the former one does not count, the new one is audited', async t => {
  const {cases, start, audit} = await hintedWorld(t);
  const caseId = await start({title: '不服法院判决', why: '另涉欠薪，先行受理'});
  const view = await cases.view(person('anna'), caseId);
  const close = (values: Readonly<Record<string, unknown>>) => cases.complete(person('anna'), {taskId: view.tasks[0]?.id ?? '', outcome: 'close', values: {reply: '已答复', ...values}, caseVersion: view.version});
  t.like(await t.throwsAsync(close({caller: 'complaint', why: '已核实'}), {code: 'CASE_INPUT'}), {problems: [{code: 'CASE_NATURE_REFUSED', place: {field: 'caller'}}]});
  for (const values of [{caller: 'help'}, {caller: 'help', why: ''}]) t.like(await t.throwsAsync(close(values), {code: 'CASE_INPUT'}), {problems: [{code: 'CASE_NATURE_DOUBTED', place: {field: 'why'}}]});
  await close({caller: 'help', why: '已与诉求人核实'});
  t.like(audit.findLast(entry => entry.subject === caseId && entry.action !== 'case.start'), {data: {natureConflict: 'consult|help', natureReason: '已与诉求人核实'}});
});

test('a matter that is not accepted is asked about where it is chosen later, and not where nothing changes', async t => {
  const {cases, start, audit} = await hintedWorld(t);
  const later = async (caseId: string, values: Readonly<Record<string, unknown>>) => {
    const view = await cases.view(person('anna'), caseId);
    return cases.complete(person('anna'), {taskId: view.tasks[0]?.id ?? '', outcome: 'close', values: {reply: '已答复', ...values}, caseVersion: view.version});
  };
  const moved = await start({});
  t.like(await t.throwsAsync(later(moved, {matter: '0909'}), {code: 'CASE_INPUT'}), {problems: [{code: 'CASE_NOT_ACCEPTED', place: {field: 'why'}}]});
  await later(moved, {matter: '0909', why: '先行受理'});
  t.like(audit.findLast(entry => entry.subject === moved && entry.action !== 'case.start'), {data: {notAccepted: ['na-litigation'], acceptReason: '先行受理'}});
  const known = await start({title: '不服法院判决', why: '另涉欠薪'});
  t.truthy(await later(known, {}));
});
