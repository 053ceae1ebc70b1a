import test from 'ava';
import {act, ordinary, person, setup, startOne, work} from './support/world.js';

test('pages of the inbox neither repeat nor skip a row, also when rows share a moment', async t => {
  const world = await setup(t);
  for (let count = 0; count < 7; count += 1) await startOne(world);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await world.cases.inbox(person('anna'), {box: 'todo', limit: 3, ...(cursor === '' ? {} : {cursor})});
    seen.push(...page.rows.map(row => row.taskId ?? ''));
    cursor = page.nextCursor;
  }
  t.is(new Set(seen).size, 7);
  t.is(seen.length, 7);
  await t.throwsAsync(world.cases.inbox(person('anna'), {box: 'todo', cursor: 'nonsense'}), {code: 'CASE_CURSOR'});
});

test('the lists hold what they say, with titles instead of keys', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await world.cases.drafts.create(person('anna'), {bundleId: 'matter', items: [{title: '未写完'}]});
  await act(world, 'bela', caseId, 'check', 'hand');
  const titles = async (by: string, box: 'todo' | 'done' | 'mine' | 'drafts') => (await world.cases.inbox(person(by), {box})).rows.map(row => row.title);
  t.deepEqual(await titles('bela', 'done'), ['路灯不亮']);
  t.deepEqual(await titles('anna', 'done'), []);
  t.deepEqual(await titles('anna', 'mine'), ['路灯不亮']);
  t.deepEqual(await titles('anna', 'drafts'), ['未写完']);
  t.deepEqual(await world.cases.counts(person('anna')), {todo: 0, drafts: 1});
  const row = (await world.cases.inbox(person('bela'), {box: 'done'})).rows[0];
  t.like(row, {matterTitle: '<0101>', stepName: {'zh-CN': 'check'}, state: {title: {'zh-CN': '处置中'}}, unitName: '市中心'});
  t.deepEqual((await world.cases.inbox(person('bela'), {box: 'done', state: 'judging'})).rows, []);
});

test('a row of the inbox says what may be done with many at once, and only that is', async t => {
  const world = await setup(t);
  const [first, second] = [await startOne(world), await startOne(world, {...ordinary, place: '别处'})];
  const rows = (await world.cases.inbox(person('anna'), {box: 'todo'})).rows;
  t.deepEqual(rows.map(row => [row.batch, row.takenBy, row.caseVersion]), [0, 1].map(() => [[{id: 'hand', name: {'zh-CN': 'hand'}}], null, 1]));
  const [row] = rows.filter(each => each.caseId === first.caseId);
  const input = {taskId: row?.taskId ?? '', values: {}, caseVersion: row?.caseVersion ?? 0, isBatch: true};
  await t.throwsAsync(world.cases.complete(person('anna'), {...input, outcome: 'entrust'}), {code: 'CASE_OUTCOME_SINGLE'});
  await t.throwsAsync(world.cases.complete(person('anna'), {...input, outcome: 'hand', caseVersion: 0}), {code: 'CASE_CHANGED'});
  await world.cases.claim(person('bela'), input.taskId);
  await t.throwsAsync(world.cases.complete(person('anna'), {...input, outcome: 'hand'}), {code: 'CASE_TASK_TAKEN'});
  await world.cases.complete(person('bela'), {...input, outcome: 'hand'});
  t.deepEqual((await world.cases.inbox(person('anna'), {box: 'todo'})).rows.map(each => each.caseId), [second.caseId]);
  const [mine, done] = [await world.cases.inbox(person('anna'), {box: 'mine'}), await world.cases.inbox(person('bela'), {box: 'done'})];
  t.true([...mine.rows, ...done.rows].every(each => each.batch === undefined));
});

test('search finds by number, phone and title, within the data scope of the roles', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  const hits = async (by: string, q: string) => (await world.cases.search(person(by), {q})).rows.length;
  t.is(await hits('anna', number), 1);
  t.is(await hits('anna', number.slice(0, 9)), 1);
  t.is(await hits('anna', '路灯'), 1);
  t.is(await hits('anna', '100%_'), 0);
  t.is(await hits('bela', '路灯'), 1);
  t.is(await hits('rita', '路灯'), 1);
  t.is(await hits('emil', '路灯'), 1);
  t.is(await hits('finn', '路灯'), 0);
  t.is(await hits('nobody', '路灯'), 0);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.is(await hits('emil', '路灯'), 1);
  t.is(await hits('dora', '路灯'), 1);
});

test('filters narrow a search within the data scope, with a count that is theirs, page by page', async t => {
  const world = await setup(t);
  const first = await startOne(world);
  world.clock.moveBy(1_000);
  const second = await startOne(world, {...ordinary, title: '噪声扰民', place: '别处'});
  await act(world, 'anna', first.caseId, 'check', 'hand');
  await work(world, first.caseId);
  const find = async (by: string, query: object) => {
    const {rows, total} = await world.cases.search(person(by), query);
    return [rows.map(row => row.number), total] as const;
  };
  t.deepEqual(await find('anna', {}), [[second.number, first.number], 2]);
  t.deepEqual(await find('nobody', {}), [[], 0], 'without words, too, nothing beyond the scope');
  t.deepEqual(await find('finn', {status: 'open'}), [[], 0]);
  t.deepEqual(await find('anna', {q: '路灯', status: 'open'}), [[first.number], 1]);
  t.deepEqual(await find('anna', {status: 'ended'}), [[], 0]);
  t.deepEqual(await find('anna', {area: '6502'}), [[], 0]);
  t.deepEqual(await find('anna', {area: '%'}), [[second.number, first.number], 2], 'no wildcards');
  t.deepEqual(await find('anna', {part: 'started'}), [[second.number, first.number], 2]);
  t.deepEqual(await find('emil', {part: 'started'}), [[], 0]);
  t.deepEqual(await find('anna', {matters: ['nothing']}), [[], 0]);
  t.deepEqual(await find('anna', {matters: []}), [[], 0]);
  t.deepEqual(await find('anna', {from: world.clock.now() + 1}), [[], 0]);
  t.deepEqual(await find('anna', {to: world.clock.now() + 1, leadUnitIds: ['nowhere']}), [[], 0]);
  const {rows: [one], nextCursor, total, states} = await world.cases.search(person('anna'), {limit: 1});
  t.deepEqual([one?.number, total, (states ?? []).length > 0], [second.number, 2, true]);
  const next = await world.cases.search(person('anna'), {limit: 1, cursor: nextCursor ?? ''});
  t.deepEqual([next.rows.map(row => row.number), next.nextCursor, next.total, next.states], [[first.number], null, undefined, undefined]);
  await act(world, 'emil', first.caseId, 'handle', 'finish', {result: '好'});
  t.deepEqual(await find('emil', {part: 'handled'}), [[first.number], 1]);
  t.deepEqual(await find('anna', {q: '13800001234', part: 'started'}), [[second.number], null], 'no count where it would tell whose phone it is');
});

test('a phone number finds a case only for someone who may see the phone in it', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const hits = async () => (await world.cases.search(person('anna'), {q: '13800001234'})).rows.length;
  t.is(await hits(), 1);
  await act(world, 'anna', caseId, 'check', 'hand');
  t.is(await hits(), 0);
});

test('what may not be told leaves no gap in the pages of a search', async t => {
  const world = await setup(t);
  const made: Array<{caseId: string; number: string}> = [];
  for (let count = 0; count < 6; count += 1) {
    made.push(await startOne(world));
    world.clock.moveBy(1_000);
  }
  for (const {caseId} of made.slice(2)) await act(world, 'bela', caseId, 'check', 'hand');
  const page = await world.cases.search(person('anna'), {q: '13800001234', limit: 2});
  t.deepEqual(page.rows.map(row => row.number), [made[1]?.number, made[0]?.number]);
  t.is(page.nextCursor, null);
  const first = await world.cases.search(person('anna'), {q: '13800001234', limit: 1});
  t.deepEqual(first.rows.map(row => row.number), [made[1]?.number]);
  const second = await world.cases.search(person('anna'), {q: '13800001234', limit: 1, cursor: first.nextCursor ?? ''});
  t.deepEqual([second.rows.map(row => row.number), second.nextCursor], [[made[0]?.number], null]);
});

test('a search by phone goes on where it stopped, through very many cases that may not be told, and its cursor tells none of them', async t => {
  const world = await setup(t);
  const first = await startOne(world);
  const hidden = await startOne(world);
  await act(world, 'bela', hidden.caseId, 'check', 'hand');
  const record = await world.store.knex('case_record').where({id: hidden.caseId}).first<Record<string, unknown>>();
  const parties = await world.store.knex('case_party').where({case_id: hidden.caseId});
  const copies = Array.from({length: 1_010}, (_, index) => ({...record, id: `copy-${String(index).padStart(4, '0')}`, number: `N${index}`, start_key: null, accepted_at: Number(record['accepted_at']) + index + 1}));
  for (let at = 0; at < copies.length; at += 40) {
    await world.store.knex('case_record').insert(copies.slice(at, at + 40));
    await world.store.knex('case_party').insert(copies.slice(at, at + 40).flatMap(({id}) => parties.map(party => ({...party, case_id: id}))));
  }
  world.clock.moveBy(10_000);
  const last = await startOne(world);
  const pages: string[][] = [];
  const cursors: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await world.cases.search(person('anna'), {q: '13800001234', limit: 1, ...(cursor === '' ? {} : {cursor})});
    pages.push(page.rows.map(row => row.id));
    cursor = page.nextCursor;
    if (cursor !== null) cursors.push(cursor);
  }
  t.deepEqual(pages.flat(), [last.caseId, first.caseId]);
  t.deepEqual(pages, [[last.caseId], [], [first.caseId]], 'a page came out empty, and the one after it did not');
  for (const cursor of cursors) t.notRegex(Buffer.from(cursor, 'base64url').toString('latin1') + cursor, /copy-|\d{13}/);
  await t.throwsAsync(world.cases.search(person('anna'), {q: '13800001234', cursor: Buffer.from('1.a').toString('base64url')}), {code: 'CASE_CURSOR'});
});

test('a foreign case does not exist for someone outside of its scope', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  for (const by of ['finn', 'emil', 'nobody']) {
    await t.throwsAsync(world.cases.view(person(by), caseId), {code: 'CASE_UNKNOWN'});
    await t.throwsAsync(world.cases.timeline(person(by), caseId), {code: 'CASE_UNKNOWN'});
    await t.throwsAsync(world.cases.diagram(person(by), caseId), {code: 'CASE_UNKNOWN'});
  }
  await t.throwsAsync(world.cases.view(person('anna'), 'no-such-case'), {code: 'CASE_UNKNOWN'});
  await t.notThrowsAsync(world.cases.view(person('rita'), caseId));
});

test('a denial of the right to read narrows what the bundle lets a person see, on the page and in searches; own tasks stay his', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  const reach = {own: true, unit: true, unitAndBelow: true, all: true};
  const sees = async (who: string) => {
    const found = (await world.cases.search(person(who), {q: number})).rows.length;
    const page = await world.cases.view(person(who), caseId).then(() => 1, (error: {code: string}) => (error.code === 'CASE_UNKNOWN' ? 0 : error.code));
    return [found, page];
  };
  const deny = (...relations: ReadonlyArray<keyof typeof reach>) => Object.assign(world.deps, {readReach: () => ({...reach, ...Object.fromEntries(relations.map(relation => [relation, false]))})});
  deny('own', 'unit', 'unitAndBelow', 'all');
  t.deepEqual(await sees('bela'), [1, 1], 'her task');
  t.is((await world.cases.inbox(person('bela'), {box: 'todo'})).rows.length, 1);
  t.deepEqual(await sees('rita'), [0, 0]);
  await act(world, 'bela', caseId, 'check', 'hand');
  t.deepEqual([await sees('anna'), await sees('bela')], [[0, 0], [0, 0]]);
  deny('unitAndBelow');
  t.deepEqual([await sees('anna'), await sees('rita')], [[1, 1], [0, 0]]);
  deny('unit', 'all');
  t.deepEqual([await sees('anna'), await sees('carl'), await sees('rita')], [[1, 1], [0, 0], [1, 1]], 'the closest relation decides');
  deny();
  t.deepEqual([await sees('carl'), await sees('rita'), await sees('emil')], [[1, 1], [1, 1], [0, 0]], 'what the bundle hides stays hidden');
});

test('a likely duplicate is shown while it is open, and only with all parts of the key', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  const find = async (values: Record<string, unknown>) => (await world.cases.duplicates(person('anna'), 'matter', values)).map(head => head.number);
  t.deepEqual(await find({...ordinary, phone: '138-0000-1234', title: '别的标题'}), [number]);
  t.deepEqual(await find({...ordinary, place: '别处'}), []);
  t.deepEqual(await find({...ordinary, place: ''}), []);
  await act(world, 'anna', caseId, 'check', 'close', {reply: '答复'});
  t.deepEqual(await find(ordinary), []);
});

test('a duplicate beyond the scope is not shown: nothing could be done with it', async t => {
  const world = await setup(t);
  await startOne(world);
  t.deepEqual((await world.cases.duplicates({...person('anna'), personId: 'else', unitId: 'region'}, 'matter', ordinary)).length, 0, 'beyond the scope there is nothing to append to');
});
