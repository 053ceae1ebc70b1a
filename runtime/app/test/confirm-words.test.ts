import test from 'ava';
import type {FormNode} from '@banli/formats';
import {confirmWords} from '../src/case/confirm-words.js';

const field = (name: string, node: Partial<FormNode>) => [name, {name, section: 's', binding: {id: name}, node: {type: 'string', title: '主办单位', ...node, 'x-banli': {id: name, titleEn: 'Lead unit'}}}] as const;
const model = (values: Record<string, unknown>) => ({values: () => values, fields: new Map([field('leadUnit', {'x-component': 'UnitSelect'}), field('mode', {enum: [{value: 'single', label: '单办', labelEn: 'Single'}]}), field('title', {title: '标题'})]) as never});
const services = {units: async () => [{id: 'u1', name: '天山区城市管理局', titleEn: 'Tianshan urban management'}] as never};

test('a question names the unit, the choice and the text that stand in the form, in both languages', async t => {
  const values = {leadUnit: 'u1', mode: 'single', title: '占道'};
  t.is(await confirmWords('{mode}派给{leadUnit}：{title}。确定？', model(values), services, 'zh-CN'), '单办派给天山区城市管理局：占道。确定？');
  t.is(await confirmWords('{mode} to {leadUnit}?', model(values), services, 'en'), 'Single to Tianshan urban management?');
});

test('what is empty or not known is called by its title; a value is never taken for a place', async t => {
  t.is(await confirmWords('派给{leadUnit}。', model({}), services, 'zh-CN'), '派给主办单位。');
  t.is(await confirmWords('派给{leadUnit}。', model({leadUnit: 'gone'}), services, 'zh-CN'), '派给主办单位。');
  t.is(await confirmWords('{title}', model({title: '{leadUnit} $&'}), services, 'zh-CN'), '{leadUnit} $&');
});
