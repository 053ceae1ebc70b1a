import test from 'ava';
import {act, ordinary, person, setup, startOne, work} from './support/world.js';

test('a reader sees what his rights show, the holder of a task what his step shows', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const holder = await world.cases.view(person('anna'), caseId);
  t.is(holder.form.values['phone'], '13800001234');
  t.true(holder.tasks[0]?.mine);
  t.deepEqual(holder.tasks[0]?.outcomes.map(outcome => outcome.id), ['hand', 'entrust', 'propose', 'broken', 'close']);
  t.true(holder.canCancel);
  const reader = await world.cases.view(person('rita'), caseId);
  t.is(reader.form.values['phone'], undefined);
  t.deepEqual(reader.tasks.map(task => [task.mine, task.outcomes.length, task.access]), [[false, 0, undefined]]);
  t.false(reader.canCancel);
  t.false(await world.cases.maySeeField(person('rita'), caseId, 'phone'));
  t.true(await world.cases.maySeeField(person('anna'), caseId, 'phone'));
  t.true(await world.cases.maySeePhone(person('anna'), caseId));
  t.false(await world.cases.maySeePhone(person('rita'), caseId));
  await t.throwsAsync(world.cases.maySeePhone(person('finn'), caseId), {code: 'CASE_UNKNOWN'});
});

test('the timeline tells who did what, and hides values that the reader may not see', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {phone: '13700000000', opinion: '请尽快'});
  const lines = await world.cases.timeline(person('anna'), caseId);
  t.deepEqual(lines.map(line => [line.kind, line.actorName]), [['started', 'anna'], ['completed', 'anna']]);
  const fields = async (by: string) => (await world.cases.timeline(person(by), caseId))[1]?.fields.map(field => field.title['zh-CN']).sort();
  t.deepEqual(await fields('rita'), ['opinion']);
  t.false(JSON.stringify(await world.store.knex('case_timeline')).includes('13700000000'));
});

test('a citizen sees public words with number and code, and nothing without', async t => {
  const world = await setup(t);
  const {caseId, number, queryCode} = await startOne(world);
  t.regex(queryCode, /^\d{8}$/);
  const typed = `${queryCode.slice(0, 4)} ${queryCode.slice(4).replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))}`;
  t.like(await world.cases.citizenView(number, typed), {state: {'zh-CN': '处置中'}, reply: null, secondRound: false, closedAt: null});
  await t.throwsAsync(world.cases.citizenView(number, 'wrong'), {code: 'CASE_CITIZEN_UNKNOWN'});
  await t.throwsAsync(world.cases.citizenView('650100-20260212-999999', queryCode), {code: 'CASE_CITIZEN_UNKNOWN'});
  await act(world, 'anna', caseId, 'check', 'close', {reply: '已处理完毕'});
  t.like(await world.cases.citizenView(number, queryCode), {state: {'zh-CN': '已办结'}, reply: '已处理完毕', closedAt: world.clock.now()});
  t.false(JSON.stringify(await world.store.knex('case_record').select('query_code')).includes(queryCode));
});

test('a query code with letters, as older cases have it, still opens its case', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  await world.store.knex('case_record').where({id: caseId}).update({query_code: world.deps.vault.seal('83kf2mzz')});
  t.like(await world.cases.citizenView(number, '83KF2MZZ'), {number});
});

test('the second round is shown to citizens as such', async t => {
  const world = await setup(t);
  const {caseId, number, queryCode} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  await act(world, 'bela', caseId, 'confirm', 'again');
  t.like(await world.cases.citizenView(number, queryCode), {state: {'zh-CN': '处置中（二次办理）'}, secondRound: true, leadUnit: {'zh-CN': '市政科', en: 'Roads Office'}});
  t.is((await world.cases.view(person('anna'), caseId)).head.round, 2);
});

test('the diagram marks what is done, current, ahead and skipped without asking the engine', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand');
  await work(world, caseId);
  world.engine.faults.down = true;
  const calls = {...world.engine.calls};
  const {marks, flows} = await world.cases.diagram(person('anna'), caseId);
  const status = Object.fromEntries(marks.map(mark => [mark.elementId, mark.status]));
  t.like(status, {register: 'done', check: 'done', prepare: 'done', handle: 'current', assist: 'ahead', confirm: 'ahead', archived: 'ahead', judge: 'skipped'});
  t.deepEqual([...flows].sort(), ['check-prepare', 'prepare-handle', 'register-check']);
  t.deepEqual(marks.find(mark => mark.elementId === 'handle')?.persons, ['市政科']);
  t.deepEqual(world.engine.calls, calls);
});

test('a task that the process takes away is cancelled in the diagram, has a line, and whoever had it is told', async t => {
  const world = await setup(t);
  const {caseId, number} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
  await work(world, caseId);
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  const {marks} = await world.cases.diagram(person('anna'), caseId);
  t.like(marks.find(mark => mark.elementId === 'assist'), {status: 'cancelled', persons: ['街道'], leftAt: world.clock.now()});
  t.is(marks.find(mark => mark.elementId === 'handle')?.status, 'done');
  const lines = (await world.cases.timeline(person('anna'), caseId)).filter(line => line.kind === 'task.cancelled');
  t.deepEqual(lines.map(line => [line.text['zh-CN'], line.unitName]), [['“assist”已取消（“handle”：finish）', '街道']]);
  t.deepEqual(world.notices.map(({personIds, kind, title}) => ({personIds, kind, title: title['zh-CN']})), [{personIds: ['finn'], kind: 'task.cancelled', title: `${number}：“assist”已取消`}]);
});

test('an assistant who answered in time is done, not cancelled, and is told nothing', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'hand', {helpers: ['street']});
  await work(world, caseId);
  await act(world, 'finn', caseId, 'assist', 'answer');
  await act(world, 'emil', caseId, 'handle', 'finish', {result: '好'});
  t.like((await world.cases.diagram(person('anna'), caseId)).marks.find(mark => mark.elementId === 'assist'), {status: 'done', persons: ['finn']});
  t.deepEqual(world.notices, []);
});

test('a case that is cancelled as a whole tells of itself, not of each of its tasks', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await world.cases.cancel(person('anna'), {caseId, reason: '重复登记', caseVersion: 1});
  t.deepEqual((await world.cases.timeline(person('anna'), caseId)).map(line => line.kind).filter(kind => kind === 'task.cancelled'), []);
  t.is((await world.cases.diagram(person('anna'), caseId)).marks.find(mark => mark.elementId === 'check')?.status, 'cancelled');
});

test('an ended case marks its end and skips the rest', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await act(world, 'anna', caseId, 'check', 'close', {reply: '好'});
  const {marks} = await world.cases.diagram(person('anna'), caseId);
  const status = Object.fromEntries(marks.map(mark => [mark.elementId, mark.status]));
  t.like(status, {check: 'done', archived: 'done', handle: 'skipped', confirm: 'skipped'});
  t.deepEqual(marks.find(mark => mark.elementId === 'check')?.persons, ['anna']);
});

test('cases are appended to and linked, each with a line and an audit row, the link once', async t => {
  const world = await setup(t);
  const one = await startOne(world);
  const other = await startOne(world, {...ordinary, title: '路灯又不亮'});
  await world.cases.append(person('anna'), one.caseId, '又打来一次');
  await world.cases.link(person('anna'), one.caseId, other.caseId);
  await world.cases.link(person('anna'), other.caseId, one.caseId);
  await t.throwsAsync(world.cases.link(person('anna'), one.caseId, one.caseId), {code: 'CASE_LINK_SELF'});
  await t.throwsAsync(world.cases.append(person('finn'), one.caseId, '无关'), {code: 'CASE_UNKNOWN'});
  t.deepEqual((await world.cases.view(person('anna'), other.caseId)).related.map(each => [each.relation['zh-CN'], each.number]), [['同诉办件', one.number]]);
  t.deepEqual((await world.cases.timeline(person('anna'), one.caseId)).map(line => line.kind), ['started', 'appended', 'linked']);
  t.is((await world.store.knex('case_link')).length, 1);
  t.deepEqual(world.audit.map(entry => entry.action), ['case.start', 'case.start', 'case.append', 'case.link']);
});

test('whoever has an open task is told of what is added, also where nobody took it; a case that has ended takes nothing', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  await world.cases.append(person('anna'), caseId, '又打来一次');
  t.deepEqual(world.notices.map(notice => [notice.kind, [...notice.personIds].sort()]), [['case.appended', ['bela', 'carl']]], 'not anna, who added it');
  await act(world, 'bela', caseId, 'check', 'close', {reply: '答复'});
  await t.throwsAsync(world.cases.append(person('anna'), caseId, '太晚'), {code: 'CASE_ENDED'});
});

test('the other cases of a call are told within the data scope, and a confidential one only to whoever may see the phone in it', async t => {
  const world = await setup(t);
  const {access} = world.deps.forms;
  Object.assign(world.deps, {forms: {...world.deps.forms, access: (...[bundle, asked]: Parameters<typeof access>) => ({...access(bundle, asked), ...(asked.step === 'handle' && asked.context['confidential'] === true ? {phone: 'hidden'} : {})})}});
  const made = await world.cases.start(person('anna'), {bundleId: 'matter', items: [{values: ordinary}, {values: {...ordinary, title: '举报科长', place: '别处', secret: true}}, {values: {...ordinary, title: '路面破损', place: '河边'}}]});
  const [open, secret, third] = made.map(each => each.caseId);
  const titles = async (by: string, caseId = '') => (await world.cases.view(person(by), caseId)).related.map(each => each.title).sort();
  t.deepEqual(await titles('anna', open), ['举报科长', '路面破损']);
  for (const caseId of [open, secret]) {
    await act(world, 'bela', caseId ?? '', 'check', 'hand');
    await work(world, caseId ?? '');
  }
  t.deepEqual(await titles('emil', open), [], 'he handles the confidential case, too, and must not learn that both are of one person');
  t.deepEqual(await titles('emil', secret), []);
  t.deepEqual(await titles('rita', open), ['路面破损'], 'whoever reads without the phone');
  await act(world, 'bela', third ?? '', 'check', 'hand');
  await work(world, third ?? '');
  t.deepEqual(await titles('emil', open), ['路面破损']);
});

test('of very many links the latest are told', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const [row] = await world.store.knex('case_record').where({id: caseId});
  const others = Array.from({length: 205}, (_, index) => ({...row, id: `other-${index}`, number: `N-${index}`, accepted_at: index}));
  for (let start = 0; start < others.length; start += 10) await world.store.knex('case_record').insert(others.slice(start, start + 10));
  for (const [index, {id}] of others.entries()) await world.store.knex('case_link').insert({case_id: caseId, other_id: id, relation: 'repeat', at: index, by_person: 'anna'});
  await world.store.knex('case_party').insert(others.map(({id}) => ({case_id: id, party: 'unit:city', path: 'region/city/'})));
  const {related} = await world.cases.view(person('anna'), caseId);
  t.deepEqual([related.length, related[0]?.number, related.at(-1)?.number], [200, 'N-5', 'N-204']);
});

test('attachments become the case’s own once', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, {...ordinary, papers: ['f1', 'f2']});
  await act(world, 'anna', caseId, 'check', 'hand', {papers: ['f1', 'f2', 'f3']});
  t.deepEqual(world.taken, ['f1', 'f2', 'f3']);
});

test('the start form offers what a new case needs', async t => {
  const world = await setup(t);
  const form = await world.cases.startForm(person('anna'), 'matter');
  t.deepEqual(form.sharedFields, ['phone', 'caller']);
  t.deepEqual(form.outcomes.map(outcome => outcome.id), ['submit']);
  t.deepEqual((await world.cases.apps(person('anna'))).map(app => app.bundleId), ['matter']);
  t.deepEqual(await world.cases.apps(person('emil')), []);
  await t.throwsAsync(world.cases.startForm(person('emil'), 'matter'), {code: 'CASE_START_FORBIDDEN'});
});

test('a case that a unit has says why it is there: words, row and version of the proposal, or why it was decided otherwise', async t => {
  const world = await setup(t);
  const proposal = {proposalReason: '占道经营由城管主办。', proposalRow: '020101|650102|roads', proposalVersion: '2026.1.0'};
  const {caseId} = await startOne(world, {...ordinary, ...proposal});
  const reasonFor = async (by: string) => (await world.cases.view(person(by), caseId)).dispatchReason;
  t.is(await reasonFor('anna'), null, 'nobody has it yet');
  await act(world, 'anna', caseId, 'check', 'hand');
  // A slow database answers the command before the engine has it: what follows is looked at once it has.
  await world.workerCases.relay(caseId);
  t.deepEqual(await reasonFor('anna'), {'zh-CN': '占道经营由城管主办。\n依据：占道经营·市政科，版本 2026.1.0', en: '占道经营由城管主办。\nSource: Stalls, version 2026.1.0'});
  t.like((await world.cases.view(person('carl'), caseId)).form.values, {proposalRow: '占道经营·市政科', proposalRowEn: 'Stalls'}, 'the form names the row, too');
  const other = await startOne(world, {...ordinary, ...proposal, proposalReasonEn: 'Led by the city managers.', place: '和平路'});
  await act(world, 'anna', other.caseId, 'check', 'hand', {why: '现场属市政养护范围'});
  await world.workerCases.relay(other.caseId);
  t.regex((await world.cases.view(person('anna'), other.caseId)).dispatchReason?.['zh-CN'] ?? '', /^改派理由：现场属市政养护范围\n原建议：占道经营由城管主办。\n依据：占道经营·市政科/);
  t.regex((await world.cases.view(person('anna'), other.caseId)).dispatchReason?.en ?? '', /\nProposed: Led by the city managers\.\n/);
});

test('why a case is with a unit is told only as far as the reader may see the fields, and not where nothing was stored', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world, {...ordinary, proposalReason: '占道经营由城管主办。', proposalRow: '020101|650102|roads'});
  await act(world, 'anna', caseId, 'check', 'hand');
  const {access} = world.deps.forms;
  Object.assign(world.deps.forms, {access: (...args: Parameters<typeof access>) => ({...access(...args), proposalReason: 'hidden', proposalRow: 'hidden'})});
  t.teardown(() => Object.assign(world.deps.forms, {access}));
  t.is((await world.cases.view(person('rita'), caseId)).dispatchReason, null);
  Object.assign(world.deps.forms, {access});
  t.regex((await world.cases.view(person('rita'), caseId)).dispatchReason?.['zh-CN'] ?? '', /城管主办/);
  const bare = await startOne(world, {...ordinary, place: '和平路'});
  await act(world, 'anna', bare.caseId, 'check', 'hand');
  t.is((await world.cases.view(person('anna'), bare.caseId)).dispatchReason, null);
});

test('who knows the stamp of a case is answered when it moved, and at once when it had already', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  const known = await world.cases.view(person('rita'), caseId);
  const next = world.cases.view(person('rita'), caseId, {stamp: known.stamp, ms: 60_000});
  const moved = await act(world, 'anna', caseId, 'check', 'hand');
  const seen = await next;
  t.true(seen.stamp > known.stamp);
  t.deepEqual(seen.tasks.map(task => task.id), moved.tasks.map(task => task.id));
  t.is((await world.cases.view(person('rita'), caseId, {stamp: known.stamp, ms: 60_000})).stamp, seen.stamp);
  t.is((await world.cases.view(person('rita'), caseId, {stamp: seen.stamp, ms: 1})).stamp, seen.stamp);
});

test('steps are told in both languages where the drawing has both: at the case and in what was written down', async t => {
  const world = await setup(t);
  const {caseId} = await startOne(world);
  t.deepEqual((await world.cases.view(person('anna'), caseId)).tasks.map(task => task.stepName), [{'zh-CN': 'check', en: 'Look through'}]);
  await act(world, 'anna', caseId, 'check', 'hand', {opinion: '请尽快'});
  t.deepEqual((await world.cases.timeline(person('anna'), caseId))[1]?.text, {'zh-CN': 'check：hand', en: 'Look through: hand'});
});
