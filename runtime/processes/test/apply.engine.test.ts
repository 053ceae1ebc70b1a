import test from 'ava';
import {isAppError} from '@banli/errors';
import {refusalClass} from '../src/engine-errors.js';
import type {Operation} from '../src/port.js';
import {bpmn, chain, end, lineXml, start, user} from './helpers/bpmn.js';
import {newCaseId, onEachEngine} from './helpers/engines.js';

onEachEngine((bench, title) => {
  test.serial(title('a case runs from start to end by apply alone, and each answer tells what is open'), async t => {
    const order = await bench().start(lineXml, {route: 'plain', urgency: 2, express: false, note: null});
    const first = order.last();
    t.false(first.repeated);
    t.deepEqual(first.state.tasks.map(task => [task.stepId, task.loopCounter]), [['first', null]]);
    t.is(first.state.tree?.children[0]?.activityId, 'first');
    t.is(first.state.tree?.children[0]?.activityInstanceId, first.state.tasks[0]?.activityInstanceId);
    await order.complete('first');
    await order.complete('second');
    t.deepEqual(order.last().state.externalTasks.map(task => [task.stepId, task.topic, task.retries]), [['work', 'test.work', null]]);
    await order.apply({kind: 'completeExternal', externalTaskId: order.last().state.externalTasks[0]?.id ?? '', variables: {}});
    const ended = await order.complete('third');
    t.like(ended.state, {ended: true, endActivityId: 'done', seq: 5, revision: 5, tasks: [], tree: null});
    t.deepEqual(await bench().engine.state(order.caseId), ended.state);
  });

  test.serial(title('the same number again changes nothing and answers as the first time'), async t => {
    const order = await bench().start(lineXml);
    const taskId = order.last().state.tasks[0]?.id ?? '';
    const operations: Operation[] = [{kind: 'complete', taskId, variables: {}}];
    const once = await bench().engine.apply({caseId: order.caseId, seq: 2, operations});
    const twice = await bench().engine.apply({caseId: order.caseId, seq: 2, operations});
    t.deepEqual(twice, {...once, repeated: true});
    t.is((await bench().engine.state(order.caseId))?.revision, 2);
  });

  test.serial(title('eight calls at once with the same number start one instance and complete one task'), async t => {
    const definitionId = await bench().deploy(lineXml);
    const caseId = newCaseId();
    const startCall = (): Promise<unknown> => bench().engine.apply({caseId, seq: 1, operations: [{kind: 'start', definitionId, variables: {}}]});
    const starts = await Promise.all(Array.from({length: 8}, startCall));
    t.is(new Set(starts.map(answer => JSON.stringify({...(answer as object), repeated: null}))).size, 1);
    const found = await bench().rest('GET', `/process-instance/count?businessKey=${caseId}`);
    t.deepEqual(found.body, {count: 1});
    const taskId = (await bench().engine.state(caseId))?.tasks[0]?.id ?? '';
    const answers = await Promise.all(Array.from({length: 8}, () => bench().engine.apply({caseId, seq: 2, operations: [{kind: 'complete', taskId, variables: {}}]})));
    t.is(answers.filter(answer => !answer.repeated).length, 1);
    t.like(await bench().engine.state(caseId), {revision: 2, seq: 2});
  });

  test.serial(title('a refused operation undoes the ones before it'), async t => {
    const order = await bench().start(lineXml);
    const taskId = order.last().state.tasks[0]?.id ?? '';
    const error = await t.throwsAsync(order.apply(
      {kind: 'complete', taskId, variables: {}},
      {kind: 'setVariables', variables: {a: 1}},
      {kind: 'modify', instructions: [{type: 'startBefore', activityId: 'nowhere'}], variables: {}},
    ));
    t.is(refusalClass(error), 'refused');
    t.true(isAppError(error) && error.details['operation'] === 2);
    const state = await bench().engine.state(order.caseId);
    t.like(state, {revision: 1, seq: 2});
    t.is(state?.tasks[0]?.id, taskId);
  });

  test.serial(title('a refusal takes its number and is answered again the same way'), async t => {
    const order = await bench().start(lineXml);
    const request = {caseId: order.caseId, seq: 2, operations: [{kind: 'complete' as const, taskId: 'unknown', variables: {}}]};
    const first = await t.throwsAsync(bench().engine.apply(request), {message: /already done/});
    const second = await t.throwsAsync(bench().engine.apply(request));
    t.is(refusalClass(first), 'gone');
    t.true(isAppError(second, 'ENGINE_GONE') && second.details['repeated'] === true);
    const next = await bench().engine.apply({caseId: order.caseId, seq: 3, operations: [{kind: 'complete', taskId: order.last().state.tasks[0]?.id ?? '', variables: {}}]});
    t.is(next.state.tasks[0]?.stepId, 'second');
  });

  test.serial(title('a task completed twice is gone the second time'), async t => {
    const order = await bench().start(lineXml);
    const taskId = order.last().state.tasks[0]?.id ?? '';
    await order.complete('first');
    t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'complete', taskId, variables: {}}))), 'gone');
  });

  test.serial(title('a number that skips one is told to come again and takes nothing'), async t => {
    const order = await bench().start(lineXml);
    const error = await t.throwsAsync(bench().engine.apply({caseId: order.caseId, seq: 3, operations: []}));
    t.is(refusalClass(error), 'again');
    t.regex(isAppError(error) ? String(error.details['reason']) : '', /last one applied is 1/);
    t.is((await order.complete('first')).state.seq, 2);
  });

  test.serial(title('a start on a definition that is not there leaves nothing, and its number may start when the definition is'), async t => {
    const caseId = newCaseId();
    const error = await t.throwsAsync(bench().engine.apply({caseId, seq: 1, operations: [{kind: 'start', definitionId: 'no-such:1:x', variables: {}}]}));
    t.is(refusalClass(error), 'again');
    t.is(await bench().engine.state(caseId), null);
    const definitionId = await bench().deploy(lineXml);
    const started = await bench().engine.apply({caseId, seq: 1, operations: [{kind: 'start', definitionId, variables: {}}]});
    t.like(started.state, {seq: 1, revision: 1});
  });

  test.serial(title('a start that is refused leaves no instance, and the next number may start'), async t => {
    const caseId = newCaseId();
    const definitionId = await bench().deploy(lineXml);
    const error = await t.throwsAsync(bench().engine.apply({caseId, seq: 1, operations: [{kind: 'start', definitionId, variables: {}}, {kind: 'message', messageName: 'x', variables: {}}, {kind: 'start', definitionId, variables: {}}]}));
    t.is(refusalClass(error), 'refused');
    t.is(await bench().engine.state(caseId), null);
    t.like((await bench().engine.apply({caseId, seq: 2, operations: [{kind: 'start', definitionId, variables: {}}]})).state, {seq: 2, revision: 1});
  });

  test.serial(title('tasks and definitions of another case stay out of reach'), async t => {
    const one = await bench().start(lineXml);
    const other = await bench().start(lineXml);
    const error = await t.throwsAsync(one.apply({kind: 'complete', taskId: other.last().state.tasks[0]?.id ?? '', variables: {}}));
    t.is(refusalClass(error), 'refused');
    t.is(refusalClass(await t.throwsAsync(one.apply({kind: 'start', definitionId: one.last().state.definitionId, variables: {}}))), 'refused');
    t.is((await bench().engine.state(other.caseId))?.revision, 1);
  });

  test.serial(title('several operations run as one: a step is completed, variables are set and the next one is left at once'), async t => {
    const order = await bench().start(bpmn(`${start()}${user('first')}${user('second')}${end()}${chain('begin', 'first', 'second', 'done')}`));
    const answer = await order.apply(
      {kind: 'complete', taskId: order.last().state.tasks[0]?.id ?? '', variables: {a: 'x'}},
      {kind: 'setVariables', variables: {b: 7}},
      {kind: 'modify', instructions: [{type: 'cancelAll', activityId: 'second'}, {type: 'startBefore', activityId: 'first'}], variables: {c: true}},
    );
    t.like(answer.state, {revision: 2, seq: 2, ended: false});
    t.deepEqual(order.steps(), ['first']);
    const variables = await bench().rest('GET', `/process-instance/${answer.state.instanceId}/variables`);
    t.like(variables.body, {a: {value: 'x'}, b: {value: 7}, c: {value: true}});
  });

  test.serial(title('values other than texts, numbers, booleans and null are refused'), async t => {
    const order = await bench().start(lineXml);
    for (const value of [['list'], {inner: 1}]) {
      const variables = JSON.parse(JSON.stringify({a: value})) as Record<string, string>;
      t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'setVariables', variables}))), 'refused');
    }
  });

  test.serial(title('a text that fits no column is refused, not retried for ever'), async t => {
    const order = await bench().start(lineXml);
    t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'setVariables', variables: {long: '长'.repeat(4_001)}}))), 'refused');
    t.is((await order.complete('first')).state.tasks[0]?.stepId, 'second');
  });

  test.serial(title('a suspended instance answers "again", and goes on when it is resumed'), async t => {
    const order = await bench().start(lineXml);
    const {instanceId, tasks} = order.last().state;
    await bench().rest('PUT', `/process-instance/${instanceId}/suspended`, {suspended: true});
    const request = {caseId: order.caseId, seq: 2, operations: [{kind: 'complete' as const, taskId: tasks[0]?.id ?? '', variables: {}}]};
    t.is(refusalClass(await t.throwsAsync(bench().engine.apply(request))), 'again');
    await bench().rest('PUT', `/process-instance/${instanceId}/suspended`, {suspended: false});
    t.is((await bench().engine.apply(request)).state.tasks[0]?.stepId, 'second');
  });

  test.serial(title('an ended case takes no further operations; messages to it find nobody'), async t => {
    const order = await bench().start(lineXml);
    const cancelled = await order.apply({kind: 'cancel', reason: 'withdrawn'});
    t.like(cancelled.state, {ended: true, endActivityId: null, tasks: []});
    t.is(refusalClass(await t.throwsAsync(order.apply({kind: 'cancel', reason: 'again'}))), 'gone');
    t.deepEqual((await order.apply({kind: 'message', messageName: 'late', variables: {}})).skipped, [0]);
  });

  test.serial(title('the list of running cases is complete, ascending and pages'), async t => {
    const mine = await Promise.all([bench().start(lineXml), bench().start(lineXml), bench().start(lineXml)]);
    await mine[1]?.apply({kind: 'cancel', reason: 'over'});
    const found: string[] = [];
    for (let after = ''; ; ) {
      const page = await bench().engine.runningCases(after, 2);
      if (page.length === 0) break;
      found.push(...page.map(row => row.caseId));
      after = page.at(-1)?.caseId ?? '';
    }
    t.deepEqual(found, [...found].sort());
    t.deepEqual(mine.map(order => found.includes(order.caseId)), [true, false, true]);
  });
});
