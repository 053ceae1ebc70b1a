import test from 'ava';
import type {ClockRule} from '@banli/formats';
import {createClockLoop, isTextWanted} from '../src/index.js';
import {rules, setup} from './bench-case.js';

/** The resolve clock of the bench with people to tell before due; some are named twice, one step names nobody on purpose. */
const warning: readonly ClockRule[] = rules.map(rule => (rule.id !== 'resolve' ? rule : {
  ...rule,
  warn: [
    {at: 'near', role: 'clerk', unit: '=upper'}, {at: 'near', role: 'clerk, watcher', unit: '=upper'},
    {at: 'warn', role: 'clerk', unit: '=upper', text: {'zh-CN': '请抓紧办理'}}, {at: 'warn', role: 'chief', unit: '=if round > 1 then upper else ""'},
  ],
}));

async function warned() {
  const bench = await setup();
  await bench.happens('started', undefined, {rules: warning});
  const notices = () => bench.told.log.filter(line => line.includes('notice'));
  return {...bench, notices};
}

test('each threshold tells its people once, whoever is named twice, and nobody where the unit is empty', async t => {
  const {to, notices, told, close} = await warned();
  await to('2026-03-04 19:29');
  t.deepEqual(notices(), []);
  await to('2026-03-04 19:30');
  await to('2026-03-04 20:00');
  t.deepEqual(notices(), ['2026-03-04 19:30 notice clerk@u1']);
  await to('2026-03-05 15:30');
  await to('2026-03-05 16:00');
  t.deepEqual(notices().slice(1), ['2026-03-05 15:30 notice clerk@u1', '2026-03-05 15:30 notice watcher@u1']);
  t.false(told.log.includes('deadlines.notify.nobody'));
  await close();
});

test('a notice says case, limit, threshold and due time', async t => {
  const {to, deps, close} = await warned();
  const sent: unknown[] = [];
  Object.assign(deps.notices, {notify: async (_tx: unknown, notice: unknown) => void sent.push(notice)});
  await to('2026-03-04 19:30');
  t.like(sent[0], {kind: 'clock.warned', caseId: 'case-1', title: {'zh-CN': '650100-20260302-000001 办结时限预警'}, body: {'zh-CN': '2026-03-05 19:30 到期。请抓紧办理'}});
  await close();
});

test('after a restart nobody is told again, and who was not told yet is told', async t => {
  const {to, clock, deps, told, notices, close} = await warned();
  await to('2026-03-04 19:30');
  const {notify} = deps.notices;
  Object.assign(deps.notices, {notify: () => Promise.reject(new Error('the process died here'))});
  await to('2026-03-05 15:30');
  t.true(told.log.some(line => line.includes('the process died here')));
  t.is(notices().length, 1);
  clock.moveBy(31_000);
  const next = createClockLoop({...deps, holder: 'the next process', notices: {notify}});
  await next.round();
  await next.round();
  t.deepEqual(notices(), ['2026-03-04 19:30 notice clerk@u1', '2026-03-05 15:30 notice clerk@u1', '2026-03-05 15:30 notice watcher@u1']);
  await close();
});

test('a due time moved by an extension warns again, one that stays does not', async t => {
  const {to, store, clocks, subject, clock, notices, close} = await warned();
  await to('2026-03-04 19:30');
  await store.tx(tx => clocks.extend(tx, subject, {clock: 'resolve', amount: 2, filedAt: clock.now()}));
  await to('2026-03-07 19:30');
  await to('2026-03-08 19:30');
  t.deepEqual(notices(), ['2026-03-04 19:30 notice clerk@u1', '2026-03-08 19:30 notice clerk@u1']);
  await close();
});

test('a clock that stands still, and a case that has ended, warn nobody', async t => {
  const {happens, to, subjects, notices, close} = await warned();
  await happens('handle.submit', '2026-03-03 10:00', {rules: warning});
  await to('2026-03-04 19:40');
  t.deepEqual(notices(), []);
  await happens('review.refuse', '2026-03-04 19:41', {rules: warning});
  subjects.clear();
  await to('2026-03-09 19:30');
  t.deepEqual(notices(), []);
  await close();
});

test('a step that asks for it also sends a text message, keyed by clock, due time and threshold; others send none', async t => {
  const bench = await setup();
  const byText: readonly ClockRule[] = rules.map(rule => (rule.id !== 'resolve' ? rule : {
    ...rule,
    warn: [{at: 'warn', role: 'clerk', unit: '=upper', sms: true}, {at: 'warn', role: 'chief', unit: '=upper'}, {at: 'near', role: 'clerk', unit: '=upper'}],
    lapse: rule.lapse.map(step => (step.do === 'notify' && step.after === 'PT0S' ? {...step, sms: true} : step)),
  }));
  const sent: Array<{key: string; personIds: readonly string[]; kind: string; dueAt: number | null}> = [];
  Object.assign(bench.deps, {texts: {send: async (_tx: unknown, text: (typeof sent)[number]) => void sent.push(text)}});
  await bench.happens('started', undefined, {rules: byText});
  await bench.to('2026-03-05 19:30');
  await bench.to('2026-03-07 19:30');
  t.deepEqual(sent.map(text => [text.kind, text.personIds.join()]), [['clock.warned', 'clerk@u1'], ['clock.lapsed', 'chief@u1,clerk@u1']]);
  const [clock] = await bench.store.knex('case_clock').where({clock: 'resolve'}).select<Array<{id: string; due_at: number}>>('id', 'due_at');
  t.deepEqual(sent.map(text => text.key), [`clock:${clock?.id}:${clock?.due_at}:warn`, `clock:${clock?.id}:${clock?.due_at}:lapse.PT0S`]);
  await bench.close();
});

test('a text message that waited is wanted while its clock runs to the same due time, and not once that is settled', async t => {
  const {store, clocks, subject, clock, happens, close} = await setup();
  await happens('started');
  const row = await store.knex('case_clock').where({clock: 'resolve'}).first<{id: string; due_at: number}>();
  const key = `clock:${row.id}:${row.due_at}:warn:p1`;
  const wanted = (kind: string, text = key) => isTextWanted(store, {key: text, kind});
  t.true(await wanted('clock.warned'));
  t.true(await wanted('hotline.accepted', '01ABC'));
  t.false(await wanted('clock.warned', 'clock:nowhere:1:warn:p1'));
  await store.tx(tx => clocks.extend(tx, subject, {clock: 'resolve', amount: 2, filedAt: clock.now()}));
  t.false(await wanted('clock.warned'), 'the extension warns anew');
  t.true(await wanted('clock.lapsed'));
  await happens('review.approve');
  t.false(await wanted('clock.lapsed'));
  await close();
});

test('the industry supervisor is told by the catalog of the moment, for the industry of the enterprise where one is named, and comes to the case', async t => {
  const {to, happens, deps, subjects, told, notices, close} = await setup().then(bench => ({...bench, notices: () => bench.told.log.filter(line => line.includes('notice'))}));
  const asked: unknown[] = [];
  Object.assign(deps.catalogs, {industrySupervisor: async ({at: _, ...request}: {readonly at: number; readonly matterCode: string}) => {
    asked.push(request);
    return {unitId: 'housing'};
  }});
  const supervised = warning.map(rule => (rule.id !== 'resolve' ? rule : {...rule, warn: [{at: 'warn' as const, role: 'clerk', recipient: 'industrySupervisor' as const}], lapse: [{after: 'PT0S', do: 'notify' as const, role: 'clerk', recipient: 'industrySupervisor' as const, text: {'zh-CN': '已超期'}}]}));
  await happens('started', undefined, {rules: supervised});
  await to('2026-03-04 19:30');
  t.deepEqual(notices(), ['2026-03-04 19:30 notice clerk@housing']);
  t.true(told.log.includes('involve case-1 housing'));
  subjects.set('case-1', {...[...subjects.values()][0] as NonNullable<ReturnType<typeof subjects.get>>, industry: 'K'});
  await to('2026-03-05 19:30');
  t.deepEqual(notices().slice(1), ['2026-03-05 19:30 notice clerk@housing']);
  t.deepEqual(asked, [{matterCode: '010101', areaCode: '650100'}, {matterCode: '010101', areaCode: '650100', industryCode: 'K'}]);
  await close();
});

test('where no unit supervises the industry, or the case has no matter, nobody is told and nobody comes to the case', async t => {
  const {to, happens, deps, subjects, subject, told, close} = await setup();
  const answers = {asked: 0};
  Object.assign(deps.catalogs, {industrySupervisor: async () => {
    answers.asked += 1;
    return null;
  }});
  const supervised = warning.map(rule => (rule.id !== 'resolve' ? rule : {...rule, warn: [{at: 'warn' as const, role: 'clerk', recipient: 'industrySupervisor' as const}, {at: 'near' as const, role: 'clerk', recipient: 'industrySupervisor' as const}]}));
  await happens('started', undefined, {rules: supervised});
  await to('2026-03-04 19:30');
  subjects.set('case-1', {...subject, matter: null});
  await to('2026-03-05 15:30');
  t.is(answers.asked, 1);
  t.false(told.log.some(line => /notice|involve|nobody/.test(line)));
  await close();
});
