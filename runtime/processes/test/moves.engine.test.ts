import test from 'ava';
import {refusalClass} from '../src/engine-errors.js';
import type {ActivityNode} from '../src/port.js';
import {bpmn, chain, choice, end, eventSubProcess, flow, fork, message, multi, onMessage, start, user} from './helpers/bpmn.js';
import {onEachEngine} from './helpers/engines.js';

const parallelXml = bpmn(`${start()}${user('draft')}${fork('split')}${user('left')}${multi('many', '${n}')}${fork('join')}${user('seal')}${end()}${
  chain('begin', 'draft', 'split', 'left', 'join', 'seal', 'done')}${chain('split', 'many', 'join')}`);
const handlingXml = bpmn(`${start()}<bpmn:subProcess id="handling">${start('inside')}${fork('both')}${user('handle')}${user('assist')}${
  end('approved', '<bpmn:terminateEventDefinition id="stop"/>')}${end('assisted')}${chain('inside', 'both', 'handle', 'approved')}${chain('both', 'assist', 'assisted')}${
  eventSubProcess('extension', 'extend', 'reviewExtension')}</bpmn:subProcess>${user('reply')}${end()}${chain('begin', 'handling', 'reply', 'done')}`, message('extend'));

const lapsingXml = bpmn(`${start()}${user('handle')}${end()}${chain('begin', 'handle', 'done')}<bpmn:subProcess id="side" triggeredByEvent="true"><bpmn:startEvent id="lapsed" isInterrupting="false">${
  onMessage('lapse')}</bpmn:startEvent>${user('report')}${user('judge')}${end('over')}${choice('enough', 'over')}${chain('lapsed', 'report', 'judge', 'enough', 'over')}${flow('enough', 'report', 'judgeOutcome = "again"')}</bpmn:subProcess>`, message('lapse'));

function nodes(tree: ActivityNode | null): readonly ActivityNode[] {
  return tree === null ? [] : [tree, ...tree.children.flatMap(nodes)];
}

onEachEngine((bench, title) => {
  test.serial(title('a multi-instance of three opens three tasks counted from zero, and the last one goes on'), async t => {
    const order = await bench().start(parallelXml, {n: 3});
    await order.complete('draft');
    t.deepEqual(order.last().state.tasks.filter(task => task.stepId === 'many').map(task => task.loopCounter).sort(), [0, 1, 2]);
    t.is(order.last().state.tasks.find(task => task.stepId === 'left')?.loopCounter, null);
    await order.complete('left');
    for (let rest = 3; rest > 0; rest -= 1) {
      t.is(order.steps().length, rest);
      await order.complete('many');
    }
    t.deepEqual(order.steps(), ['seal']);
  });

  test.serial(title('a multi-instance of none is passed'), async t => {
    const order = await bench().start(parallelXml, {n: 0});
    await order.complete('draft');
    t.deepEqual(order.steps(), ['left']);
    await order.complete('left');
    t.deepEqual(order.steps(), ['seal']);
  });

  test.serial(title('a branch is added to a running multi-instance and one is taken away by its instance id'), async t => {
    const order = await bench().start(parallelXml, {n: 2});
    await order.complete('draft');
    const body = nodes(order.last().state.tree).find(node => node.activityId === 'many#multiInstanceBody');
    await order.apply({kind: 'modify', variables: {}, instructions: [{type: 'startBefore', activityId: 'many', ancestorActivityInstanceId: body?.activityInstanceId ?? ''}]});
    t.deepEqual(order.last().state.tasks.filter(task => task.stepId === 'many').map(task => task.loopCounter).sort(), [0, 1, 2]);
    const first = order.last().state.tasks.find(task => task.loopCounter === 0);
    await order.apply({kind: 'modify', variables: {}, instructions: [{type: 'cancelInstance', activityInstanceId: first?.activityInstanceId ?? ''}]});
    t.deepEqual(order.last().state.tasks.filter(task => task.stepId === 'many').map(task => task.loopCounter).sort(), [1, 2]);
  });

  test.serial(title('a token waiting at a join shows in the tree and is cancelled by instance id'), async t => {
    const order = await bench().start(parallelXml, {n: 1});
    await order.complete('draft');
    await order.complete('left');
    const waiting = nodes(order.last().state.tree).filter(node => node.activityId === 'join');
    t.is(waiting.length, 1);
    await order.apply({kind: 'modify', variables: {}, instructions: [
      {type: 'startBefore', activityId: 'left'}, {type: 'cancelInstance', activityInstanceId: waiting[0]?.activityInstanceId ?? ''},
    ]});
    t.deepEqual(order.steps(), ['left', 'many']);
  });

  test.serial(title('cancelling what is not there any more is gone'), async t => {
    const order = await bench().start(parallelXml, {n: 1});
    await order.complete('draft');
    const left = order.last().state.tasks.find(task => task.stepId === 'left')?.activityInstanceId ?? '';
    await order.complete('left');
    const error = await t.throwsAsync(order.apply({kind: 'modify', variables: {}, instructions: [{type: 'cancelInstance', activityInstanceId: left}]}));
    t.is(refusalClass(error), 'gone');
  });

  test.serial(title('a terminate end inside the sub-process ends its other branches and its waiting messages, and the case goes on'), async t => {
    const order = await bench().start(handlingXml);
    t.deepEqual(order.steps(), ['assist', 'handle']);
    t.deepEqual(order.last().state.subscriptions.map(each => each.messageName), ['extend']);
    await order.complete('handle');
    t.deepEqual(order.steps(), ['reply']);
    t.deepEqual(order.last().state.subscriptions, []);
    const again = await order.apply({kind: 'modify', variables: {}, instructions: [{type: 'cancelAll', activityId: 'reply'}, {type: 'startBefore', activityId: 'handling'}]});
    t.deepEqual(again.state.tasks.map(task => task.stepId).sort(), ['assist', 'handle']);
    t.is(again.state.endActivityId, null);
  });

  test.serial(title('a message opens the non-interrupting event sub-process each time, and the rest goes on'), async t => {
    const order = await bench().start(handlingXml);
    const opened = await order.apply({kind: 'message', messageName: 'extend', activityId: 'extension-start', variables: {amount: 3}});
    t.deepEqual(opened.skipped, []);
    t.deepEqual(order.steps(), ['assist', 'handle', 'reviewExtension']);
    await order.complete('reviewExtension');
    await order.apply({kind: 'message', messageName: 'extend', variables: {}});
    t.deepEqual(order.steps(), ['assist', 'handle', 'reviewExtension']);
  });

  test.serial(title('a message that nobody waits for counts as done'), async t => {
    const order = await bench().start(handlingXml);
    const answer = await order.apply({kind: 'message', messageName: 'clock.resolve', variables: {}}, {kind: 'message', messageName: 'extend', activityId: 'elsewhere', variables: {}});
    t.deepEqual(answer.skipped, [0, 1]);
    t.is(answer.state.revision, 2);
  });

  test.serial(title('a message that several wait for is refused; the execution tells them apart'), async t => {
    const boundary = (on: string): string => `<bpmn:boundaryEvent id="late-${on}" attachedToRef="${on}" cancelActivity="false">${onMessage('late')}</bpmn:boundaryEvent>${
      user(`remind-${on}`)}${end(`end-${on}`)}${chain(`late-${on}`, `remind-${on}`, `end-${on}`)}`;
    const order = await bench().start(bpmn(`${start()}${fork('split')}${user('a')}${user('b')}${end('endA')}${end('endB')}${chain('begin', 'split', 'a', 'endA')}${
      chain('split', 'b', 'endB')}${boundary('a')}${boundary('b')}`, message('late')));
    t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'message', messageName: 'late', variables: {}}))), 'refused');
    const executionId = order.last().state.subscriptions.find(each => each.activityId === 'late-b')?.executionId ?? '';
    await order.apply({kind: 'message', messageName: 'late', executionId, variables: {}});
    t.deepEqual(order.steps(), ['a', 'b', 'remind-b']);
    await order.apply({kind: 'message', messageName: 'late', activityId: 'late-a', variables: {}});
    t.deepEqual(order.steps(), ['a', 'b', 'remind-a', 'remind-b']);
  });

  test.serial(title('a FEEL condition that fails is refused and leaves the case as it was'), async t => {
    const order = await bench().start(bpmn(`${start()}${user('pick')}${choice('gate', 'no')}${user('yes')}${user('no')}${end()}${end('doneToo')}${chain('begin', 'pick', 'gate')}${
      flow('gate', 'yes', 'route = "yes" and urgency &gt; 1')}${flow('gate', 'no')}${chain('yes', 'done')}${chain('no', 'doneToo')}`));
    const error = await t.throwsAsync(order.complete('pick', {route: 'yes'}));
    t.is(refusalClass(error), 'refused');
    t.deepEqual((await bench().engine.state(order.caseId))?.tasks.map(task => task.stepId), ['pick']);
    await order.complete('pick', {route: 'yes', urgency: 2});
    t.deepEqual(order.steps(), ['yes']);
  });

  test.serial(title('a modification that cancels everything ends the case'), async t => {
    const order = await bench().start(handlingXml);
    const answer = await order.apply({kind: 'modify', variables: {}, instructions: [{type: 'cancelAll', activityId: 'handling'}]});
    t.like(answer.state, {ended: true, endActivityId: null});
  });

  test.serial(title('two runs of an event sub-process stay apart: each has one scope, in all its steps and again after a loop'), async t => {
    const order = await bench().start(lapsingXml, {judgeOutcome: ''});
    const scopesOf = (stepId: string) => order.last().state.tasks.filter(task => task.stepId === stepId).map(task => task.scopeId);
    const lapse = () => order.apply({kind: 'message', messageName: 'lapse', variables: {}});
    const completeIn = async (stepId: string, scope: string | undefined, outcome: string) => {
      const task = order.last().state.tasks.find(each => each.stepId === stepId && each.scopeId === scope);
      await order.apply({kind: 'complete', taskId: task?.id ?? '', variables: {judgeOutcome: outcome}});
    };
    await lapse();
    const [first] = scopesOf('report');
    await lapse();
    const [second] = scopesOf('report').filter(scope => scope !== first);
    t.is(new Set([first, second, ...scopesOf('handle')]).size, 3);
    await completeIn('report', second, '');
    t.deepEqual([scopesOf('report'), scopesOf('judge')], [[first], [second]]);
    await completeIn('judge', second, 'again');
    t.deepEqual(scopesOf('report').sort(), [first, second].sort());
    await completeIn('report', first, '');
    await completeIn('report', second, '');
    t.deepEqual(scopesOf('judge').sort(), [first, second].sort());
    await completeIn('judge', first, 'close');
    t.deepEqual([scopesOf('judge'), scopesOf('report')], [[second], []]);
    await completeIn('judge', second, 'close');
    t.deepEqual(order.steps(), ['handle']);
  });
});
