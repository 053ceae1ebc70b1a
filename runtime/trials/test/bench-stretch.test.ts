import test from 'ava';
import {bestRatio} from '../src/bench/measure.js';
import {keptWithin, stretchOf, type Stretch} from '../src/bench/stretch.js';

const stretch = (wall: number, own: number, server: number, others: number): Stretch<null> => ({value: null, wall, own, server, others});

test('the clock decides; where others had the machine, the CPU of the busiest does, and the line says so', t => {
  t.deepEqual(keptWithin(10, stretch(3, 2, 1, 0.9), stretch(7, 5, 5, 0.9)), {met: true, text: 'ok'});
  t.deepEqual(keptWithin(10, stretch(4, 2, 1, 0.6), stretch(16, 7, 6, 0.6)), {met: true, text: 'ok by CPU (9.0 s), not by the clock: others had 60 % of the machine'});
  t.deepEqual(keptWithin(10, stretch(12, 4, 4, 0.1)), {met: false, text: 'NOT MET (others had 10 % of the machine)'}, 'nobody to blame');
  t.deepEqual(keptWithin(10, stretch(40, 6, 11, 0.7)), {met: false, text: 'NOT MET (others had 70 % of the machine)'}, 'the database server alone takes longer');
});

test('a stretch tells its value, its time and a share between nothing and all', async t => {
  const {value, wall, own, server, others} = await stretchOf(async () => 'done');
  t.is(value, 'done');
  t.true(wall >= 0 && own >= 0 && server >= 0 && others >= 0 && others <= 1);
});

test('the gain goes by the best round of each', t => {
  t.is(bestRatio([40, 900, 60], [2, 30, 4]), 20);
});
