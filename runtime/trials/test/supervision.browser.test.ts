import test from 'ava';
import {findBarriers} from '../src/browser/axe.js';
import {act, actAndAgree, settled} from '../src/browser/hands.js';
import {at} from '../src/main-job/words.js';
import {useStage} from './support/stage.js';
import {supervisedTwice, supervisions, supervisionTask} from './support/supervision.js';
import {useWindow} from './support/window.js';

const stage = useStage(at('2026-03-02', '10:30'));
const browser = useWindow(stage);

test.serial('two supervisions of an order are answered and closed one by one by clicking, each in its own form', async t => {
  t.timeout(300_000);
  const scene = stage();
  const {order, first, second} = await supervisedTwice(scene);
  const window = await browser();
  const address = `${scene.instance.url()}/cases/${order.caseId}`;
  const unit = await window.open('shi.wenlv');
  await unit.goto(`${address}?task=${(await supervisionTask(scene, 'shi.wenlv', order, first)).id}`);
  await unit.getByText(first).first().waitFor();
  await window.picture(unit, 'supervision-answer');
  t.deepEqual(await findBarriers(unit), []);
  await unit.getByLabel('进展反馈').fill('第一轮：已约谈旅行社');
  await act(unit, '反馈');
  await scene.wait('the first is answered', async () => ((await scene.view('shi.wenlv', order.caseId)).tasks.some(task => task.strand?.number === first && task.mine && task.state === 'open') ? null : true));
  await unit.goto(`${address}?task=${(await supervisionTask(scene, 'shi.wenlv', order, second)).id}`);
  t.is(await settled('', () => unit.getByLabel('进展反馈').inputValue()), '', 'the other one has an answer of its own');
  await unit.getByLabel('进展反馈').fill('第二轮：款项已原路退回');
  await act(unit, '反馈');
  await supervisionTask(scene, 'shi.duban', order, second);

  const supervisor = await window.open('shi.duban');
  await supervisor.goto(`${address}?task=${(await supervisionTask(scene, 'shi.duban', order, first)).id}`);
  await supervisor.getByLabel('督办意见').fill('同意销号');
  await window.picture(supervisor, 'supervision-close');
  t.deepEqual(await findBarriers(supervisor), []);
  await actAndAgree(supervisor, '销号');
  await scene.wait('the first is closed', async () => ((await supervisions(scene, order)).some(strand => strand.endedAt !== null) ? true : null));
  await supervisor.goto(`${address}?tab=timeline`);
  await supervisor.getByText(`督办结束（${first}）`).waitFor();
  await window.picture(supervisor, 'supervision-timeline');
  t.deepEqual((await supervisions(scene, order)).map(strand => [strand.number, strand.endedAt === null]), [[second, true], [first, false]]);
  t.deepEqual(window.faults(), []);
});
