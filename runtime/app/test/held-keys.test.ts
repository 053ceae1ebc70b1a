import test from 'ava';
import type {ApiProblem} from '@banli/api';
import {heldKeys} from '../src/catalogs/held-keys.js';

const problem = (code: string, element: string, more: Partial<ApiProblem> = {}): ApiProblem => ({code: `CATALOG_CHANGE_${code}`, message: code, place: {file: 'matters/matters', element}, ...more});

test('rows that orders, processes, data or rows hold are told once, in the order they were chosen', t => {
  const problems = [problem('USED_BY_ORDER', 'c'), problem('USED_BY_ROW', 'c'), problem('USED_BY_DATA', 'a'), problem('USED_BY_PROCESS', 'd')];
  t.deepEqual(heldKeys(['a', 'b', 'c', 'd'], problems, 'matters/matters'), ['a', 'c', 'd']);
  t.deepEqual(heldKeys(['b'], problems, 'matters/matters'), []);
});

test('other problems, warnings and rows of other tables cannot be left out so', t => {
  const problems = [problem('NOT_LEAF', 'a'), problem('USED_BY_ROW', 'b', {severity: 'warning'}), problem('USED_BY_ROW', 'c', {place: {file: 'matters/synonyms', element: 'c'}})];
  t.deepEqual(heldKeys(['a', 'b', 'c'], problems, 'matters/matters'), []);
});
