import test from 'ava';
import {act, ordinary, person, setup, startOne, work, type World} from './support/world.js';

const phone = '13800001234';
const look = async (world: World, by: string, asked = phone) => (await world.cases.callerHistory(person(by), {bundleId: 'matter', phone: asked})).cases;

test('who calls again is known by his exact phone: former cases newest first, with state, matter and whether they are open', async t => {
  const world = await setup(t);
  const first = await startOne(world);
  world.clock.moveBy(86_400_000);
  const second = await startOne(world, {...ordinary, title: '井盖丢了'});
  await startOne(world, {...ordinary, phone: '13800001235'});
  const found = await look(world, 'anna');
  t.deepEqual(found.map(each => [each.head.number, each.open]), [[second.number, true], [first.number, true]]);
  t.like(found[0]?.head, {matterTitle: '<0101>', state: {title: {'zh-CN': '受理中'}}, acceptedAt: world.clock.now()});
  t.is((await look(world, 'anna', ' 138 0000-1234 ')).length, 2);
  t.deepEqual(await look(world, 'anna', '13800001'), []);
  t.false(JSON.stringify(found).includes(phone), 'no answer repeats the number');
});

test('a case is in the history only for whom it is in scope, and who may see its phone', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  t.is((await look(world, 'bela')).length, 1);
  await t.throwsAsync(look(world, 'rita'), {code: 'CASE_START_FORBIDDEN'});
  await t.throwsAsync(look(world, 'nobody'), {code: 'CASE_START_FORBIDDEN'});
  await t.throwsAsync(world.cases.callerHistory(person('anna'), {bundleId: 'other', phone}), {code: 'CASE_APP_UNKNOWN'});
  await act(world, 'anna', caseId, 'check', 'hand');
  t.deepEqual(await look(world, 'anna'), [], 'the reader of this small world does not see the phone');
  const elsewhere = {...person('anna'), unitId: 'street'};
  t.deepEqual((await world.cases.callerHistory(elsewhere, {bundleId: 'matter', phone})).cases, []);
});

test('an anonymous case tells nobody who called', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await world.store.knex('case_record').where({id: caseId}).update({marks: 'vulnerable,anonymous'});
  t.deepEqual(await look(world, 'anna'), []);
});

test('the history ends after ten and says that there is more', async t => {
  const world = await setup(t);
  for (let count = 0; count < 11; count += 1) await startOne(world, {...ordinary, title: `第 ${count} 次`});
  const {cases, more} = await world.cases.callerHistory(person('anna'), {bundleId: 'matter', phone});
  t.deepEqual([cases.length, more], [10, true]);
});

test('each look is audited without the number', async t => {
  const world = await setup(t);
  await startOne(world);
  const before = world.audit.length;
  await look(world, 'anna');
  await look(world, 'anna', '13999999999');
  const looks = world.audit.slice(before);
  t.deepEqual(looks.map(entry => [entry.action, entry.result]), [['case.callerHistory', 'done'], ['case.callerHistory', 'done']]);
  t.not(looks[0]?.subject, looks[1]?.subject);
  t.notRegex(JSON.stringify(looks), /13800001234|13999999999/);
});

test('a case that repeats another is linked with it once, also when that has ended, and each says what it is', async t => {
  const world = await setup(t);
  const former = await startOne(world);
  await act(world, 'anna', former.caseId, 'check', 'close', {reply: '已修好'});
  const now = await startOne(world, {...ordinary, title: '又不亮了'});
  await Promise.all([1, 2, 3].map(() => world.cases.link(person('anna'), now.caseId, former.caseId, 'repeat')));
  const related = async (caseId: string) => (await world.cases.view(person('anna'), caseId)).related.map(each => [each.relation['zh-CN'], each.number]);
  t.deepEqual(await related(now.caseId), [['此前办件', former.number]]);
  t.deepEqual(await related(former.caseId), [['重复来电', now.number]]);
  const lines = async (caseId: string) => (await world.cases.timeline(person('anna'), caseId)).filter(line => line.kind === 'linked').map(line => line.text['zh-CN']);
  t.deepEqual(await lines(now.caseId), [`重复来电，此前办件 ${former.number}`]);
  t.deepEqual(await lines(former.caseId), [`重复来电，新办件 ${now.number}`]);
  t.is(world.audit.filter(entry => entry.action === 'case.link').length, 1);
  await t.throwsAsync(world.cases.link(person('finn'), now.caseId, former.caseId, 'repeat'), {code: 'CASE_UNKNOWN'});
});

test('urging tells whoever has the case, once in five minutes however many ask', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  const urge = () => world.cases.urge(person('anna'), caseId, '还没人来');
  const before = world.notices.length;
  const results = await Promise.allSettled([urge(), urge(), urge()]);
  t.is(results.filter(each => each.status === 'fulfilled').length, 1);
  t.deepEqual(world.notices.slice(before).map(notice => [notice.kind, [...notice.personIds].sort()]), [['case.urged', ['dora', 'emil']]]);
  await t.throwsAsync(urge(), {code: 'CASE_URGED'});
  world.clock.moveBy(5 * 60_000 + 1);
  await urge();
  t.deepEqual((await world.cases.timeline(person('anna'), caseId)).filter(line => line.kind === 'urged').map(line => [line.actorName, line.text['zh-CN']]), [['anna', '催办：还没人来'], ['anna', '催办：还没人来']]);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
});

test('an ended case, and one of somebody else, cannot be urged', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await t.throwsAsync(world.cases.urge(person('finn'), caseId, '快'), {code: 'CASE_UNKNOWN'});
  await act(world, 'anna', caseId, 'check', 'close', {reply: '好'});
  await t.throwsAsync(world.cases.urge(person('anna'), caseId, '快'), {code: 'CASE_ENDED'});
});
