import test from 'ava';
import {commonAnswers, type StartForm} from '../src/registration/start-form.js';

const field = (more: Readonly<Record<string, unknown>> = {}, catalog?: string) => ({type: 'string', title: 't', 'x-component': 'Input', ...more, 'x-banli': {id: 'f', titleEn: 't', ...(catalog === undefined ? {} : {catalog: {id: catalog}})}});
const form = (properties: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>> = {}) => ({schema: {type: 'object', properties}, values} as unknown as StartForm);

test('answers that both forms ask for go along; what is called alike but means something else stays behind', t => {
  const here = form({title: field(), phone: field(), amount: field({type: 'number'}), matter: field({}, 'matters'), only: field()});
  const there = form({title: field(), phone: field(), amount: field(), matter: field({}, 'items'), urgency: field()}, {urgency: 'normal', title: '标题'});
  t.deepEqual(commonAnswers(here, there, {title: '路灯不亮', phone: '13899990001', amount: 3, matter: '020101', only: 'x', gone: 'y'}), {urgency: 'normal', title: '路灯不亮', phone: '13899990001'});
});
