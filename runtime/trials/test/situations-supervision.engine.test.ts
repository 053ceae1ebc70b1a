import test from 'ava';
import {tourismOrder, resultOf} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {lapseOf, supervisedTwice, supervisions, supervisionTask} from './support/supervision.js';

const stage = useStage(at('2026-03-02', '10:30'));
const hour = 3_600_000;

test.serial('two supervisions of an order, of its first and of its second round, keep number, demand, answer, result and clock apart', async t => {
  const scene = stage();
  const {order, first, second, dues} = await supervisedTwice(scene);
  t.regex(first, /^DB650100-\d{8}-\d{6}$/);
  t.not(first, second);
  const clocks = (await scene.view('shi.duban', order.caseId)).clocks.filter(clock => clock.clock === 'supervise');
  t.deepEqual(clocks.map(clock => [clock.title['zh-CN'], clock.dueAt]), [[`督办反馈时限（${first}）`, dues[0] + 24 * hour], [`督办反馈时限（${second}）`, dues[1] + 24 * hour]]);
  const later = await supervisionTask(scene, 'shi.wenlv', order, second);
  await scene.completeTask('shi.wenlv', later.id, 'feedback', {superviseProgress: '第二轮：款项已原路退回'});
  t.is((await supervisionTask(scene, 'shi.wenlv', order, first)).values?.['superviseProgress'], null, 'the first is not answered by it');
  const bare = await scene.refusal(async () => scene.completeTask('shi.wenlv', (await supervisionTask(scene, 'shi.wenlv', order, first)).id, 'feedback'));
  t.is(bare?.code, 'CASE_INPUT');
  await scene.completeTask('shi.wenlv', (await supervisionTask(scene, 'shi.wenlv', order, first)).id, 'feedback', {superviseProgress: '第一轮：已约谈旅行社'});

  const asked = await supervisionTask(scene, 'shi.duban', order, first);
  t.like(asked.values, {superviseNumber: first, superviseProgress: '第一轮：已约谈旅行社'});
  await scene.completeTask('shi.duban', asked.id, 'again', {superviseOpinion: '请说明退款时间'});
  t.is((await supervisionTask(scene, 'shi.wenlv', order, first)).values?.['superviseOpinion'], '请说明退款时间');
  await scene.completeTask('shi.duban', (await supervisionTask(scene, 'shi.duban', order, second)).id, 'close', {superviseOpinion: '同意销号'});
  const states = async () => (await supervisions(scene, order)).map(strand => [strand.number, strand.endedAt === null, strand.steps.map(step => step.name['zh-CN'])]);
  t.deepEqual(await states(), [[first, true, ['督办反馈']], [second, false, []]], 'the open one stands on top');
  t.deepEqual((await supervisions(scene, order))[1]?.fields.map(field => [field.title['zh-CN'], field.value]).slice(1), [['进展反馈', '第二轮：款项已原路退回'], ['督办意见', '同意销号']]);

  const lines = (await scene.lines('shi.duban', order.caseId)).map(line => line.text['zh-CN']);
  t.deepEqual(lines.filter(line => line.includes(second)), [`督办开始（${second}）`, `督办反馈：反馈（${second}）`, `督办销号：销号（${second}）`, `督办结束（${second}）`]);
  t.deepEqual(lines.filter(line => line.includes(first)), [`督办开始（${first}）`, `督办反馈：反馈（${first}）`, `督办销号：再反馈（${first}）`]);
});

test.serial('rights stay as they were: who may not read supervision sees neither number nor fields, and citizens nothing', async t => {
  const scene = stage();
  const order = await scene.handedTo('shi.wenlv', 'u650100-wenlv', tourismOrder);
  const {numbers: [number = '']} = await lapseOf(scene, order, 1);
  t.is((await supervisions(scene, order, 'shi.wenlv')).length, 1, 'the unit that must answer reads it');
  const task = await supervisionTask(scene, 'shi.wenlv', order, number);
  await scene.completeTask('shi.wenlv', task.id, 'feedback', {superviseProgress: '正在办理'});
  t.is((await scene.refusal(() => scene.completeTask('shi.wenlv', task.id, 'feedback', {superviseProgress: '再来一次'})))?.code, 'CASE_TASK_DONE', 'called twice');
  const view = await scene.view('shi.wenlv', order.caseId);
  t.deepEqual([view.strands, view.form.access['superviseProgress'], 'superviseProgress' in view.form.values], [[], 'hidden', false]);
  t.false(JSON.stringify([view.clocks, (await scene.lines('shi.wenlv', order.caseId))]).includes(number));
  t.false(JSON.stringify(await scene.citizen(order)).includes('督办'));
  const forged = await scene.refusal(() => scene.finish('shi.wenlv', order.caseId, 'handleCase', 'submit', {...resultOf('已办', []), superviseProgress: '越权填写'}));
  t.is(forged?.code, 'CASE_INPUT');
});
