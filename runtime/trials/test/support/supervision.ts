import type {CaseTaskView, CaseViewJson} from '@banli/api';
import {resultOf, tourismOrder} from '../../src/main-job/orders.js';
import {uploadPicture} from '../../src/person.js';
import {clockOf, type Order, type Stage} from './stage.js';

/** Supervisions of an order as an account reads them. */
export async function supervisions(scene: Stage, order: Order, account = 'shi.duban'): Promise<CaseViewJson['strands']> {
  return (await scene.view(account, order.caseId)).strands;
}

/** Moves past the due moment of the resolve clock and waits for so many supervisions; answers the due moment and their numbers, the oldest first. */
export async function lapseOf(scene: Stage, order: Order, count: number): Promise<{readonly due: number; readonly numbers: readonly string[]}> {
  const due = clockOf(await scene.view('shi.wenlv', order.caseId), 'resolve').dueAt ?? 0;
  await scene.moveTo(due + 60_000);
  const strands = await scene.wait(`${count} supervisions are raised`, async () => {
    const found = await supervisions(scene, order);
    return found.length === count ? found : null;
  });
  return {due, numbers: strands.map(strand => strand.number ?? '').reverse()};
}

/** The open task of one supervision, for an account. */
export async function supervisionTask(scene: Stage, account: string, order: Order, number: string): Promise<CaseTaskView> {
  return scene.wait(`${account} has the task of ${number}`, async () => {
    const view = await scene.view(account, order.caseId);
    const task = view.tasks.find(each => each.strand?.number === number && each.mine);
    return task && view.pending === null ? task : null;
  });
}

/** An order with two open supervisions: it lapsed in its first round and, after a dissatisfied callback, in its second. */
export async function supervisedTwice(scene: Stage): Promise<{readonly order: Order; readonly first: string; readonly second: string; readonly dues: readonly [number, number]}> {
  const order = await scene.handedTo('shi.wenlv', 'u650100-wenlv', tourismOrder);
  const {due, numbers: [first = '']} = await lapseOf(scene, order, 1);
  const evidence = [await uploadPicture(await scene.person('shi.wenlv'), '佐证.png')];
  await scene.finish('shi.wenlv', order.caseId, 'handleCase', 'submit', resultOf('已退款', evidence));
  await scene.finish('shi.jieguo', order.caseId, 'reviewResult', 'approve', {replyText: '已退款'});
  await scene.finish('shi.huifang', order.caseId, 'callbackCitizen', 'submit', {callScore: 4, handlingScore: 1, dissatisfiedReason: '未收到退款'});
  await scene.finish('shi.jieguo', order.caseId, 'recheckCase', 'again', {opinion: '二次办理'});
  await scene.open('shi.wenlv', order.caseId, 'handleCase');
  const {due: again, numbers} = await lapseOf(scene, order, 2);
  return {order, first, second: numbers.find(number => number !== first) ?? '', dues: [due, again]};
}
