import test from 'ava';
import {runWorker, verifyPlugin} from '@banli/testing';
import {demoFails, demoOk, demoThrows} from '../src/server/workers.js';

verifyPlugin(new URL('..', import.meta.url));

test('each worker ends its own way: it works, it refuses with a code, it breaks', async t => {
  t.is((await runWorker(demoOk, {input: {word: '办理'}})).notes[0]?.['zh-CN'], '示例处理程序把“办理”倒写为“理办”');
  await t.throwsAsync(runWorker(demoFails, {input: {word: 'x'}}), {code: 'DEMO_REFUSED'});
  await t.throwsAsync(runWorker(demoThrows, {input: {word: 'x'}}), {name: 'TypeError'});
});
