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
  const bundle = {...release.bundle, manifest: {...release.bundle.manifest, registration: {hints: 'reply', sensitive: 'secret', acceptReason: 'why', answers: [{title: {'zh-CN': '当场答复'}, values: {cause: 'answered'}}]}}, forms: {case: {...form, properties: {...form.properties, title: looked('title'), place: looked('place')}}}};
  const hinted = {release: {...release, hash: 'b'.repeat(64), bundle}, definitionId: 'matter:1'};
  const asked: string[] = [];
  const find = async ({text}: {readonly text: string}) => {
    asked.push(text);
    return text.includes('着火') ? [fire, address] : [];
  };
  const notAccepted = async ({text, matter}: {readonly text: string; readonly matter?: string}) =>
    text.includes('法院判决') || matter === '0909' ? [{entry: 'na-litigation', title: {'zh-CN': '须通过诉讼解决的事项'}, guidance: {'zh-CN': '告知起诉'}, basis: null, source: 'own: 通行做法'}] : [];
  const {cases} = createCases({...world.deps, catalogs: {...world.deps.catalogs, words: {find, notAccepted}}, releases: {...world.deps.releases, current: async () => hinted, byHash: async () => hinted}});
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
