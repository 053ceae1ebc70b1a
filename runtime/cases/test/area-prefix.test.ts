import test from 'ava';
import {areaPrefix} from '../src/index.js';

test('a prefix holds an area and what lies in it, no neighbour', t => {
  const cases: ReadonlyArray<[code: string, inside: readonly string[], outside: readonly string[]]> = [
    ['650000', ['650100', '659001', '650102004001'], ['640100']],
    ['650100', ['650102', '650102004'], ['650200', '651000']],
    ['650102', ['650102004', '650102004001'], ['650103']],
    ['650102100', ['650102100', '650102100001'], ['650102101', '650102004']],
    ['', ['650102'], []],
  ];
  for (const [code, inside, outside] of cases) {
    for (const each of inside) t.true(each.startsWith(areaPrefix(code)), `${each} lies in ${code}`);
    for (const each of outside) t.false(each.startsWith(areaPrefix(code)), `${each} lies outside of ${code}`);
  }
});
