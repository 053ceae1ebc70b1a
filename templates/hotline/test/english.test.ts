import {readFile} from 'node:fs/promises';
import test from 'ava';

test('everything on the drawing that has a name has one in English, and so has every outcome and request', async t => {
  const drawing = await readFile(new URL('../processes/hotlineCase.bpmn', import.meta.url), 'utf8');
  const named = [...drawing.matchAll(/<(?:bpmn:(?:\w+Event|\w+Task|\w+Gateway|subProcess|sequenceFlow)|banli:(?:outcome|action)) [^>]*\bname="[^"]+"[^>]*>/g)].map(([tag]) => tag);
  t.true(named.length > 100);
  t.deepEqual(named.filter(tag => !/nameEn="[A-Za-z][^"\u4e00-\u9fff]*"/.test(tag)), []);
});
