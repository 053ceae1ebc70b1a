import test from 'ava';
import type {ClockCatalogs} from '../src/deps.js';
import {setup} from './bench-case.js';

test('the industry of an enterprise goes into the look-up of limits, at the start and when it changes', async t => {
  const {happens, becomes, deps, close} = await setup();
  const {limit} = deps.catalogs;
  const asked: Array<string | undefined> = [];
  const noting: ClockCatalogs['limit'] = (request, tx) => {
    if (request.kind === 'resolve') asked.push(request.industryCode);
    return limit(request, tx);
  };
  Object.assign(deps.catalogs, {limit: noting});
  await happens('started', undefined, {industry: 'J'});
  t.deepEqual(asked, ['J']);
  await becomes({industry: 'J'});
  t.deepEqual(asked, ['J'], 'nothing changed');
  await becomes({industry: 'P'});
  t.deepEqual(asked, ['J', 'P']);
  await becomes({industry: null});
  t.deepEqual(asked, ['J', 'P', undefined]);
  await close();
});
