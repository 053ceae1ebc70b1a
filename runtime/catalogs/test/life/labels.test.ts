import test from 'ava';
import {sampleLife} from './setup.js';

test('a row without a title whose key says nothing is called by what it joins, others by their key in words or their own title', async t => {
  const {life, close} = await sampleLife();
  t.teardown(close);
  const first = async (catalogId: string) => (await life.rows({catalogId, filter: {}, limit: 1})).rows[0];
  const joined = await first('implementations');
  t.regex(joined?.key ?? '', /^ss-/);
  t.regex(joined?.title['zh-CN'] ?? '', /^商品质量投诉.* · /);
  t.false((joined?.title['zh-CN'] ?? '').includes(joined?.key ?? ''));
  t.regex((await first('limits'))?.title['zh-CN'] ?? '', / · /);
  t.is((await first('natures'))?.title['zh-CN'], (await first('natures'))?.values['titleZh']);
});
