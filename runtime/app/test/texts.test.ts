import test from 'ava';
import {createTestClock} from '@banli/time';
import {sourceWords} from '../src/case/source-words.js';
import {createServerClock} from '../src/http/server-clock.js';
import {adminEn} from '../src/texts/admin-en.js';
import {adminZh} from '../src/texts/admin-zh-cn.js';
import {catalogEn} from '../src/texts/catalogs-en.js';
import {catalogZh} from '../src/texts/catalogs-zh-cn.js';
import {issueEn} from '../src/texts/issue-en.js';
import {issueZh} from '../src/texts/issue-zh-cn.js';
import {appEn} from '../src/texts/en.js';
import {fieldEn} from '../src/texts/fields-en.js';
import {fieldZh} from '../src/texts/fields-zh-cn.js';
import {listEn} from '../src/texts/lists-en.js';
import {listZh} from '../src/texts/lists-zh-cn.js';
import {progressEn} from '../src/texts/progress-en.js';
import {progressZh} from '../src/texts/progress-zh-cn.js';
import {tokenEn} from '../src/texts/tokens-en.js';
import {tokenZh} from '../src/texts/tokens-zh-cn.js';
import {toolEn} from '../src/texts/tools-en.js';
import {toolZh} from '../src/texts/tools-zh-cn.js';
import {appZh, type AppKey} from '../src/texts/zh-cn.js';

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort();
const named = (name: string, table: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(table).map(([key, text]) => [`${name}: ${key}`, text]));
const t = (key: AppKey, values: Readonly<Record<string, string | number>> = {}) => appZh[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

test('both languages have every key with the same holes, and Chinese has no exclamation marks and no 您', assert => {
  const [zh, en]: ReadonlyArray<Readonly<Record<string, string>>> = [{...appZh, ...named('catalogs', catalogZh), ...named('tools', toolZh), ...named('issue', issueZh), ...named('fields', fieldZh), ...named('admin', adminZh), ...named('progress', progressZh), ...named('lists', listZh), ...named('tokens', tokenZh)}, {...appEn, ...named('catalogs', catalogEn), ...named('tools', toolEn), ...named('issue', issueEn), ...named('fields', fieldEn), ...named('admin', adminEn), ...named('progress', progressEn), ...named('lists', listEn), ...named('tokens', tokenEn)}];
  assert.deepEqual(Object.keys(en ?? {}).sort(), Object.keys(zh ?? {}).sort());
  for (const [key, text] of Object.entries(zh ?? {})) {
    assert.deepEqual(holes(en?.[key] ?? ''), holes(text), key);
    assert.notRegex(text, /[!！您]/, key);
    assert.notRegex(text.replace(/\{\{\w+\}\}|Enter|Esc|J \/ K|Authorization|Bearer/g, ''), /[a-z]{2,}/i, key);
  }
});

test('sources of catalog rows are told in words', assert => {
  assert.is(sourceWords('own: 样例时限', t), '自定（无文件依据）：样例时限');
  assert.is(sourceWords('requirements/xinjiang-hotline.md §2.6, §2.1.10', t), '需求 §2.6, §2.1.10');
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
