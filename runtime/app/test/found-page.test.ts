import test from 'ava';
import {foundPage} from '../src/search/found-page.js';

const answers: Readonly<Record<string, {rows: readonly string[]; nextCursor: string | null; total?: number}>> = {
  '': {rows: [], nextCursor: 'one', total: 7}, one: {rows: [], nextCursor: 'two'}, two: {rows: ['row'], nextCursor: 'three'}, three: {rows: [], nextCursor: null},
};
const ask = async (cursor: string) => answers[cursor] ?? {rows: [], nextCursor: null};

test('empty pages are passed over up to one that holds something, with what the first answer said', async t => {
  t.deepEqual(await foundPage(ask, ''), {rows: ['row'], nextCursor: 'three', total: 7});
});

test('the end is an end, also with nothing in it', async t => {
  t.deepEqual(await foundPage(ask, 'three'), {rows: [], nextCursor: null});
});
