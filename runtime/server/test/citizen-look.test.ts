import test, {type ExecutionContext} from 'ava';
import {AppError} from '@banli/errors';
import type {CitizenView} from '@banli/cases';
import {openTestStore} from '@banli/store/testing';
import {createTestClock} from '@banli/time';
import {createCitizenLook} from '../src/citizen-look.js';

const minuteMs = 60_000;

async function setup(t: ExecutionContext) {
  const clock = createTestClock(0);
  const store = await openTestStore({clock});
  t.teardown(() => store.close());
  const asked: string[] = [];
  const logged: string[] = [];
  const look = createCitizenLook({
    store, clock,
    look: async (number, code) => {
      asked.push(number);
      if (code !== '12345678') throw new AppError('CASE_CITIZEN_UNKNOWN', 404, 'unknown');
      return {number} as CitizenView;
    },
    log: ({event}) => void logged.push(event),
  });
  const wrong = (number: string, address: string) => t.throwsAsync(look({number, code: '0'}, {address}));
  const codeOf = async (number: string, address: string) => ((await wrong(number, address)) as AppError).code;
  const right = (number: string, address: string) => look({number, code: '12345678'}, {address});
  return {clock, store, asked, logged, right, codeOf};
}

test('five wrong codes close a number for their own address alone, whether it exists or not: its citizen still looks', async t => {
  const {clock, codeOf, right, asked} = await setup(t);
  for (let count = 0; count < 5; count += 1) t.is(await codeOf('N-1', '10.0.0.9'), 'CASE_CITIZEN_UNKNOWN');
  t.is(await codeOf('n-1 ', '10.0.0.9'), 'SERVER_LOOK_LOCKED');
  await t.throwsAsync(right('N-1', '10.0.0.9'), {code: 'SERVER_LOOK_LOCKED'});
  t.is(asked.length, 5);
  t.like(await right('N-1', '10.0.0.1'), {number: 'N-1'});
  t.like(await right('N-2', '10.0.0.9'), {number: 'N-2'});
  clock.moveBy(15 * minuteMs + 1);
  t.like(await right('N-1', '10.0.0.9'), {number: 'N-1'});
});

test('one address cannot close a number for others, however often it asks', async t => {
  const {codeOf, right, asked} = await setup(t);
  for (let count = 0; count < 60; count += 1) await codeOf('N-1', '10.0.0.9');
  t.is(asked.length, 5);
  t.like(await right('N-1', '10.0.0.1'), {number: 'N-1'});
});

test('thirty wrong codes from everywhere close a number for a quarter of an hour for all, and waiting tries do not lengthen it', async t => {
  const {clock, codeOf, right, asked, logged} = await setup(t);
  for (let count = 0; count < 30; count += 1) t.is(await codeOf('N-1', `10.0.0.${count}`), 'CASE_CITIZEN_UNKNOWN');
  t.deepEqual(logged, ['citizen.look.locked']);
  for (let count = 0; count < 8; count += 1) await t.throwsAsync(right('N-1', '10.0.1.1'), {code: 'SERVER_LOOK_LOCKED'});
  t.is(asked.length, 30);
  clock.moveBy(15 * minuteMs + 1);
  t.like(await right('N-1', '10.0.1.1'), {number: 'N-1'});
});

test('the right code forgets the mistakes before it', async t => {
  const {codeOf, right} = await setup(t);
  for (let round = 0; round < 3; round += 1) {
    for (let count = 0; count < 4; count += 1) t.is(await codeOf('N-1', '10.0.0.1'), 'CASE_CITIZEN_UNKNOWN');
    for (let count = 0; count < 12; count += 1) t.is(await codeOf('N-1', `10.1.${round}.${count}`), 'CASE_CITIZEN_UNKNOWN');
    t.like(await right('N-1', '10.0.0.1'), {number: 'N-1'});
  }
});

test('who tries many numbers from one address is closed out, also when he knows one of them; his neighbours are not', async t => {
  const {codeOf, right, logged} = await setup(t);
  for (let count = 0; count < 20; count += 1) {
    t.is(await codeOf(`N-${count}`, '10.0.0.1'), 'CASE_CITIZEN_UNKNOWN');
    if (count % 5 === 0) t.like(await right('own', '10.0.0.1'), {number: 'own'});
  }
  t.is(await codeOf('N-21', '10.0.0.1'), 'SERVER_LOOK_LOCKED');
  await t.throwsAsync(right('own', '10.0.0.1'), {code: 'SERVER_LOOK_LOCKED'});
  t.like(await right('own', '10.0.0.2'), {number: 'own'});
  t.deepEqual(logged, ['citizen.look.locked']);
});

test('addresses of one IPv6 network count as one, an IPv4 address in IPv6 writing as itself', async t => {
  const {codeOf, right} = await setup(t);
  for (let count = 0; count < 20; count += 1) await codeOf(`N-${count}`, `2001:db8:0:7::${count.toString(16)}`);
  t.is(await codeOf('N-21', '2001:db8::7:1:2:3:4'), 'SERVER_LOOK_LOCKED');
  t.like(await right('N-1', '2001:db8:0:8::1'), {number: 'N-1'});
  for (let count = 0; count < 20; count += 1) await codeOf(`M-${count}`, `::ffff:10.0.0.${count}`);
  t.is(await codeOf('M-21', '::ffff:10.0.0.1'), 'CASE_CITIZEN_UNKNOWN');
});

test('a hundred guesses at one moment are five tries from one address and thirty from many, and neither number nor address is kept', async t => {
  const {store, asked, codeOf} = await setup(t);
  await Promise.all(Array.from({length: 100}, () => codeOf('N-1', '10.2.0.1')));
  t.is(asked.length, 5);
  const codes = await Promise.all(Array.from({length: 100}, (_, count) => codeOf('N-1', `10.1.0.${count}`)));
  t.is(codes.filter(code => code === 'CASE_CITIZEN_UNKNOWN').length, 25);
  t.is(asked.length, 30);
  const kept = JSON.stringify(await store.knex('login_failure'));
  t.false(kept.includes('N-1') || kept.includes('10.1.0'));
});
