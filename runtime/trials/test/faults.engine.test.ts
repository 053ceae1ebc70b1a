import {caseRoutes, designRoutes, draftRoutes, fileRoutes, inboxRoutes, noticeRoutes, operationRoutes, taskRoutes, type Route} from '@banli/api';
import test from 'ava';
import {FormData} from 'undici';
import {goodsOrder, resultOf, stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {createBrowser, uploadPicture} from '../src/person.js';
import {asksEngine, signedVariableOf} from './support/engine-rest.js';
import {failStep} from './support/failed-step.js';
import {hostileFiles} from './support/hostile.js';
import {clockOf, fieldsOf, openSteps, useStage, type Order, type Stage} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
const unit = 'u650102-chengguan';

async function inReview(scene: Stage): Promise<{order: Order; taskId: string}> {
  const order = await scene.registerOne({...stallOrder, intakeRoute: 'review'});
  return {order, taskId: (await scene.open('shi.shenhe', order.caseId, 'reviewIntake')).task.id};
}

/** How each of several attempts at the same moment ended: `done` or the code of the refusal, sorted. */
async function atOnce(scene: Stage, attempts: ReadonlyArray<() => Promise<unknown>>): Promise<readonly string[]> {
  const ends = await Promise.all(attempts.map(attempt => scene.refusal(attempt)));
  return ends.map(end => end?.code ?? 'done').sort();
}

async function completions(scene: Stage, account: string, caseId: string, stepId: string): Promise<number> {
  return (await scene.lines(account, caseId)).filter(line => line.kind === 'completed' && line.stepId === stepId).length;
}

test.serial('two people at one task: one command takes effect, the other is told that the task is done', async t => {
  const scene = stage();
  const {order, taskId} = await inReview(scene);
  const review = (account: string) => () => scene.completeTask(account, taskId, 'dispatch', {opinion: `${account} 同意`});
  t.deepEqual(await atOnce(scene, [review('shi.shenhe'), review('shi.zhiban')]), ['CASE_TASK_DONE', 'done']);
  t.is(await completions(scene, 'shi.shenhe', order.caseId, 'reviewIntake'), 1);
  await scene.open('shi.paidan', order.caseId, 'dispatchCase');
});

test.serial('a task that one person took is refused to the other until it is given back', async t => {
  const scene = stage();
  const {order, taskId} = await inReview(scene);
  const claim = async (account: string) => (await scene.person(account)).call(taskRoutes.claim, {params: {taskId}});
  t.deepEqual(await atOnce(scene, [() => claim('shi.shenhe'), () => claim('shi.zhiban')]), ['CASE_TASK_TAKEN', 'done']);
  const holder = (await scene.view('shi.shenhe', order.caseId)).tasks[0]?.assignee?.name;
  t.truthy(holder);
  const [mine, other] = (await scene.person('shi.shenhe')).session.person.name === holder ? ['shi.shenhe', 'shi.zhiban'] : ['shi.zhiban', 'shi.shenhe'];
  const refused = await scene.refusal(() => scene.completeTask(other, taskId, 'dispatch', {opinion: '同意'}));
  t.deepEqual([refused?.code, refused?.answer.details['name']], ['CASE_TASK_TAKEN', holder]);
  await (await scene.person(mine)).call(taskRoutes.release, {params: {taskId}});
  await scene.completeTask(other, taskId, 'dispatch', {opinion: '同意'});
});

test.serial('the same submit twice, at once and later, takes effect once', async t => {
  const scene = stage();
  const {order, taskId} = await inReview(scene);
  const submit = () => scene.completeTask('shi.shenhe', taskId, 'dispatch', {opinion: '同意'});
  t.deepEqual(await atOnce(scene, [submit, submit, submit]), ['CASE_TASK_DONE', 'CASE_TASK_DONE', 'done']);
  t.is((await scene.refusal(submit))?.code, 'CASE_TASK_DONE');
  t.is(await completions(scene, 'shi.shenhe', order.caseId, 'reviewIntake'), 1);

  const clerk = await scene.person('shi.shouli');
  const draft = await clerk.call(draftRoutes.create, {body: {bundleId: 'hotline', items: [goodsOrder]}});
  const start = () => clerk.call(caseRoutes.start, {body: {bundleId: 'hotline', draftId: draft.id, items: [{values: goodsOrder}]}});
  const answers = await Promise.all([start(), start()]);
  t.is(new Set(answers.flatMap(answer => answer.cases.map(each => each.number))).size, 1, 'one draft makes one order');
});

test.serial('a call under a key of its own is registered once, at once and later; another person with the same key registers his own', async t => {
  const scene = stage();
  const callKey = 'outside-system-2026-03-02-17';
  const body = {bundleId: 'hotline', callKey, items: [{values: goodsOrder}]};
  const start = async (account: string, more = {}) => (await (await scene.person(account)).call(caseRoutes.start, {body: {...body, ...more}})).cases;
  const [first, ...others] = await Promise.all([start('shi.shouli'), start('shi.shouli'), start('shi.shouli')]);
  for (const other of [...others, await start('shi.shouli')]) t.deepEqual(other, first);
  t.not((await start('qu.shouli'))[0]?.number, first?.[0]?.number);
  const changed = await scene.refusal(() => start('shi.shouli', {items: [{values: {...goodsOrder, place: '解放南路北口'}}]}));
  t.deepEqual([changed?.status, changed?.code, changed?.answer.details['numbers']], [409, 'CASE_CALL_CHANGED', first?.[0]?.number]);
  for (const wrong of ['short', 'has a blank in it, too']) t.is((await scene.refusal(() => start('shi.shouli', {callKey: wrong})))?.status, 400, wrong);
});

test.serial('forged, hidden, unknown and badly typed fields are refused by name, and nothing is done', async t => {
  const scene = stage();
  const order = await scene.handedTo('ts.chengguan', unit);
  const before = await scene.view('ts.chengguan', order.caseId);
  const evidence = await uploadPicture(await scene.person('ts.chengguan'), '现场.png');
  const submit = (more: object) => scene.refusal(() => scene.finish('ts.chengguan', order.caseId, 'handleCase', 'submit', {...resultOf('已处理', [evidence]), ...more}));
  const forged = await submit({idNumber: '650102199001011234', tags: ['涉稳'], matter: '010101', satisfaction: 'satisfied', nonsense: 1});
  t.deepEqual([forged?.code, forged?.status, fieldsOf(forged)], ['CASE_INPUT', 422, ['idNumber', 'matter', 'nonsense', 'satisfaction', 'tags']]);
  t.deepEqual([...new Set(forged?.answer.problems.map(problem => problem.code))].sort(), ['FORMS_FIELD_FORBIDDEN', 'FORMS_FIELD_UNKNOWN']);
  // Computed: in a literal the key would only name the prototype, and never be sent.
  const proto = await submit({['__proto__']: {isAdmin: true}});
  t.deepEqual([proto?.code, proto?.status], ['HTTP_JSON_UNSAFE', 400]);
  t.deepEqual(fieldsOf(await submit({result: 5, basis: ['a'], evidence: 'x'})), ['basis', 'evidence', 'result']);
  t.is((await submit({evidence: ['no-such-file']}))?.code, 'FILES_UNKNOWN');
  t.is((await scene.refusal(() => scene.finish('ts.chengguan', order.caseId, 'handleCase', 'approve')))?.code, 'CASE_OUTCOME_UNKNOWN');
  const started = await scene.refusal(() => scene.registerOne({...stallOrder, leadUnit: unit, satisfaction: 'satisfied'}));
  t.deepEqual(fieldsOf(started), ['leadUnit', 'satisfaction']);
  const after = await scene.view('ts.chengguan', order.caseId);
  t.deepEqual([after.version, after.form.values, openSteps(after)], [before.version, before.form.values, ['handleCase']]);
});

test.serial('what a person may not see does not exist for him', async t => {
  const scene = stage();
  const order = await scene.handedTo('ts.chengguan', unit);
  const view = await scene.view('ts.chengguan', order.caseId);
  const stranger = await scene.person('syb.shijian');
  const {caseId} = order;
  const clockId = clockOf(view, 'resolve').id;
  const reads: ReadonlyArray<readonly [Route, object]> = [[caseRoutes.view, {caseId}], [caseRoutes.timeline, {caseId}], [caseRoutes.diagram, {caseId}], [caseRoutes.explainClock, {caseId, clockId}], [fileRoutes.ofCase, {caseId}], [caseRoutes.document, {caseId, documentId: 'any'}]];
  for (const [route, params] of reads) {
    const foreign = await scene.refusal(() => stranger.call(route, {params: params as never}));
    const unknown = await scene.refusal(() => stranger.call(route, {params: {...params, caseId: '01AAAAAAAAAAAAAAAAAAAAAAAA'} as never}));
    t.deepEqual([foreign?.status, foreign?.code], [404, 'CASE_UNKNOWN'], route.id);
    t.deepEqual([unknown?.status, unknown?.code], [404, 'CASE_UNKNOWN'], route.id);
  }
  const taskId = view.tasks[0]?.id ?? '';
  t.is((await scene.refusal(() => scene.completeTask('syb.shijian', taskId, 'submit', {})))?.code, 'CASE_TASK_UNKNOWN');
  t.deepEqual((await stranger.call(inboxRoutes.search, {body: {q: order.number}})).rows, []);
  const analyst = await scene.refusal(() => scene.view('qu.fenxi', caseId));
  t.deepEqual([analyst?.status, analyst?.code], [404, 'CASE_UNKNOWN']);
  const system = await scene.refusal(() => scene.view('qu.xitong', caseId));
  t.deepEqual([system?.status, system?.code], [403, 'PERMISSIONS_DENIED']);
});

test.serial('a broken body and a file that lies are refused with a code and without a word about the inside', async t => {
  const scene = stage();
  const browser = createBrowser(scene.instance.url);
  const answer = await browser.fetch('/api/session', {method: 'POST', headers: {'content-type': 'application/json'}, body: '{"account": '});
  t.is(answer.status, 400);
  const text = await answer.text();
  t.regex(text, /"code":"HTTP_/);
  t.notRegex(text, /node_modules|\.ts:|at Object/);
  await browser.close();
  const form = new FormData();
  form.append('file', new Blob([Buffer.from('MZ\u0000\u0001 not a picture')], {type: 'image/png'}), '照片.png');
  const lie = await scene.refusal(async () => (await scene.person('shi.shouli')).call(fileRoutes.upload, {form}));
  t.is(lie?.code, 'FILES_TYPE_FALSE');
});

test.serial('a condition that fails in the engine is undone, told, alarmed, and blocks nothing', async t => {
  const scene = stage();
  const order = await scene.registerOne();
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: unit, assistUnits: []});
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'return', {returnReason: 'content-unclear', returnText: '未写明位置'});
  const {view: before, task} = await scene.open('shi.shenhe', order.caseId, 'reviewReturn');
  const signed = await signedVariableOf(scene.instance, order.caseId);
  await signed.spoil();
  const undone = await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'refuse', {opinion: '请先核实'});
  t.true((await scene.lines('shi.shenhe', order.caseId)).some(line => line.kind === 'compensated' && line.stepId === 'reviewReturn'));
  t.deepEqual([undone.pending, undone.form.values, undone.clocks.map(clock => clock.dueAt)], [null, before.form.values, before.clocks.map(clock => clock.dueAt)]);
  t.is((await scene.open('shi.shenhe', order.caseId, 'reviewReturn')).task.id, task.id, 'the same task is back in the inbox');
  const alarms = (await (await scene.person('shi.duban')).call(operationRoutes.alarms)).alarms;
  t.is(alarms.filter(alarm => alarm.caseId === order.caseId && alarm.kind === 'compensated').length, 1);
  const notices = (await (await scene.person('shi.shenhe')).call(noticeRoutes.list, {query: {}})).notices;
  t.true(notices.some(notice => notice.kind === 'case.compensated' && notice.caseId === order.caseId));
  await signed.restore();
  await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'refuse', {opinion: '请先核实'});
  await scene.finish('ts.chengguan', order.caseId, 'signCase', 'sign');
});

test.serial('a worker whose completion fails in the engine stops with an alarm, and goes on by 再试一次 once the cause is gone', async t => {
  t.timeout(300_000);
  const scene = stage();
  const {order, due} = await failStep(scene);
  const guard = await scene.person('shi.duban');
  const openAlarm = () => scene.wait('an alarm of the failed step', async () => (await guard.call(operationRoutes.alarms)).alarms.find(alarm => alarm.caseId === order.caseId && alarm.kind === 'incident' && alarm.closedAt === null) ?? null, 120);
  const first = await openAlarm();
  const [running] = (await asksEngine(scene.instance, 'GET', `/process-instance?businessKey=${order.caseId}`)) as ReadonlyArray<{readonly id: string}>;
  const stopped = (await asksEngine(scene.instance, 'GET', `/external-task?processInstanceId=${running?.id ?? ''}`)) as ReadonlyArray<{readonly activityId: string; readonly retries: number}>;
  t.deepEqual(stopped.map(task => [task.activityId, task.retries]), [['sendCloseNotice', 0]]);
  t.is((await scene.store.knex('worker_run').where({case_id: order.caseId, step_id: 'sendCloseNotice'})).length, 0);

  await guard.call(operationRoutes.retryAlarm, {params: {alarmId: first.id}});
  const second = await openAlarm();
  t.not(second.id, first.id, 'the cause is still there: a new alarm');
  await due.restore();
  await guard.call(operationRoutes.retryAlarm, {params: {alarmId: second.id}});
  await scene.open('shi.huifang', order.caseId, 'callbackCitizen');
  t.is((await scene.refusal(() => guard.call(operationRoutes.retryAlarm, {params: {alarmId: second.id}})))?.code, 'CASE_ALARM_CLOSED');
  t.is((await scene.lines('shi.shenhe', order.caseId)).filter(line => line.kind === 'work.retried').length, 2);
});

test.serial('a hostile drawing is refused with every problem, and neither stored nor deployed', async t => {
  const scene = stage();
  const analyst = await scene.person('qu.fenxi');
  const params = {bundleId: 'hotline'};
  const current = await analyst.call(designRoutes.draft, {params});
  const deployed = () => asksEngine(scene.instance, 'GET', '/deployment/count');
  const before = [await deployed(), (await analyst.call(designRoutes.releases, {params})).releases.map(release => release.hash)];
  for (const {title, files, problems} of hostileFiles(current.files)) {
    const found = (await analyst.call(designRoutes.check, {params, body: {files: {...current.files, ...files}}})).problems;
    for (const [code, element] of problems) t.true(found.some(problem => problem.code === code && (element === null || problem.place.element === element) && problem.place.file !== undefined), `${title}: ${code} at ${element ?? 'the file'} in ${JSON.stringify(found.slice(0, 12))}`);
    const {revision} = await analyst.call(designRoutes.draft, {params});
    const saved = await analyst.call(designRoutes.saveDraft, {params, body: {files, revision}});
    const refused = await scene.refusal(() => analyst.call(designRoutes.publish, {params, body: {revision: saved.revision}}));
    t.deepEqual([refused?.code, refused?.status], ['RELEASE_REFUSED', 422], title);
    t.deepEqual(refused?.answer.problems.map(problem => problem.code).sort(), found.map(problem => problem.code).sort(), title);
    t.true(refused?.answer.problems.every(problem => problem.message !== '' && problem.messageZh !== undefined), title);
    await analyst.call(designRoutes.discardDraft, {params});
  }
  t.deepEqual([await deployed(), (await analyst.call(designRoutes.releases, {params})).releases.map(release => release.hash)], before);
  t.is((await scene.refusal(async () => (await scene.person('shi.paidan')).call(designRoutes.draft, {params})))?.code, 'PERMISSIONS_DENIED');
});

test.serial('a changed bundle is a new release for new cases, while an open case ends on its own', async t => {
  const scene = stage();
  const analyst = await scene.person('qu.fenxi');
  const params = {bundleId: 'hotline'};
  const releases = async () => (await analyst.call(designRoutes.releases, {params})).releases;
  const open = await scene.registerOne({...stallOrder, callbackWanted: false});
  await scene.open('shi.paidan', open.caseId, 'dispatchCase');
  const {files, revision} = await analyst.call(designRoutes.draft, {params});
  const drawing = 'processes/hotlineCase.bpmn';
  const changed = {[drawing]: (files[drawing] ?? '').replace('id="dispatchCase" name="派单"', 'id="dispatchCase" name="派发工单"'), 'bundle.yaml': (files['bundle.yaml'] ?? '').replace(/^version: .*$/m, 'version: 1.1.0')};
  const saved = await analyst.call(designRoutes.saveDraft, {params, body: {files: changed, revision}});
  t.is((await scene.refusal(() => analyst.call(designRoutes.saveDraft, {params, body: {files: changed, revision}})))?.code, 'RELEASE_DRAFT_CHANGED');
  const {release} = await analyst.call(designRoutes.publish, {params, body: {revision: saved.revision}});
  const listed = await releases();
  t.deepEqual(listed.map(each => [each.version, each.current]), [['1.1.0', true], ['1.0.1', false]]);
  t.true((listed[1]?.openCases ?? 0) >= 1);
  const fresh = await scene.registerOne({...stallOrder, place: '解放南路西口'});
  t.is((await scene.open('shi.paidan', fresh.caseId, 'dispatchCase')).task.stepName['zh-CN'], '派发工单');
  t.is((await scene.open('shi.paidan', open.caseId, 'dispatchCase')).task.stepName['zh-CN'], '派单');
  await scene.finish('shi.paidan', open.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: unit, assistUnits: []});
  await scene.finish('ts.chengguan', open.caseId, 'signCase', 'sign');
  await scene.finish('ts.chengguan', open.caseId, 'handleCase', 'submit', resultOf('已清理', [await uploadPicture(await scene.person('ts.chengguan'), '现场.png')]));
  await scene.finish('shi.jieguo', open.caseId, 'reviewResult', 'quote');
  t.true((await scene.ended('shi.jieguo', open.caseId)).ended);
  t.is(listed[0]?.hash, release.hash);
});

test.serial('while the engine is gone a command is accepted once and shown as pending, reading goes on, and all of it completes when it is back', async t => {
  const scene = stage();
  const waiting = await scene.registerOne({...stallOrder, place: '解放南路北口'});
  const {task} = await scene.open('shi.paidan', waiting.caseId, 'dispatchCase');
  const enginePid = scene.instance.ready().pids.engine;
  const dispatcher = await scene.person('shi.paidan');
  const dispatch = () => scene.completeTask('shi.paidan', task.id, 'dispatch', {mode: 'single', leadUnit: unit, assistUnits: []});
  await scene.instance.kill('engine');
  const accepted = await dispatch();
  t.truthy(accepted.pending);
  t.deepEqual([accepted.head.marks, accepted.tasks.map(each => [each.state, each.mine])], [['pending'], [['submitting', false]]]);
  const second = await scene.refusal(dispatch);
  t.deepEqual([second?.status, second?.code], [409, 'CASE_PENDING']);
  const started = await scene.registerOne({...stallOrder, place: '解放南路南口'});
  t.regex(started.number, /^650100-20260302-\d{6}$/);
  for (const order of [waiting, started]) t.truthy((await scene.view('shi.paidan', order.caseId)).pending);
  t.true((await scene.lines('shi.paidan', waiting.caseId)).length > 0);
  t.true((await dispatcher.call(caseRoutes.diagram, {params: {caseId: waiting.caseId}})).marks.length > 0);
  t.deepEqual((await dispatcher.call(inboxRoutes.search, {body: {q: waiting.number}})).rows.map(row => row.id), [waiting.caseId]);
  t.deepEqual(await scene.states('shi.paidan', waiting), ['待派发', '待受理']);
  const engine = await dispatcher.call(operationRoutes.engine);
  t.deepEqual([engine.up, engine.pendingCommands >= 2], [false, true]);
  t.like(await dispatcher.call(operationRoutes.readyz), {status: 'degraded', database: 'up', engine: 'down'});

  await scene.wait('the engine is back', async () => ((await dispatcher.call(operationRoutes.engine)).up ? true : null), 180);
  t.not(scene.instance.ready().pids.engine, enginePid);
  await scene.wait('both commands took effect', async () => {
    const [one, other] = [await scene.view('shi.paidan', waiting.caseId), await scene.view('shi.paidan', started.caseId)];
    return openSteps(one).includes('signCase') && openSteps(other).includes('dispatchCase') ? true : null;
  }, 30);
  t.is(await completions(scene, 'shi.paidan', waiting.caseId, 'dispatchCase'), 1);
  t.like(await dispatcher.call(operationRoutes.readyz), {status: 'ready', engine: 'up'});
  await scene.finish('ts.chengguan', waiting.caseId, 'signCase', 'sign');
});

test.serial('the audit chain verifies over HTTP, and a changed row is found', async t => {
  const scene = stage();
  const auditor = await scene.person('qu.shenji');
  const whole = await scene.wait('the rows are sealed', async () => {
    const report = await auditor.call(operationRoutes.verifyAudit);
    return report.checked > 20 ? report : null;
  });
  t.deepEqual([whole.good, whole.faults], [true, []]);
  const row = await scene.store.knex('audit_entry').whereNotNull('seq').andWhere({action: 'case.complete'}).orderBy('seq').first<{id: string; seq: number; person_name: string}>();
  await scene.store.knex('audit_entry').where({id: row.id}).update({person_name: '别人'});
  const touched = await auditor.call(operationRoutes.verifyAudit);
  t.deepEqual([touched.good, touched.faults.map(fault => fault.seq).includes(Number(row.seq))], [false, true]);
  await scene.store.knex('audit_entry').where({id: row.id}).update({person_name: row.person_name});
  t.true((await auditor.call(operationRoutes.verifyAudit)).good);
  t.is((await scene.refusal(async () => (await scene.person('shi.paidan')).call(operationRoutes.verifyAudit)))?.code, 'PERMISSIONS_DENIED');
});
