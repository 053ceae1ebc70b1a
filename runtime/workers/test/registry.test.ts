import test from 'ava';
import {collectEffects, createWorkerRegistry} from '../src/index.js';
import {worker} from './setup.js';

test('a topic has one worker', t => {
  const registry = createWorkerRegistry();
  registry.handle(worker(async () => undefined));
  t.throws(() => registry.handle(worker(async () => undefined)), {code: 'WORKERS_TOPIC_TWICE'});
  t.deepEqual(registry.topics(), ['test.work']);
});

test('a broken input schema is refused when the worker is registered', t => {
  t.throws(() => createWorkerRegistry().handle(worker(async () => undefined, {inputSchema: {type: 'nonsense'}})), {code: 'WORKERS_SCHEMA_INVALID'});
});

test('effects are copied when they are asked for, and refused when they are no data or too late', t => {
  const {effects, close} = collectEffects('test.work');
  const values = {list: [1]};
  effects.setFields(values);
  values.list.push(2);
  t.throws(() => effects.setFields({when: () => 1}), {code: 'WORKERS_EFFECT_INVALID'});
  t.throws(() => effects.setFields({amount: Number.NaN}), {code: 'WORKERS_EFFECT_INVALID'});
  t.throws(() => effects.setVariables({list: [] as unknown as string}), {code: 'WORKERS_EFFECT_INVALID'});
  t.deepEqual(close().case.fields, {list: [1]});
  t.throws(() => effects.setFields({late: 1}), {code: 'WORKERS_EFFECT_INVALID'});
});
