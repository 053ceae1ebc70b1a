import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {createStore} from '@banli/store';
import {scratchFolder} from '@banli/testing/scratch-folder';
import type {InstanceOptions} from '../src/instance.js';
import {at} from '../src/main-job/words.js';
import {copyReadyHome, findReadyHome, makeReadyHomes, password} from '../src/ready-home.js';

const env = {BANLI_DEMO_PASSWORD: password};
const finds = test.macro({
  exec: (t, options: InstanceOptions, found: string | null, folder: string | null = '/homes') => t.is(findReadyHome(options, folder ?? undefined), found),
  title: title => `a ready home is ${title}`,
});

test('for an instance by the real clock', finds, {env}, '/homes/real');
test('for one that logs less and has no reviewers', finds, {env: {...env, BANLI_LOG: 'warn', BANLI_CATALOG_REVIEW: 'none'}}, '/homes/real');
test('for a clock that starts after it was filled', finds, {env, movableClock: true, startAt: at('2026-03-02', '10:30')}, '/homes/moved');
test('not for a clock that starts before', finds, {env, movableClock: true, startAt: at('2026-03-02', '10:25')}, null);
test('not for a clock that starts nobody knows when', finds, {env, movableClock: true}, null);
test('not for a database of its own', finds, {env, databaseUrl: 'mysql://u:p@h/s'}, null);
test('not for a home of its own', finds, {env, home: '/tmp/own'}, null);
test('not for another password', finds, {env: {BANLI_DEMO_PASSWORD: 'Banli-other-2026'}}, null);
test('not for further bundles', finds, {env: {...env, BANLI_MORE_BUNDLES: '/more'}}, null);
test('not there where no run made one', finds, {env}, null, null);

test('homes are filled once for each clock and copied without the logs and the moment of whoever filled them', async t => {
  const folder = join(scratchFolder('ready', t), 'homes');
  const asked: InstanceOptions[] = [];
  await makeReadyHomes(folder, async options => {
    asked.push(options);
    const home = options.home ?? '';
    mkdirSync(join(home, 'logs'), {recursive: true});
    writeFileSync(join(home, 'logs', 'server.log'), '');
    const store = createStore(`sqlite:${join(home, 'platform.sqlite')}`);
    await store.migrate();
    await store.knex('setting').insert([{name: 'clock.offset', value: '5'}, {name: 'kept', value: '1'}]);
    await store.close();
    return {stop: async () => writeFileSync(join(home, 'stopped'), 'tidily')};
  });
  t.deepEqual(asked.map(({movableClock, startAt}) => [movableClock, startAt]), [[undefined, undefined], [true, at('2026-03-02', '10:20')]]);
  t.deepEqual(readdirSync(folder).sort(), ['moved', 'real']);
  const copy = scratchFolder('copy', t);
  copyReadyHome(join(folder, 'moved'), copy);
  t.is(readFileSync(join(copy, 'stopped'), 'utf8'), 'tidily');
  t.false(readdirSync(copy).includes('logs'));
  const store = createStore(`sqlite:${join(copy, 'platform.sqlite')}`);
  t.deepEqual(await store.knex('setting').whereIn('name', ['clock.offset', 'kept']).pluck('name'), ['kept']);
  await store.close();
});
