import {caseRoutes} from '@banli/api';
import test from 'ava';
import {formatMoment} from '@banli/time';
import {stallOrder} from '../src/main-job/orders.js';
import {at} from '../src/main-job/words.js';
import {publishNext} from './support/catalogs.js';
import {clockOf, openSteps, useStage, type Values} from './support/stage.js';
import {mattersOfTwin, twinOfHotline} from './support/twin.js';

/** The hotline, but an order may be registered before anybody has filed it. */
const stage = useStage(at('2026-03-02', '10:30'), () => twinOfHotline(text => text.replace(/(^ {2}callAccepted:\n(?: {4}.*\n)*?) {4}matter: required\n {4}urgency: required\n/m, '$1    matter: edit\n    urgency: edit\n')));
const {matter, urgency, ...unfiled} = stallOrder;

test.serial('a case that begins without a matter runs on the general limit, and takes that of its matter two days later, from acceptance on', async t => {
  t.timeout(300_000);
  const scene = stage();
  await publishNext(scene.store, mattersOfTwin('2026-01-01'));
  const clerk = await scene.person('shi.shouli');
  const start = async (values: Values) => (await clerk.call(caseRoutes.start, {body: {bundleId: 'enterprise', items: [{values}]}})).cases[0]?.caseId ?? '';
  const caseId = await start({...unfiled, intakeRoute: 'review'});
  const explained = async () => {
    const clock = clockOf(await scene.view('shi.shouli', caseId), 'resolve');
    const why = await clerk.call(caseRoutes.explainClock, {params: {caseId, clockId: clock.id}});
    return {row: why.limit?.row, due: formatMoment(clock.dueAt ?? 0), startedAt: clock.startedAt, moves: why.lines.filter(line => line.kind === 'recomputed').map(line => line.text['zh-CN'])};
  };
  const before = await explained();
  t.is(before.row, 'general|normal|resolve');
  t.deepEqual(before.moves, []);
  await scene.finish('shi.shenhe', caseId, 'reviewIntake', 'supplement', {opinion: '请确定事项'});
  await scene.moveTo(at('2026-03-04', '10:30'));
  await scene.finish('shi.shouli', caseId, 'supplementCase', 'submit', {matter, urgency, intakeRoute: 'review'});
  const after = await explained();
  t.is(after.row, 'city|normal|resolve');
  t.is(after.startedAt, before.startedAt, 'counted from acceptance');
  t.is(after.due, '2026-03-05 19:30');
  t.not(before.due, after.due);
  t.is(after.moves.length, 1);
  t.true(after.moves[0]?.includes(before.due), 'the line tells the due time before');
  const audited = await scene.store.knex('audit_entry').where({action: 'case.refitClocks', subject: caseId});
  t.is(audited.length, 1, 'one entry of the audit log for both clocks');
  t.true((await scene.lines('shi.shouli', caseId)).some(line => line.kind === 'clock.refitted'));
  t.deepEqual(openSteps(await scene.view('shi.shenhe', caseId)), ['reviewIntake']);
});
