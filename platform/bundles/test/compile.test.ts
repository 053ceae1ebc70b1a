import {createHash} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import BpmnModdle from 'bpmn-moddle';
import {compileBundle, diffBundles, engineReads, hashBundle, sha256, startVariables, structureOf} from '@banli/bundles';
import banliModdle from '@banli/bundles/moddle' with {type: 'json'};
import {propertySeed} from '@banli/testing/property-seed';
import {soundFiles} from './setup.js';

const sound = await soundFiles();
const release = compileBundle(sound);
const xml = release.compiled['leaveCase'] ?? '';

test('the compiled process is what a person would expect', t => {
  t.snapshot(xml);
});

test('nothing of ours and no diagram reaches the engine', t => {
  t.notRegex(xml, /banli:|bpmndi|dc:Bounds/);
});

test('the same files give the same bytes and the same hash', t => {
  t.deepEqual(compileBundle(Object.fromEntries(Object.entries(sound).reverse())), release);
});

test('the block structure names the join and the branches between', t => {
  t.deepEqual(structureOf(release), [{fork: 'fork', join: 'join', branches: [
    {flow: 'toReview', nodes: ['reviewLeave', 'leaveRefused'], reachesJoin: true},
    {flow: 'toAdvice', nodes: ['adviseLeave'], reachesJoin: true},
  ]}]);
  const open = structureOf({nodes: release.nodes, flows: release.flows.filter(({id}) => id !== 'advised')});
  t.deepEqual(open.map(({join, branches}) => [join, branches.map(({reachesJoin}) => reachesJoin)]), [[null, [false, false]]]);
});

test('line ends and a byte order mark change neither hash nor result', t => {
  const windows = Object.fromEntries(Object.entries(sound).map(([path, text]) => [path, `\uFEFF${text.replaceAll('\n', '\r\n')}`]));
  t.is(hashBundle(windows), release.hash);
  t.deepEqual(compileBundle(windows), release);
});

test('new limits leave the compiled process as it is', t => {
  const longer = compileBundle({...sound, 'limits.yaml': (sound['limits.yaml'] ?? '').replace('fixed: P3D', 'fixed: P30D')});
  t.deepEqual(longer.compiled, release.compiled);
  t.not(longer.hash, release.hash);
});

test('steps, clocks and variables are read as drawn', t => {
  t.is(release.startStep, 'applyLeave');
  t.deepEqual(release.steps['applyLeave']?.outcomes.map(({id}) => id), ['submit']);
  t.deepEqual(release.steps['reviewLeave']?.outcomes[1]?.effects[0], {kind: 'field', name: 'reason', value: 'form.opinion', when: 'round = 1'});
  t.deepEqual(release.clockEvents.map(({elementId, messageName, attachedTo}) => [elementId, messageName, attachedTo]), [['reviewLate', 'clock.reviewTime.reviewLeave', 'reviewLeave'], ['wholeLapsed', 'clock.wholeTime', null]]);
  t.deepEqual(startVariables(release), {urgent: false, route: 'normal', copies: 0, applyLeaveOutcome: '', reviewLeaveOutcome: '', adviseLeaveOutcome: '', adviseLeaveCount: 0, explainDelayOutcome: ''});
  t.deepEqual(release.elementMap, {clock_reviewTime_reviewLeave: 'reviewLate', clock_wholeTime: 'wholeLapsed'});
});

test('a drawing that the designer read and wrote compiles to the same', async t => {
  const moddle = new BpmnModdle({banli: banliModdle});
  const {rootElement, warnings} = await moddle.fromXML(sound['processes/leaveCase.bpmn'] ?? '');
  t.deepEqual(warnings, []);
  const {xml: written} = await moddle.toXML(rootElement, {format: true});
  t.is(compileBundle({...sound, 'processes/leaveCase.bpmn': written}).compiled['leaveCase'], xml);
});

test('what changed between two bundles is listed by file', t => {
  const after = {...sound, 'samples/second.yaml': 'a: 1\n', 'README.md': '# Other\n'};
  t.deepEqual(diffBundles(sound, after), {added: ['samples/second.yaml'], changed: ['README.md'], removed: []});
  t.deepEqual(diffBundles(after, sound).removed, ['samples/second.yaml']);
});

test('our SHA-256 agrees with Node for any text', t => {
  fc.assert(fc.property(fc.string({unit: 'grapheme', maxLength: 300}), text => sha256(text) === createHash('sha256').update(text).digest('hex')), {numRuns: 200, seed: propertySeed});
  t.is(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('the engine reads what its conditions and loops name, and no place else holds an expression', t => {
  const read = engineReads(release);
  t.deepEqual(Object.keys(startVariables(release)).filter(name => read.has(name)), ['urgent', 'copies', 'reviewLeaveOutcome', 'adviseLeaveCount']);
  t.deepEqual([...engineReads({compiled: {cdata: '<bpmn:loopCardinality xsi:type="x"><![CDATA[copies < 5]]></bpmn:loopCardinality>'}})].filter(name => name !== 'CDATA'), ['copies']);
  const bare = Object.values(release.compiled).join('').replace(/<bpmn:(conditionExpression|loopCardinality)\b[^>]*>[^<]*/g, '');
  t.notRegex(bare, /"feel"|\$\{|tFormalExpression/);
});
