import test from 'ava';
import {startQuestions} from '../src/registration/start-questions.js';

const outcome = {
  id: 'submit', name: {'zh-CN': '提交'}, tone: 'primary' as const, requires: [],
  confirm: {'zh-CN': '“{title}”将立即答复。确定？', en: '“{title}” is answered at once?'}, confirmWhen: 'form.intakeRoute = "reply"',
};
const order = (title: string, intakeRoute: string) => ({context: {}, values: () => ({title, intakeRoute}), fields: new Map([['title', {name: 'title', section: null, binding: {}, node: {type: 'string' as const, title: '标题'}}]])});
const tools = {services: {units: async () => []}, language: 'zh-CN' as const, localize: (text?: {'zh-CN': string}) => text?.['zh-CN'] ?? ''};

test('each order of a call that is answered at once is asked about with its title; the others are not', async t => {
  t.deepEqual(await startQuestions(outcome, {...tools, models: [order('路灯不亮', 'reply'), order('占道', 'dispatch'), order('养老咨询', 'reply')]}), ['“路灯不亮”将立即答复。确定？', '“养老咨询”将立即答复。确定？']);
  t.deepEqual(await startQuestions(outcome, {...tools, models: [order('占道', 'dispatch')]}), []);
});

test('a rule that fails asks; without a question, or without an outcome, nothing is asked', async t => {
  const models = [order('占道', 'dispatch')];
  t.is((await startQuestions({...outcome, confirmWhen: 'form.nothing > 3 +'}, {...tools, models})).length, 1);
  t.is((await startQuestions({id: 'submit', name: {'zh-CN': '提交'}, tone: 'primary', requires: []}, {...tools, models})).length, 0);
  t.deepEqual(await startQuestions(undefined, {...tools, models}), []);
});
