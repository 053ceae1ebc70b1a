import {stallOrder} from '../../src/main-job/orders.js';
import {variableOf, type SpoilableVariable} from './engine-rest.js';
import type {Order, Stage} from './stage.js';

/**
 * An order whose automatic step 办结告知 runs while the condition behind it cannot be computed: the worker host is held meanwhile, so that
 * the variable is useless by then.
 *
 * @returns The order, and the variable to restore.
 */
export async function failStep(scene: Stage): Promise<{readonly order: Order; readonly due: SpoilableVariable}> {
  const order = await scene.registerOne({...stallOrder, intakeRoute: 'review'});
  const {task} = await scene.open('shi.shenhe', order.caseId, 'reviewIntake');
  const due = await variableOf(scene.instance, order.caseId, 'callbackDue', true);
  const {worker} = scene.instance.ready().pids;
  if (worker === null) throw new Error('There is no worker host.');
  process.kill(worker, 'SIGSTOP');
  try {
    await scene.completeTask('shi.shenhe', task.id, 'reply', {replyText: '已告知办理时限。', opinion: '直接答复'});
    await due.spoil();
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  return {order, due};
}
