import {caseRoutes, catalogLifeRoutes as routes, inboxRoutes, operationRoutes} from '@banli/api';
import test from 'ava';
import {createHands, people, type Change, type Hands} from '../src/catalog-checks/hands.js';
import {at} from '../src/main-job/words.js';
import {useStage, type Stage} from './support/stage.js';

const stage = useStage(at('2026-03-02', '10:30'));
const seen = (change: Change) => ({params: {changeId: change.id}, body: {lockVersion: change.lockVersion}});

/** A change of a limit: reviewed twice. */
function limitChange(hands: Hands, value: string): Promise<Change> {
  return hands.draft('limits', `缩短为 ${value}`, {table: 'matrix', op: 'modify', key: 'J|*|normal|resolve', cells: {value}});
}

async function stateOf(scene: Stage, hands: Hands, changeId: string, state: string): Promise<Change> {
  return scene.wait(`the change is ${state}`, async () => {
    const {change} = await hands.open(changeId);
    return change.state === state ? change : null;
  }, 60);
}

test.serial('a submission made while the engine is down stands; its review begins, and a worker host that dies carries the decision once', async t => {
  t.timeout(240_000);
  const scene = stage();
  const hands = createHands(scene);
  const draft = await limitChange(hands, '4');
  await scene.instance.kill('engine');
  const submitted = await hands.submit(draft);
  t.is(submitted.state, 'inReview');
  const caseId = submitted.reviewCaseId ?? '';
  await scene.wait('the first review is open', async () => ((await scene.view(people.first, caseId).catch(() => null))?.tasks.some(task => task.stepId === 'firstReview' && task.mine) ? true : null), 120);
  await scene.finish(people.first, caseId, 'firstReview', 'pass', {opinion: '同意缩短'});
  const reviewed = await scene.view(people.first, caseId);
  t.is(reviewed.form.values['lastOpinion'], '同意缩短');
  await Promise.all([scene.finish(people.second, caseId, 'secondReview', 'pass', {opinion: '复审同意'}), scene.instance.kill('worker')]);
  const passed = await stateOf(scene, hands, draft.id, 'approved');
  t.like(passed, {decidedByName: '祁望舒', opinion: '复审同意'});
  t.true((await scene.ended(people.first, caseId)).ended);
  const auditor = await scene.person('qu.shenji');
  const rows = (await auditor.call(operationRoutes.audit, {query: {subject: draft.id, limit: 50}})).rows.map(row => row.action);
  t.deepEqual(rows.filter(action => action === 'catalogs.pass'), ['catalogs.pass']);
  const {lines} = await hands.open(draft.id);
  t.deepEqual(lines.map(line => line.kind), ['created', 'submitted', 'passed']);
  await hands.publish(passed);
});

test.serial('an author decides nothing of his own, a unit elsewhere sees nothing, and nobody decides beside the chain', async t => {
  const scene = stage();
  const hands = createHands(scene);
  const submitted = await hands.submit(await limitChange(hands, '3'));
  const caseId = submitted.reviewCaseId ?? '';
  await scene.open(people.first, caseId, 'firstReview');
  t.false((await scene.view(people.writer, caseId)).tasks.some(task => task.mine));
  t.is((await scene.refusal(() => scene.view('shi.shenhe', caseId)))?.code, 'CASE_UNKNOWN');
  t.deepEqual((await (await scene.person('shi.shenhe')).call(inboxRoutes.list, {params: {box: 'todo'}, query: {limit: 50}})).rows.filter(row => row.caseId === caseId), []);
  const direct = await scene.person(people.second);
  t.is((await scene.refusal(() => direct.call(routes.decide, {params: {changeId: submitted.id}, body: {lockVersion: submitted.lockVersion, result: 'pass', opinion: ''}})))?.code, 'CATALOG_CHANGE_CHAIN_RUNS');
  t.is((await scene.refusal(() => scene.finish(people.first, caseId, 'firstReview', 'fail')))?.code, 'CASE_INPUT', 'a refusal says why');
  const writer = await scene.person(people.writer);
  const {change: revoked} = await writer.call(routes.revoke, seen(submitted));
  t.is(revoked.state, 'revoked');
  t.is((await scene.ended(people.first, caseId)).head.state.id, 'cancelled');
});

test.serial('a review that its author cancels takes the change back to work', async t => {
  const scene = stage();
  const hands = createHands(scene);
  const submitted = await hands.submit(await limitChange(hands, '2'));
  const caseId = submitted.reviewCaseId ?? '';
  const {view} = await scene.open(people.first, caseId, 'firstReview');
  const writer = await scene.person(people.writer);
  await writer.call(caseRoutes.cancel, {params: {caseId}, body: {reason: '还要补充', caseVersion: view.version}});
  const back = await stateOf(scene, hands, submitted.id, 'editing');
  t.deepEqual((await scene.view(people.first, caseId)).tasks.filter(task => task.state === 'open'), []);
  await (await scene.person(people.publisher)).call(routes.delete, {params: {changeId: back.id}, query: {lockVersion: back.lockVersion}});
});
