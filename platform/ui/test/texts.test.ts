import test from 'ava';
import {uiEn} from '../src/i18n/en.js';
import {localize} from '../src/i18n/hooks.js';
import {createTexts} from '../src/i18n/texts.js';
import {uiZh} from '../src/i18n/zh-cn.js';

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();

test('both languages have every key with the same holes, and no English is left in Chinese', t => {
  t.deepEqual(Object.keys(uiEn).sort(), Object.keys(uiZh).sort());
  for (const [key, text] of Object.entries(uiZh)) {
    t.deepEqual(holes(uiEn[key as keyof typeof uiZh]), holes(text), key);
    t.notRegex(text.replace(/\{\{\w+\}\}|MB/g, ''), /[a-z]{2,}/i, key);
  }
});

test('texts follow the language; a missing English text falls back to Chinese', t => {
  const texts = createTexts({app: {zh: {hello: '你好 {{name}}'}, en: {hello: 'Hello {{name}}'}}}, 'zh-CN');
  t.is(texts.t('hello', {ns: 'app', name: '<b>'}), '你好 <b>');
  t.is(texts.t('hello', {ns: 'app', name: 'x', lng: 'en'}), 'Hello x');
  t.is(localize({'zh-CN': '派单'}, 'en'), '派单');
  t.is(localize(null, 'zh-CN'), '');
});
