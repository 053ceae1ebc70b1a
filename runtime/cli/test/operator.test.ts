import test from 'ava';
import {operator, systemUser} from '../src/operator.js';

const named = () => ({username: 'banli'});

test('the user of the machine is told, with the person behind sudo', t => {
  t.is(systemUser(named, {}), 'banli');
  t.is(systemUser(named, {SUDO_USER: 'banli'}), 'banli');
  t.is(systemUser(() => ({username: 'root'}), {SUDO_USER: 'wang'}), 'root(sudo wang)');
  t.is(operator.address, `cli:${systemUser()}`);
});

test('a machine that has no name for the user tells its number; any other failure is one', t => {
  const unnamed = () => {
    throw Object.assign(new Error('no such user'), {code: 'ERR_SYSTEM_ERROR'});
  };
  t.regex(systemUser(unnamed, {}), /^uid \d+$/);
  t.throws(() => systemUser(() => {
    throw new Error('broken');
  }, {}), {message: 'broken'});
});
