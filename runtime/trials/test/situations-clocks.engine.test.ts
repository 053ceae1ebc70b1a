import {caseRoutes, noticeRoutes} from '@banli/api';
import test from 'ava';
import {resultOf, stallOrder, tourismOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {uploadPicture} from '../src/person.js';
import {clockOf, openSteps, useStage, type Order, type Stage, type Values} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
const hour = 3_600_000;
const extension = {extensionAmount: 24, requestReason: '需约谈旅行社'};

async function tourism(scene: Stage): Promise<Order> {
  return scene.handedTo('shi.wenlv', 'u650100-wenlv', tourismOrder);
}

async function evidence(scene: Stage, account: string): Promise<readonly string[]> {
  return [await uploadPicture(await scene.person(account), '佐证.png')];
}

async function pause(scene: Stage, order: Order, more: Values = {}): Promise<void> {
  await scene.ask('shi.wenlv', order.caseId, 'handleCase', 'pause', {pauseCondition: 'third-party-reply', pauseEvidence: await evidence(scene, 'shi.wenlv'), requestReason: '等待旅行社答复', ...more});
}

/** Moves past the due moment of the resolve clock and waits for the supervision that the lapse raises. */
async function lapse(scene: Stage, order: Order, account: string): Promise<number> {
  const due = clockOf(await scene.view(account, order.caseId), 'resolve').dueAt ?? 0;
  await scene.moveTo(due + 10 * 60_000);
  await scene.wait('supervision is raised', async () => (openSteps(await scene.view(account, order.caseId)).includes('superviseFeedback') ? true : null));
  return due;
}

test.serial('7: an extension is granted once, at most as long as the limit, and not after the lapse', async t => {
  const scene = stage();
  const order = await tourism(scene);
  const ask = (values: Values) => scene.refusal(() => scene.ask('shi.wenlv', order.caseId, 'handleCase', 'extend', values));
  t.is((await ask({extensionAmount: 73, requestReason: '过长'}))?.code, 'DEADLINE_EXTENSION_TOO_LONG');
  t.is((await ask({extensionAmount: 24}))?.code, 'CASE_INPUT');
  const before = clockOf(await scene.view('shi.wenlv', order.caseId), 'resolve').dueAt ?? 0;
  t.is(await ask(extension), null);
  t.deepEqual(await scene.states('shi.wenlv', order), ['延时待审核', '处置中']);
  t.is((await ask(extension))?.code, 'CASE_REQUEST_OPEN', 'one request at a time');
  await scene.finish('shi.shenhe', order.caseId, 'reviewExtension', 'approve', {opinion: '同意'});
  t.is(clockOf(await scene.view('shi.wenlv', order.caseId), 'resolve').dueAt, before + 24 * hour);
  t.is((await ask(extension))?.code, 'DEADLINE_EXTENSION_TWICE');

  const late = await tourism(scene);
  await lapse(scene, late, 'shi.wenlv');
  const refused = await scene.refusal(() => scene.ask('shi.wenlv', late.caseId, 'handleCase', 'extend', extension));
  t.is(refused?.code, 'DEADLINE_EXTENSION_LATE');
  t.false(openSteps(await scene.view('shi.shenhe', late.caseId)).includes('reviewExtension'));
});

test.serial('8: what is pending at due fires red; approved later it moves the due moment, and the breach stays, marked corrected', async t => {
  const scene = stage();
  const extended = await tourism(scene);
  const paused = await tourism(scene);
  await scene.ask('shi.wenlv', extended.caseId, 'handleCase', 'extend', extension);
  const askedAt = scene.now();
  await pause(scene, paused);
  t.deepEqual(await scene.states('shi.wenlv', paused), ['挂起待审批', '处置中']);
  const due = await lapse(scene, paused, 'shi.wenlv');
  const dueOfExtended = clockOf(await scene.view('shi.wenlv', extended.caseId), 'resolve').dueAt ?? 0;
  for (const order of [extended, paused]) {
    const clock = clockOf(await scene.wait('the lapse is recorded', async () => {
      const view = await scene.view('shi.wenlv', order.caseId);
      return clockOf(view, 'resolve').breachedAt === null ? null : view;
    }), 'resolve');
    t.deepEqual([clock.breachedAt, clock.breachCorrected, clock.dueState], [clock.dueAt, false, 'overdue']);
  }
  await scene.finish('shi.shenhe', extended.caseId, 'reviewExtension', 'approve', {opinion: '同意'});
  t.like(clockOf(await scene.view('shi.wenlv', extended.caseId), 'resolve'), {dueAt: dueOfExtended + 24 * hour, breachedAt: dueOfExtended, breachCorrected: true});
  await scene.finish('shi.shenhe', paused.caseId, 'reviewPause', 'approve', {opinion: '同意'});
  t.like(clockOf(await scene.view('shi.wenlv', paused.caseId), 'resolve'), {status: 'paused', dueState: 'paused', breachedAt: due, breachCorrected: true});
  t.deepEqual(await scene.states('shi.wenlv', paused), ['挂起', '处置中']);
  t.true(openSteps(await scene.view('shi.wenlv', paused.caseId)).includes('superviseFeedback'), 'supervision goes on');

  await scene.moveTo(scene.now() + 10 * hour);
  const stuck = await scene.refusal(() => scene.finish('shi.wenlv', paused.caseId, 'handleCase', 'submit', resultOf('已退款', [])));
  t.true(stuck !== null, 'a paused case is not worked on');
  await scene.ask('shi.wenlv', paused.caseId, 'handleCase', 'resume', {requestReason: '已收到答复'});
  await scene.finish('shi.shenhe', paused.caseId, 'reviewResume', 'approve', {opinion: '同意'});
  const resumed = clockOf(await scene.view('shi.wenlv', paused.caseId), 'resolve');
  const gained = (resumed.dueAt ?? 0) - due;
  const stood = scene.now() - askedAt;
  t.true(gained >= stood - 60_000 && gained <= stood + 5 * 60_000, `counted from the request: ${gained} against ${stood}`);
});

test.serial('8: a refused pause changes nothing, and a promised date that nobody confirms resumes by itself', async t => {
  const scene = stage();
  const order = await tourism(scene);
  const before = clockOf(await scene.view('shi.wenlv', order.caseId), 'resolve');
  const bare = await scene.refusal(() => scene.ask('shi.wenlv', order.caseId, 'handleCase', 'pause', {pauseCondition: 'season', requestReason: '冬季停工'}));
  t.is(bare?.code, 'CASE_INPUT', 'a pause needs a listed condition and evidence');
  await pause(scene, order);
  await scene.finish('shi.shenhe', order.caseId, 'reviewPause', 'refuse', {opinion: '佐证不足'});
  const refused = await scene.view('shi.wenlv', order.caseId);
  t.like(clockOf(refused, 'resolve'), {status: 'running', dueAt: before.dueAt});
  t.deepEqual(await scene.states('shi.wenlv', order), ['处置中', '处置中']);
  const promised = new Date(scene.now() + 128 * hour).toISOString().slice(0, 10);
  await pause(scene, order, {pauseUntil: promised});
  await scene.finish('shi.shenhe', order.caseId, 'reviewPause', 'approve', {opinion: '同意'});
  const reminders = async () => (await noticesOf(scene, 'shi.wenlv', order, '承诺期将届满')).length;
  t.is(await reminders(), 0);
  await scene.moveTo(at(promised, '00:01') - hour);
  await scene.wait('the unit is reminded of the date', async () => ((await reminders()) > 0 ? true : null));
  await scene.moveTo(at(promised, '00:01'));
  const resumed = await scene.wait('the case resumes by itself', async () => {
    const view = await scene.view('shi.wenlv', order.caseId);
    return view.head.state.id === 'handling' ? view : null;
  });
  t.is(await reminders(), 1);
  t.is(clockOf(resumed, 'resolve').status, 'running');
  t.true((clockOf(resumed, 'resolve').dueAt ?? 0) > (before.dueAt ?? 0));
});

test.serial('15: when the lead closes, an open assistance and an open request end, and supervision stays', async t => {
  const scene = stage();
  const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', {...stallOrder, place: '解放南路市场'}, {mode: 'mainAssist', assistUnits: ['u650102004']});
  await lapse(scene, order, 'ts.chengguan');
  const unfiled = await scene.refusal(() => scene.ask('ts.chengguan', order.caseId, 'handleCase', 'extend', {extensionAmount: 1, requestReason: '再等一日'}));
  t.is(unfiled?.code, 'DEADLINE_EXTENSION_LATE', 'an extension cannot be filed any more, so a pause is open instead');
  await scene.ask('ts.chengguan', order.caseId, 'handleCase', 'pause', {pauseCondition: 'site-survey', pauseEvidence: await evidence(scene, 'ts.chengguan'), requestReason: '需现场勘察'});
  t.deepEqual(openSteps(await scene.view('shi.duban', order.caseId)), ['assistCase', 'handleCase', 'reviewPause', 'superviseFeedback']);
  await closeByLead(scene, order);
  const view = await scene.wait('the order is called back', async () => {
    const seen = await scene.view('shi.huifang', order.caseId);
    return openSteps(seen).includes('callbackCitizen') ? seen : null;
  });
  t.deepEqual(openSteps(view), ['callbackCitizen', 'superviseFeedback']);
  await scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'submit', {callScore: 5, handlingScore: 5});
  await scene.finish('ts.chengguan', order.caseId, 'superviseFeedback', 'feedback', {superviseProgress: '已办结'});
  t.deepEqual(await scene.states('shi.duban', order), ['已归档', '已办结']);
  await scene.finish('shi.duban', order.caseId, 'superviseClose', 'close', {superviseOpinion: '同意销号'});
  t.true((await scene.ended('shi.duban', order.caseId)).ended);
});

test.serial('15: an extension request that is open when the lead closes ends undecided, and the assistant is through', async t => {
  const scene = stage();
  const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', {...stallOrder, place: '解放南路夜市'}, {mode: 'mainAssist', assistUnits: ['u650102004']});
  const due = clockOf(await scene.view('ts.chengguan', order.caseId), 'resolve').dueAt;
  await scene.ask('ts.chengguan', order.caseId, 'handleCase', 'extend', {extensionAmount: 1, requestReason: '再等一日'});
  const {task: assisting} = await scene.open('ts.jiefang', order.caseId, 'assistCase');
  await closeByLead(scene, order);
  const view = await scene.view('shi.duban', order.caseId);
  t.false(openSteps(view).includes('reviewExtension') || openSteps(view).includes('assistCase'));
  t.like(clockOf(view, 'resolve'), {status: 'stopped', dueAt: due, breachedAt: null}, 'nothing was extended');
  t.is((await scene.refusal(() => scene.completeTask('ts.jiefang', assisting.id, 'feedback', {assistOpinion: '来迟了'})))?.code, 'CASE_TASK_DONE');
});

/** The lead submits, the centre closes with the lead's words. */
async function closeByLead(scene: Stage, order: Order): Promise<void> {
  await scene.finish('ts.chengguan', order.caseId, 'handleCase', 'submit', resultOf('摊点已规范', await evidence(scene, 'ts.chengguan')));
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'quote');
}

test.serial('an order that lapses before it is dispatched is supervised at the centre; one that is not signed is urged', async t => {
  const scene = stage();
  const waiting = await scene.registerOne(tourismOrder);
  const due = await lapse(scene, waiting, 'shi.paidan');
  const {view, task} = await scene.open('shi.paidan', waiting.caseId, 'superviseFeedback');
  t.is(task.unitId, 'u650100-centre', 'the proposed unit has not got it yet');
  t.deepEqual([clockOf(view, 'resolve').breachedAt, await scene.states('shi.paidan', waiting)], [due, ['待派发', '待受理']]);
  t.is((await scene.citizen(waiting)).leadUnit, null);

  const unsigned = await scene.registerOne(tourismOrder);
  await scene.finish('shi.paidan', unsigned.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650100-wenlv', assistUnits: []});
  const respond = clockOf(await scene.view('shi.wenlv', unsigned.caseId), 'respond');
  await scene.moveTo((respond.dueAt ?? 0) + 5_000);
  await scene.wait('the unit is urged', async () => ((await scene.lines('shi.wenlv', unsigned.caseId)).some(line => line.stepId === 'remindSign') ? true : null));
  t.is(clockOf(await scene.view('shi.wenlv', unsigned.caseId), 'respond').breachedAt, respond.dueAt);
  await scene.finish('shi.wenlv', unsigned.caseId, 'signCase', 'sign');
  t.like(clockOf(await scene.view('shi.wenlv', unsigned.caseId), 'respond'), {status: 'stopped', breachCorrected: false});
});

/** Notices of an account about a limit of an order, oldest first: kind and title without the number. */
async function noticesOf(scene: Stage, account: string, order: Order, limit: string): Promise<readonly string[]> {
  const {notices} = await (await scene.person(account)).call(noticeRoutes.list, {query: {limit: 100}});
  return notices.filter(notice => notice.caseId === order.caseId && notice.title['zh-CN'].includes(limit)).map(notice => notice.title['zh-CN'].replace(`${order.number} `, '')).reverse();
}

test.serial('whoever has the order is told before it is due, the supervisor when it is near, the next level and the heads a day after the lapse, each once', async t => {
  const scene = stage();
  const order = await tourism(scene);
  const due = clockOf(await scene.view('shi.wenlv', order.caseId), 'resolve').dueAt ?? 0;
  const told = (account: string) => noticesOf(scene, account, order, '办结时限');
  const comes = (account: string, titles: readonly string[]) => scene.wait(`${account} is told ${titles.join()}`, async () => ((await told(account)).length >= titles.length ? true : null)).then(async () => t.deepEqual(await told(account), titles));
  await scene.moveTo(due - 23 * hour);
  await comes('shi.wenlv', ['办结时限预警']);
  t.deepEqual(await told('shi.duban'), []);
  await scene.moveTo(due - 60_000);
  await comes('shi.wenlv', ['办结时限预警', '办结时限临期']);
  await comes('shi.duban', ['办结时限临期']);
  await scene.moveTo(due + 60_000);
  await comes('shi.wenlv', ['办结时限预警', '办结时限临期', '办结时限超期']);
  await comes('shi.duban', ['办结时限临期', '办结时限超期']);
  t.deepEqual([await told('qu.duban'), await told('wenlv.fuze'), await told('shi.fuze')], [[], [], []]);
  await scene.moveTo(due + 24 * hour + 60_000);
  await comes('qu.duban', ['办结时限超期']);
  await comes('qu.admin', ['办结时限超期']);
  await comes('wenlv.fuze', ['办结时限超期']);
  await comes('shi.fuze', ['办结时限超期']);
  t.deepEqual([await told('renshe.fuze'), await told('qu.fuze')], [[], []], 'heads of other units are left in peace');
  const seen = await scene.view('wenlv.fuze', order.caseId);
  t.deepEqual(seen.tasks.flatMap(task => (task.mine ? [task.stepId] : [])), [], 'the head reads the order, and the work stays with whoever has it');
  await scene.moveTo(due + 72 * hour);
  for (const head of ['wenlv.fuze', 'shi.fuze']) t.is((await told(head)).length, 1);
  t.is((await told('shi.wenlv')).length, 3);
});

test.serial('a warning goes to the phones of the unit that has the order, once each; the case tells that it arrived, and no number', async t => {
  const scene = stage();
  const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', stallOrder);
  const warnAt = clockOf(await scene.view('ts.chengguan', order.caseId), 'resolve').warnAt ?? 0;
  await scene.moveTo(warnAt + 1000);
  const ask = async (account: string) => (await (await scene.person(account)).call(caseRoutes.messages, {params: {caseId: order.caseId}})).messages;
  const warned = await scene.wait('the warning is on its way', async () => {
    const found = (await ask('ts.chengguan')).filter(message => message.kind === 'clock.warned');
    return found.length > 0 && found.every(message => message.state === 'sent') ? found : null;
  });
  t.true(warned.every(message => /^138\*{4}\d{4}$/.test(message.phone ?? '') && message.personName !== null));
  t.is(new Set(warned.map(message => message.personName)).size, warned.length);
  await scene.moveTo(warnAt + 120_000);
  await scene.wait('it has arrived', async () => ((await ask('ts.chengguan')).filter(message => message.kind === 'clock.warned').every(message => message.state === 'delivered') ? true : null));
  t.is((await ask('ts.chengguan')).filter(message => message.kind === 'clock.warned').length, warned.length);
  t.is((await scene.refusal(() => ask('syb.shijian')))?.code, 'CASE_UNKNOWN');
});
