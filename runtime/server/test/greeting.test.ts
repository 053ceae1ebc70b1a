import test from 'ava';
import {greet} from '../src/greeting.js';
import {step} from '../src/step.js';

test('the accounts of the first walk come first, each on a line with roles and unit', t => {
  const lines: string[] = [];
  greet(line => lines.push(line), 'http://127.0.0.1:8330', 'secret', [
    {login: 'qu.admin', roles: ['自治区级管理员'], units: ['自治区12345热线中心']},
    {login: 'shi.paidan', roles: ['派单员', '联络员'], units: ['乌鲁木齐市12345热线中心']},
    {login: 'shi.shouli', roles: ['受理员'], units: ['乌鲁木齐市12345热线中心']},
  ]);
  const at = (words: string): number => lines.findIndex(line => line.includes(words));
  t.is(lines[at('shi.shouli')], '    shi.shouli  受理员  乌鲁木齐市12345热线中心');
  t.is(lines[at('shi.paidan')], '    shi.paidan  派单员、联络员  乌鲁木齐市12345热线中心');
  t.true(at('先走一遍') < at('shi.shouli') && at('shi.shouli') < at('shi.paidan') && at('shi.paidan') < at('其他账号') && at('其他账号') < at('qu.admin'));
  t.true(lines.some(line => line.includes('密码 password: secret')));
});

test('a step says when it begins and when it is done, and a failed one never says it is done', async t => {
  const lines: string[] = [];
  t.is(await step(line => lines.push(line), '建库', async () => 7), 7);
  t.is(lines[0], '  → 建库');
  t.regex(lines[1] ?? '', /^ {2}✓ 建库（\d+ 秒 s）$/);
  await t.throwsAsync(step(line => lines.push(line), '启动', () => Promise.reject(new Error('no'))));
  t.is(lines.length, 3);
});
