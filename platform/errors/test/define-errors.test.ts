import test from 'ava';
import {defineErrors, errorText, isAppError, listErrorCodes} from '../src/index.js';

const errors = defineErrors('SAMPLE', {
  TOO_SHORT: {status: 400, message: 'Needs {wanted} characters, got {got}.', zh: '至少 {wanted} 个字，收到 {got} 个。'},
});

test('an error fills its sentence, keeps its details and its cause', t => {
  const cause = new Error('inner');
  const error = errors.TOO_SHORT({wanted: 8, got: 3}, {cause});
  t.is(error.code, 'SAMPLE_TOO_SHORT');
  t.is(error.status, 400);
  t.is(error.message, 'Needs 8 characters, got 3.');
  t.is(error.cause, cause);
  t.true(isAppError(error, 'SAMPLE_TOO_SHORT'));
  t.false(isAppError(error, 'OTHER'));
  t.false(isAppError(new Error('plain')));
});

test('a hole without a value stays visible', t => {
  t.is(errors.TOO_SHORT({got: 1}).message, 'Needs {wanted} characters, got 1.');
});

test('a code is never defined twice with another text', t => {
  t.throws(() => defineErrors('SAMPLE', {TOO_SHORT: {status: 400, message: 'Another.', zh: '另一个。'}}), {message: /SAMPLE_TOO_SHORT is defined twice/});
});

test('both languages of a code can be looked up', t => {
  t.is(errorText('SAMPLE_TOO_SHORT', 'zh-CN', {wanted: 8, got: 3}), '至少 8 个字，收到 3 个。');
  t.is(errorText('NO_SUCH', 'en'), undefined);
  t.true(listErrorCodes().some(row => row.code === 'SAMPLE_TOO_SHORT'));
});
