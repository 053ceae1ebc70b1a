import {caseRoutes, catalogRoutes, draftRoutes, inboxRoutes} from '@banli/api';
import test from 'ava';
import {goodsOrder, pensionOrder, propertyOrder, resultOf, stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {signIn, uploadPicture} from '../src/person.js';
import {retireMatter} from './support/catalogs.js';
import {clockOf, fieldsOf, openSteps, password, useStage} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
const hour = 3_600_000;

test.serial('1: three matters of one call become three orders with one person and clocks of their own', async t => {
  const scene = stage();
  const orders = await scene.register('shi.shouli', [stallOrder, {...pensionOrder, name: '别人'}, goodsOrder]);
  t.is(new Set(orders.map(order => order.number)).size, 3);
  const views = await Promise.all(orders.map(order => scene.view('shi.shouli', order.caseId)));
  t.deepEqual(views.map(view => view.form.values['name']), Array(3).fill(stallOrder.name));
  t.deepEqual(views.map(view => view.form.values['phone']), Array(3).fill(stallOrder.phone));
  t.deepEqual(views.map(view => view.head.title), [stallOrder.title, pensionOrder.title, goodsOrder.title]);
  t.deepEqual(views.map(view => clockOf(view, 'resolve').dueAt), [at('2026-03-05', '19:30'), at('2026-03-04', '19:30'), at('2026-03-09', '19:30')]);
  t.deepEqual(views[0]?.related.map(each => each.caseId).sort(), orders.slice(1).map(order => order.caseId).sort());
});

test.serial('1: one order of a call that is not right keeps the others from being registered, too', async t => {
  const scene = stage();
  const mine = async (): Promise<number> => (await (await scene.person('shi.shouli')).call(inboxRoutes.list, {params: {box: 'mine'}, query: {limit: 200}})).rows.length;
  const before = await mine();
  const {title: _title, ...untitled} = goodsOrder;
  const refused = await scene.refusal(() => scene.register('shi.shouli', [stallOrder, untitled]));
  t.is(refused?.code, 'CASE_INPUT');
  t.deepEqual(refused?.answer.problems.map(problem => [problem.place.element, problem.place.field]), [['items.1', 'title']]);
  t.is(await mine(), before);
});

test.serial('2: a return names reason and text; the unit is left out next time; the third return raises supervision', async t => {
  const scene = stage();
  const order = await scene.registerOne(propertyOrder);
  const due = clockOf(await scene.view('shi.shouli', order.caseId), 'resolve').dueAt;
  const tried = [['ts.chengguan', 'u650102-chengguan'], ['ts.fenzhongxin', 'u650102-centre'], ['ts.jiefang', 'u650102004']] as const;
  for (const [account, unit] of tried) {
    await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: unit, assistUnits: [], changeReason: '先试派'});
    t.deepEqual(await scene.states(account, order), ['待签收', '处置中']);
    const bare = await scene.refusal(() => scene.finish(account, order.caseId, 'signCase', 'return'));
    t.deepEqual([bare?.code, fieldsOf(bare)], ['CASE_INPUT', ['returnReason', 'returnText']]);
    await scene.finish(account, order.caseId, 'signCase', 'return', {returnReason: 'not-our-duty', returnText: '不属于本单位职责'});
    t.deepEqual(await scene.states('shi.shenhe', order), ['退单待审核', '处置中']);
    await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'approve', {opinion: '同意改派'});
    const {view} = await scene.open('shi.paidan', order.caseId, 'dispatchCase');
    t.not(view.form.values['proposedLeadUnit'], unit);
    t.deepEqual(await scene.states('shi.paidan', order), ['待派发', '待受理']);
    t.is(openSteps(view).includes('superviseFeedback'), unit === 'u650102004', 'only the third return raises supervision');
    const again = await scene.refusal(() => scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: unit, assistUnits: [], changeReason: '再派一次'}));
    t.deepEqual([again?.code, fieldsOf(again)], ['CASE_INPUT', ['leadUnit']], 'a unit that returned the order does not get it again');
  }
  const {view, task} = await scene.open('shi.paidan', order.caseId, 'superviseFeedback');
  t.is(task.unitId, 'u650100-centre', 'between two dispatches the dispatcher gives the feedback');
  t.regex(String(view.form.values['superviseNumber']), /^DB650100-20260302-\d{6}$/);
  t.is(clockOf(view, 'supervise').dueAt, clockOf(view, 'supervise').startedAt + 24 * hour);
  t.is(clockOf(view, 'resolve').dueAt, due, 'a wrong unit never resets the limit');
  await scene.finish('shi.paidan', order.caseId, 'superviseFeedback', 'feedback', {superviseProgress: '已明确由住建部门办理'});
  await scene.finish('shi.duban', order.caseId, 'superviseClose', 'close', {superviseOpinion: '同意销号'});
  t.is((await scene.lines('shi.shenhe', order.caseId)).filter(line => line.stepId === 'reviewReturn' && line.kind === 'completed').length, 3);
});

test.serial('3: after a refused return the same unit goes on at the same step, and its time ran', async t => {
  const scene = stage();
  const order = await scene.registerOne();
  await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650102-chengguan', assistUnits: []});
  for (const step of ['signCase', 'handleCase'] as const) {
    const before = await scene.view('ts.chengguan', order.caseId);
    await scene.finish('ts.chengguan', order.caseId, step, 'return', {returnReason: 'content-unclear', returnText: '未写明位置'});
    await scene.moveTo(scene.now() + hour);
    t.is((await scene.view('shi.shenhe', order.caseId)).clocks.filter(clock => clock.status === 'running').length, before.clocks.filter(clock => clock.status === 'running').length);
    await scene.finish('shi.shenhe', order.caseId, 'reviewReturn', 'refuse', {opinion: '位置已写明，请办理'});
    const {view, task} = await scene.open('ts.chengguan', order.caseId, step);
    t.is(task.unitId, 'u650102-chengguan');
    t.deepEqual(view.clocks.map(clock => [clock.clock, clock.dueAt]), before.clocks.map(clock => [clock.clock, clock.dueAt]));
    t.is(view.form.values['lastOpinion'], '位置已写明，请办理');
    if (step === 'signCase') await scene.finish('ts.chengguan', order.caseId, 'signCase', 'sign');
  }
});

test.serial('4: a border street with two leads, or none, has no default: the dispatcher decides with a reason', async t => {
  const scene = stage();
  const clerk = await scene.person('shi.shouli');
  const cases = [
    {values: {...stallOrder, area: '650102005', place: '界河街'}, confidence: 'choose', candidates: ['u650102-chengguan', 'u650103004']},
    {values: {...stallOrder, matter: '110202', area: '650103004', place: '友好南路'}, confidence: 'none', candidates: []},
  ];
  for (const {values, confidence, candidates} of cases) {
    const proposal = await clerk.call(catalogRoutes.proposal, {query: {matter: values.matter, area: values.area, urgency: values.urgency}});
    t.deepEqual([proposal.leadUnitId, proposal.confidence, proposal.candidates.map(unit => unit.id)], [null, confidence, candidates]);
    const order = await scene.registerOne(values);
    const {view} = await scene.open('shi.paidan', order.caseId, 'dispatchCase');
    t.is(view.form.values['leadUnit'], undefined);
    t.truthy(view.form.values['proposalReason']);
    const empty = await scene.refusal(() => scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch'));
    t.deepEqual(fieldsOf(empty), ['leadUnit', 'mode']);
    const silent = await scene.refusal(() => scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650103004', assistUnits: []}));
    t.deepEqual(fieldsOf(silent), ['changeReason']);
    await scene.finish('shi.paidan', order.caseId, 'dispatchCase', 'dispatch', {mode: 'single', leadUnit: 'u650103004', assistUnits: [], changeReason: '摊位在街道西侧'});
    t.is((await scene.open('syb.youhao', order.caseId, 'signCase')).task.unitId, 'u650103004');
  }
});

test.serial('who has an order is told when it may be closed, by the lists that hold for its matter and area; nobody else is', async t => {
  const scene = stage();
  const guidance = async (account: string, caseId: string) => (await scene.person(account)).call(caseRoutes.guidance, {params: {caseId}});
  const before = await (await scene.person('shi.shouli')).call(catalogRoutes.guidance, {query: {matter: stallOrder.matter, area: stallOrder.area}});
  const order = await scene.handedTo('ts.chengguan', 'u650102-chengguan', stallOrder);
  const told = await guidance('ts.chengguan', order.caseId);
  t.deepEqual(told.items, before.items);
  t.deepEqual(told.items.map(item => [item.row, item.unitName, item.parts.map(part => part.role)]), [['sx-020101-01', '天山区城市管理局', ['lead', 'assist']]]);
  t.true(told.duties.some(duty => duty.unitName === '天山区城市管理局' && duty.boundary.includes('证照和食品问题归市场监管')));
  t.is((await scene.refusal(() => guidance('syb.shijian', order.caseId)))?.code, 'CASE_UNKNOWN');
});

test.serial('12: the same phone, matter and place is warned of while open, appended or linked, and every order keeps its own reply', async t => {
  const scene = stage();
  const clerk = await scene.person('shi.shouli');
  const values = {...propertyOrder, phone: '13899990012', place: '解放南路小区五号楼'};
  const alike = async (more: object = {}): Promise<readonly string[]> => (await clerk.call(caseRoutes.duplicates, {body: {bundleId: 'hotline', values: {...values, ...more}}})).cases.map(each => each.id);
  t.deepEqual(await alike(), []);
  const first = await scene.handedTo('ts.zhujian', 'u650102-zhujian', values);
  t.deepEqual(await alike(), [first.caseId]);
  t.deepEqual(await alike({place: '解放南路小区六号楼'}), []);
  t.deepEqual(await alike({phone: '13899990013'}), []);
  await clerk.call(caseRoutes.append, {params: {caseId: first.caseId}, body: {text: '电梯内还有人被困过'}});
  t.true((await scene.lines('ts.zhujian', first.caseId)).some(line => line.kind === 'appended' && line.text['zh-CN'].includes('电梯内还有人被困过')));
  const second = await scene.handedTo('ts.zhujian', 'u650102-zhujian', values);
  await clerk.call(caseRoutes.link, {params: {caseId: second.caseId}, body: {otherCaseId: first.caseId}});
  await clerk.call(caseRoutes.link, {params: {caseId: first.caseId}, body: {otherCaseId: second.caseId}});
  t.deepEqual((await scene.view('shi.shouli', first.caseId)).related.map(each => each.caseId), [second.caseId]);
  t.deepEqual((await scene.view('shi.shouli', second.caseId)).related.map(each => each.caseId), [first.caseId]);
  const evidence = await uploadPicture(await scene.person('ts.zhujian'), '维修.png');
  const other = await uploadPicture(await scene.person('ts.zhujian'), '维修二.png');
  for (const [order, reply, file] of [[first, '一号电梯已修复', evidence], [second, '二号电梯已修复', other]] as const) {
    await scene.finish('ts.zhujian', order.caseId, 'handleCase', 'submit', resultOf(reply, [file]));
    await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'quote');
    await scene.ended('shi.jieguo', order.caseId);
  }
  t.deepEqual(await Promise.all([first, second].map(async order => (await scene.citizen(order)).reply)), ['一号电梯已修复', '二号电梯已修复']);
  t.deepEqual(await alike(), [], 'ended orders are no duplicates');
});

test.serial('14: a draft outlives the call and midnight; date, limits and a retired matter are checked again when it is handed in', async t => {
  const scene = stage();
  const clerk = await scene.person('shi.shouli');
  await scene.moveTo(at('2026-03-03', '23:50'));
  const values = {...goodsOrder, matter: '010102', urgency: 'urgent'};
  const draft = await clerk.call(draftRoutes.create, {body: {bundleId: 'hotline', items: [values]}});
  t.deepEqual(draft.problems, []);
  await retireMatter(scene.store, '010102', '2026-03-04');
  await scene.moveTo(at('2026-03-04', '00:05'));
  const later = await signIn(scene.instance.url, 'shi.shouli', password);
  const kept = await later.call(draftRoutes.read, {params: {draftId: draft.id}});
  t.deepEqual([kept.items, kept.problems.map(problem => [problem.code, problem.place.field])], [[values], [['CATALOG_ROW_RETIRED', 'matter']]]);
  const handIn = (more: object) => later.call(caseRoutes.start, {body: {bundleId: 'hotline', draftId: draft.id, items: [{values: {...values, ...more}}]}});
  const refused = await scene.refusal(() => handIn({}));
  t.deepEqual([refused?.code, refused?.answer.problems.map(problem => [problem.code, problem.place.field])], ['CASE_INPUT', [['CATALOG_ROW_RETIRED', 'matter']]]);
  t.is((await later.call(draftRoutes.read, {params: {draftId: draft.id}})).id, draft.id, 'the draft is still there');
  const [order] = (await handIn({matter: '010101', urgency: 'normal'})).cases;
  const view = await scene.view('shi.shouli', order?.caseId ?? '');
  t.regex(view.head.number, /^650100-20260304-\d{6}$/);
  t.true(view.head.acceptedAt >= at('2026-03-04', '00:05'));
  t.is(clockOf(view, 'resolve').dueAt, at('2026-03-11', '19:30'), 'five working days from the new day');
  t.deepEqual((await handIn({matter: '010101', urgency: 'normal'})).cases.map(each => each.number), [view.head.number], 'handing in the same draft again registers nothing new');
  await later.close();
});
