import test from 'ava';
import {standInFiles} from '../src/index.js';

const drawing = '<d:definitions xmlns:d="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:b="http://banli.dev/schema/bpmn/1.0"><d:process id="p"><d:startEvent id="s" b:form="case"/><d:userTask id="u" b:form="reply"/></d:process></d:definitions>';
const files = {'processes/main.bpmn': drawing, 'forms/case.form.json': '{}', 'forms/reply.form.json': '{}', 'forms/short.form.json': '{', 'forms/extensions/line.form.json': '{}'};

test('base forms that no step names stand in, whatever stands in them', t => {
  t.deepEqual(standInFiles(files, 'case'), ['forms/short.form.json']);
});

test('the form of the start is none, even where no drawing can be read', t => {
  t.deepEqual(standInFiles({...files, 'processes/main.bpmn': '<broken'}, 'case'), ['forms/reply.form.json', 'forms/short.form.json']);
});
