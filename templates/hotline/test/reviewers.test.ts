import {readFileSync} from 'node:fs';
import test from 'ava';

const drawing = readFileSync(new URL('../processes/hotlineCase.bpmn', import.meta.url), 'utf8');

test('whoever signed, handled, confirmed or assisted neither reviews what became of it nor calls the citizen back', t => {
  const reviews = ['reviewResult', 'reviewExtension', 'reviewPause', 'reviewResume', 'callbackCitizen', 'recheckCase'];
  const excluded = reviews.map(id => new RegExp(`<bpmn:userTask id="${id}"[^]*?<banli:assignment[^>]* exclude="([^"]*)"`).exec(drawing)?.[1]);
  t.deepEqual(excluded, reviews.map(() => 'signCase handleCase confirmLower assistCase'));
});

test('whoever asked last for a return does not review it, also where the centre itself had the order; who asked before may', t => {
  t.is(/<bpmn:userTask id="reviewReturn"[^]*?<banli:assignment[^>]* exclude="([^"]*)"/.exec(drawing)?.[1], 'signCase.return handleCase.return');
});
