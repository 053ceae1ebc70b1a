import test from 'ava';
import {isReviewTextWanted} from '../src/review-notices.js';
import {person, setup} from './support/review-world.js';

test('whoever may take a review is told once when it opens, by notice and phone: not the author, not who reviewed before, not those elsewhere', async t => {
  const world = await setup(t);
  const caseId = (await world.submitted(21)).reviewCaseId ?? '';
  const told = () => world.notices.filter(notice => notice.kind === 'catalogs.reviewWanted').map(notice => [notice.title['zh-CN'].split(' ')[1], ...notice.personIds].join(' '));
  t.deepEqual(told(), ['目录变更待初审 rita both']);
  t.like(world.notices[0], {title: {en: 'ML650000-20260212-000001: a catalog change waits for its first review'}, body: {'zh-CN': '“词：增词”由writer提交，请审核', en: '“词：增词”, handed in by writer, is to be reviewed'}});
  await world.act('both', caseId, 'firstReview', 'pass');
  await world.act('admin', caseId, 'secondReview', 'back', '请核实');
  await world.act('rita', caseId, 'firstReview', 'pass');
  t.deepEqual(told(), ['目录变更待初审 rita both', '目录变更待复审 admin', '目录变更待初审 rita both', '目录变更待复审 admin'], 'each time that it opens anew');
  t.deepEqual(world.texts.map(text => text.personIds), [['rita', 'both'], ['admin'], ['rita', 'both'], ['admin']]);
  t.is(new Set(world.texts.map(text => text.key)).size, 4);
  t.true(world.texts.every(text => text.caseId === caseId));
});

test('an answer of the engine that is lost and asked for again tells nobody twice', async t => {
  const world = await setup(t);
  const {faults} = world.engine;
  if (!faults) throw new Error('the engine in memory has faults');
  faults.lostAnswers = 1;
  const caseId = (await world.submitted()).reviewCaseId ?? '';
  await world.relay.deliver(caseId);
  await world.relay.deliver(caseId);
  t.deepEqual(await world.inboxes(caseId), ['rita', 'both']);
  t.deepEqual([world.notices.length, world.texts.length], [1, 1]);
});

test('where nobody may take it nobody is told; without a chain neither', async t => {
  const world = await setup(t);
  world.away.add('rita').add('both');
  await world.submitted();
  world.settings.bundleId = null;
  await world.submitted();
  t.deepEqual([world.notices, world.texts], [[], []]);
});

test('a text message that waited for the morning goes only while its review does', async t => {
  const world = await setup(t);
  const caseId = (await world.submitted()).reviewCaseId ?? '';
  const key = `${world.texts[0]?.key ?? ''}:rita`;
  t.true(await isReviewTextWanted(world.store, {key}));
  t.true(await isReviewTextWanted(world.store, {key: 'clock:a:1:warn:p1'}), 'what clocks say is theirs to judge');
  await world.act('rita', caseId, 'firstReview', 'pass');
  t.false(await isReviewTextWanted(world.store, {key}));
  t.is((await world.cases.view(person('rita'), caseId)).tasks.filter(task => task.stepId === 'firstReview' && task.state === 'open').length, 0);
});
