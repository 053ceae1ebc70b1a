import test from 'ava';
import {isAppError} from '@banli/errors';
import {person, refOf, setup} from './support/review-world.js';

const code = (work: Promise<unknown>) => work.then(() => 'nothing was refused', (error: unknown) => (isAppError(error) ? error.code : String(error)));

test('a small change begins one review with its submission, and its decision comes back with who and why', async t => {
  const world = await setup(t);
  const change = await world.submitted();
  t.like(change, {state: 'inReview', reviewNumber: 'ML650000-20260212-000001'});
  const caseId = change.reviewCaseId ?? '';
  t.deepEqual(await world.inboxes(caseId), ['rita', 'both'], 'reviewers of the unit, not the author, not those elsewhere');
  const view = await world.cases.view(person('rita'), caseId);
  t.like(view.form.values, {title: '词：增词', link: `/catalogs/words?tab=changes&change=${change.id}`, rowCount: 1, addCount: 1, authorName: 'writer', summary: '新增 丁0'});
  t.is((await world.life.open(person('rita'), change.id)).diff[0]?.key, 'd0', 'whoever reviews sees the differences, whoever owns the catalog');
  t.is(await code(world.life.open(person('nobody'), change.id)), 'CATALOG_CHANGE_NOT_YOURS');
  await world.act('rita', caseId, 'firstReview', 'pass', '同意\n请尽快发布');
  t.is(await world.work(caseId), 'done');
  t.like(await world.reviewOf(change.id), {state: 'approved', decidedBy: 'rita', opinion: '同意 请尽快发布', reviewCaseId: caseId});
  t.like(await world.cases.view(person('rita'), caseId), {ended: true, head: {state: {id: 'reviewed'}}});
  t.deepEqual((await world.life.open(person('writer'), change.id)).lines.map(line => `${line.kind} ${line.personId}`).sort(), ['created writer', 'passed rita', 'submitted writer']);
  t.deepEqual(world.notices.map(notice => [notice.personIds, notice.title['zh-CN']]), [[['rita', 'both'], 'ML650000-20260212-000001 目录变更待初审'], [['writer'], '目录变更审核通过，等待发布']]);
  t.true(world.audit.some(entry => entry.action === 'catalogs.pass' && entry.subject === change.id));
});

test('many rows are reviewed twice, by two persons, neither of them the author', async t => {
  const world = await setup(t);
  const change = await world.submitted(21);
  const caseId = change.reviewCaseId ?? '';
  await world.act('both', caseId, 'firstReview', 'pass');
  t.deepEqual(await world.inboxes(caseId), ['admin'], 'not the first reviewer, though he has the role');
  await world.act('admin', caseId, 'secondReview', 'back', '请核实');
  t.deepEqual(await world.inboxes(caseId), ['rita', 'both']);
  await world.act('both', caseId, 'firstReview', 'pass', '已核实');
  await world.act('admin', caseId, 'secondReview', 'fail', '请分批提交');
  await world.work(caseId);
  t.like(await world.reviewOf(change.id), {state: 'failed', decidedBy: 'admin', opinion: '请分批提交'});
});

test('a catalog says itself how often it is reviewed, and by the level of its owner', async t => {
  const reviewed = async (review: string, rows: number) => {
    const world = await setup(t);
    await world.asking(review);
    const caseId = (await world.submitted(rows)).reviewCaseId ?? '';
    await world.act('both', caseId, 'firstReview', 'pass');
    return (await world.inboxes(caseId)).length === 0 ? 'once' : 'twice';
  };
  t.is(await reviewed('{risk: low}', 21), 'once');
  t.is(await reviewed('{risk: high}', 1), 'twice');
  t.is(await reviewed("{risk: low, byLevel: {'1': high}}", 1), 'twice');
  t.is(await reviewed("{risk: high, byLevel: {'1': low}}", 1), 'once');
  t.is(await reviewed("{byLevel: {'2': high}}", 1), 'once', 'says nothing of the first level: as ever');
});

test('whose a catalog is, is decided by two, also where its rows are by one', async t => {
  const world = await setup(t);
  await world.asking('{risk: low}');
  let change = await world.life.create(person('writer'), {catalogId: 'words', title: '改名'});
  change = await world.life.put(person('writer'), refOf(change), {table: '.catalog', op: 'modify', key: 'words', cells: {titleZh: '词目'}});
  const caseId = (await world.life.submit(person('writer'), refOf(change))).reviewCaseId ?? '';
  t.like((await world.cases.view(person('rita'), caseId)).form.values, {summary: '修改 目录设置 词：名称 词 → 词目'});
  await world.act('both', caseId, 'firstReview', 'pass');
  t.deepEqual(await world.inboxes(caseId), ['admin']);
});

test('while the chain runs nobody decides on the change itself; without one the first reviewer does', async t => {
  const world = await setup(t);
  const change = await world.submitted();
  const refused: unknown = await world.life.decide(person('rita'), refOf(change), {result: 'pass', opinion: ''}).catch((error: unknown) => error);
  t.true(isAppError(refused, 'CATALOG_CHANGE_CHAIN_RUNS') && refused.message.includes('ML650000-20260212-000001'));
  t.is(await code(world.life.submit(person('writer'), refOf(change))), 'CATALOG_CHANGE_STATE');
  world.settings.bundleId = null;
  const plain = await world.submitted();
  t.is(plain.reviewCaseId, null);
  t.is((await world.life.decide(person('rita'), refOf(plain), {result: 'pass', opinion: ''})).state, 'approved');
});

test('a chain whose bundle is not published refuses the submission, and nothing is half-done', async t => {
  const world = await setup(t);
  world.settings.published = false;
  t.is(await code(world.submitted()), 'CATALOG_CHANGE_CHAIN_MISSING');
  t.deepEqual([(await world.store.knex('case_record')).length, (await world.store.knex('catalog_change').select('state'))], [0, [{state: 'editing'}]]);
});

test('two submissions at once begin one review', async t => {
  const world = await setup(t);
  let change = await world.life.create(person('writer'), {catalogId: 'words', title: '增词'});
  change = await world.life.put(person('writer'), refOf(change), {op: 'add', cells: {code: 'd', titleZh: '丁', titleEn: 'D', sourceRef: 'own:'}});
  const both = await Promise.allSettled([1, 2].map(() => world.life.submit(person('writer'), refOf(change))));
  t.deepEqual(both.map(each => each.status).sort(), ['fulfilled', 'rejected']);
  t.is((await world.store.knex('case_record')).length, 1);
});

test('a worker that dies between its commit and the engine decides once', async t => {
  const world = await setup(t);
  const change = await world.submitted();
  const caseId = change.reviewCaseId ?? '';
  await world.act('rita', caseId, 'firstReview', 'fail', '重复');
  t.is(await world.work(caseId, 'commitOnly'), 'done');
  const decided = await world.reviewOf(change.id);
  t.is(decided.state, 'failed');
  t.is(await world.work(caseId), 'repeated');
  t.is((await world.reviewOf(change.id)).lockVersion, decided.lockVersion);
  t.is(world.audit.filter(entry => entry.action === 'catalogs.fail').length, 1);
  t.true((await world.cases.view(person('rita'), caseId)).ended);
});

test('with the engine down the submission stands, and the review begins when it is back', async t => {
  const world = await setup(t);
  const {faults} = world.engine;
  if (!faults) throw new Error('the engine in memory has faults');
  faults.down = true;
  const change = await world.submitted();
  const caseId = change.reviewCaseId ?? '';
  t.is(change.state, 'inReview');
  t.deepEqual(await world.inboxes(caseId), []);
  faults.down = false;
  await world.relay.deliver(caseId);
  faults.lostAnswers = 1;
  await world.act('rita', caseId, 'firstReview', 'pass');
  await world.relay.deliver(caseId);
  await world.work(caseId);
  t.is((await world.reviewOf(change.id)).state, 'approved');
});

test('an engine that refuses the start gives the change back to its author, without a draft', async t => {
  const world = await setup(t);
  const {faults} = world.engine;
  if (!faults) throw new Error('the engine in memory has faults');
  faults.refuse = () => true;
  const change = await world.submitted();
  faults.refuse = null;
  t.like(await world.reviewOf(change.id), {state: 'editing', submittedAt: null});
  t.is((await world.store.knex('case_draft')).length, 0);
  const again = await world.life.submit(person('writer'), refOf(await world.reviewOf(change.id)));
  t.not(again.reviewCaseId, change.reviewCaseId);
});

test('a cancelled review takes the change back to its author; a revoked change ends its review', async t => {
  const world = await setup(t);
  const first = await world.submitted();
  await t.throwsAsync(world.cases.cancel(person('rita'), {caseId: first.reviewCaseId ?? '', reason: '误提交', caseVersion: 1}), {code: 'CASE_CANCEL_FORBIDDEN'});
  await world.cases.cancel(person('writer'), {caseId: first.reviewCaseId ?? '', reason: '误提交', caseVersion: 1});
  t.is((await world.reviewOf(first.id)).state, 'editing');
  t.true((await world.life.open(person('writer'), first.id)).lines.some(line => line.kind === 'withdrawn'));
  const second = await world.life.submit(person('writer'), refOf(await world.reviewOf(first.id)));
  t.is((await world.life.revoke(person('writer'), refOf(second))).state, 'revoked');
  t.like(await world.cases.view(person('writer'), second.reviewCaseId ?? ''), {ended: true, head: {state: {id: 'cancelled'}}});
  t.deepEqual(await world.inboxes(second.reviewCaseId ?? ''), []);
  t.is((await world.reviewOf(first.id)).state, 'revoked');
});

test('a change revoked while the worker carries its decision stays revoked', async t => {
  const world = await setup(t);
  const {faults} = world.engine;
  const change = await world.submitted();
  const caseId = change.reviewCaseId ?? '';
  await world.act('rita', caseId, 'firstReview', 'pass');
  if (!faults) throw new Error('the engine in memory has faults');
  faults.down = true;
  await world.life.revoke(person('writer'), refOf(await world.reviewOf(change.id)));
  faults.down = false;
  t.is(await world.work(caseId), 'over', 'the engine does not know yet and gave the work out');
  t.is((await world.reviewOf(change.id)).state, 'revoked');
  await world.relay.deliver(caseId);
  t.true((await world.cases.view(person('writer'), caseId)).ended);
});

test('a chain drawn badly decides nothing: not by nobody, not by an author, not for a change of another review', async t => {
  const world = await setup(t);
  const change = await world.submitted();
  const caseId = change.reviewCaseId ?? '';
  const carry = (doers: readonly string[], more: {caseId?: string; result?: 'pass' | 'fail'} = {}) =>
    world.store.tx(tx => world.life.carry(tx, {caseId, result: 'pass', opinion: null, doers: doers.map(id => ({personId: id, personName: id, unitId: 'centre'})), at: 1, ...more}));
  t.is(await code(carry([])), 'CATALOG_CHANGE_CHAIN_NOBODY');
  t.is(await code(carry(['writer', 'rita'])), 'CATALOG_CHANGE_OWN_REVIEW');
  t.is(await code(carry(['rita'], {result: 'fail'})), 'CATALOG_CHANGE_OPINION_MISSING');
  t.is(await code(carry(['rita'], {caseId: 'elsewhere'})), 'CATALOG_CHANGE_UNKNOWN');
  t.is((await world.reviewOf(change.id)).state, 'inReview');
  t.is((await carry(['rita'])).how, 'carried');
  t.is((await carry(['rita'])).how, 'before');
});

test('a review that nobody may take warns whoever submits, raises one alarm, and is solved when somebody has the role', async t => {
  const world = await setup(t);
  world.away.add('rita').add('both').add('admin');
  const change = await world.submitted();
  t.deepEqual(change.warnings.map(({code, severity, place}) => [code, severity, place.element]), [['CATALOG_CHANGE_CHAIN_UNATTENDED', 'warning', '初审'], ['CATALOG_CHANGE_CHAIN_UNATTENDED', 'warning', '复审']]);
  const alarms = () => world.store.knex('case_alarm').select('kind', 'case_id', 'closed_at', 'closed_by', 'text');
  t.like(await alarms(), [{kind: 'nobody', case_id: change.reviewCaseId, closed_at: null}]);
  t.regex(String((await alarms())[0]?.text), /“初审”没有可办理的人：centre无人任审核员/);
  await world.reconciler.pass();
  await world.reconciler.pass();
  t.is((await alarms()).length, 1);
  world.away.delete('rita');
  await world.reconciler.pass();
  t.like(await alarms(), [{closed_by: 'system', closed_at: world.clock.now()}]);
  t.true((await world.inboxes(change.reviewCaseId ?? '')).includes('rita'));
  await world.act('rita', change.reviewCaseId ?? '', 'firstReview', 'pass', '同意');
});

test('a review with people for every step warns of nothing; who leaves while it waits is noticed, and a later step alarms anew', async t => {
  const world = await setup(t);
  const change = await world.submitted(21);
  t.deepEqual(change.warnings, []);
  const kinds = async () => (await world.store.knex('case_alarm').orderBy('id').select('kind', 'closed_by')).map(row => `${row.kind} ${row.closed_by ?? 'open'}`);
  t.deepEqual(await kinds(), []);
  world.away.add('rita').add('both').add('writer');
  await world.reconciler.pass();
  t.deepEqual(await kinds(), ['nobody open']);
  world.away.delete('both');
  world.clock.moveBy(60_000);
  await world.reconciler.pass();
  world.away.add('admin');
  await world.act('both', change.reviewCaseId ?? '', 'firstReview', 'pass');
  t.deepEqual(await kinds(), ['nobody system', 'nobody open'], 'the only administrator did the first review');
});
