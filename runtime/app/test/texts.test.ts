import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {createTestClock} from '@banli/time';
import {sourceWords} from '../src/case/source-words.js';
import {createServerClock} from '../src/http/server-clock.js';
import {allTexts} from '../src/texts/all-texts.js';
import {appZh, type AppKey} from '../src/texts/zh-cn.js';

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
const t = (key: AppKey, values: Readonly<Record<string, string | number>> = {}) => appZh[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

test('both languages have every key with the same holes, and Chinese has no exclamation marks and no 您', assert => {
  const of = (language: 'zh' | 'en') => Object.entries(allTexts).flatMap(([room, texts]) => Object.entries<string>(texts[language]).map(([key, text]) => [`${room}: ${key}`, text] as const));
  const [zh, en] = [Object.fromEntries(of('zh')), Object.fromEntries(of('en'))];
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
  for (const [key, text] of Object.entries(zh)) {
    assert.deepEqual(holes(en[key] ?? ''), holes(text), key);
    assert.notRegex(text, /[!！您]/, key);
    assert.notRegex(text.replace(/\{\{\w+\}\}|Enter|Esc|J \/ K|Authorization|Bearer/g, ''), /[a-z]{2,}/i, key);
  }
});

test('an English word after a number has its form for one', assert => {
  const english = Object.entries(allTexts).flatMap(([room, texts]) => Object.entries<string>(texts.en).map(([key, text]) => ({key: `${room}: ${key}`, text, zh: String((texts.zh as Readonly<Record<string, string>>)[key])})));
  const chosen = english.flatMap(({key, text, zh}) => [...text.matchAll(/\{\{(\w+), ([^}]*)\}\}/g)].map(match => ({key, hole: match[1] ?? '', forms: (match[2] ?? '').split('|'), zh})));
  for (const {key, hole, forms, zh} of chosen) {
    assert.true(holes(zh).includes(hole), `${key}: ${hole} is no hole of the text`);
    assert.true(forms.length === 2 && forms.every(form => form.trim() !== ''), key);
  }
  const numbers = [...new Set(chosen.map(each => each.hole))].join('|');
  const rigid = new RegExp(`\\{\\{(${numbers})\\}\\}( more| new| open)? [a-z]{2,}[^s\\W]s\\b`);
  // They are shown for more than one alone.
  const always = /^app: (register\.(submitMany|askTitle)|search\.f\.more)$/;
  assert.deepEqual(english.filter(({key, text}) => rigid.test(text) && !always.test(key)).map(({key}) => key), []);
});

test('a page puts words together with the marks of its language, not with Chinese ones', assert => {
  const src = fileURLToPath(new URL('../src/', import.meta.url));
  const pages = readdirSync(src, {recursive: true, encoding: 'utf8'}).filter(path => path.endsWith('.tsx'));
  assert.true(pages.length > 100);
  const strange = pages.flatMap(path => readFileSync(join(src, path), 'utf8').split('\n').filter(line => /[：（）；、，]/.test(line) && !/^\s*(\/?\*|\/\/)|[eE]n(glish|'|) ?\?/.test(line)).map(line => `${path}: ${line.trim()}`));
  assert.deepEqual(strange, [], 'use joints of @banli/ui');
});

test('sources of catalog rows are told in words', assert => {
  assert.is(sourceWords('own: 样例时限', t), '自定（无文件依据）：样例时限');
  assert.is(sourceWords('requirements/xinjiang-hotline.md §2.6, §2.1.10', t), '需求 §2.6, §2.1.10');
  assert.is(sourceWords('own: 条目自拟，字段见 requirements/xinjiang-hotline.md §2.1.2', t), '自定（无文件依据）：条目自拟，字段见 需求 §2.1.2');
  assert.is(sourceWords('国务院令第795号', t), '国务院令第795号');
});

test('the page follows the clock of the server', assert => {
  const own = createTestClock(1_000);
  const clock = createServerClock(own);
  assert.is(clock.now(), 1_000);
  clock.learn(5_000);
  own.moveBy(10);
  assert.is(clock.now(), 5_010);
});
