import test from 'ava';
import {ApiError, type ApiProblem} from '@banli/api';
import {canSaveLater, errorReport, isConflict, isPassing, viewError} from '../src/problems/problem-map.js';

function refusal(status: number, problems: ApiProblem[]) {
  return new ApiError(status, {code: 'FORMS_INVALID', message: 'The form is wrong.', messageZh: '表单有误。', details: {}, problems, requestId: 'r-1'});
}

test('problems of known fields stand at the field, all others stay visible', t => {
  const view = viewError(
    refusal(422, [
      {code: 'A', message: 'a', messageZh: '甲', place: {field: 'phone'}},
      {code: 'B', message: 'b', messageZh: '乙', place: {field: 'phone'}},
      {code: 'C', message: 'c', messageZh: '丙', place: {field: 'elsewhere'}},
      {code: 'D', message: 'd', place: {}},
      {code: 'E', message: 'e', place: {field: 'tags.1'}},
      {code: 'F', message: 'f', messageZh: '提醒', place: {field: 'phone'}, severity: 'warning'},
    ]),
    'zh-CN',
    new Set(['phone', 'tags']),
  );
  t.deepEqual(view.byField, {phone: '甲', tags: 'e'});
  t.deepEqual(view.others, ['丙', 'd']);
  t.is(view.summary, '表单有误。');
});

test('English reads the English sentences', t => {
  const view = viewError(refusal(422, [{code: 'A', message: 'a', messageZh: '甲', place: {field: 'phone'}}]), 'en', new Set(['phone']));
  t.deepEqual([view.summary, view.byField['phone']], ['The form is wrong.', 'a']);
});

test('an unknown failure still gives a sentence and a code', t => {
  t.like(viewError(new TypeError('x is not a function'), 'zh-CN'), {summary: '出现未知错误：x is not a function', code: 'UNKNOWN'});
  t.like(viewError('text', 'en'), {summary: 'text'});
});

test('passing failures and conflicts are told apart', t => {
  t.deepEqual([0, 429, 503, 500, 409, 422].map(status => isPassing(refusal(status, []))), [true, true, true, false, false, false]);
  t.deepEqual([401, 500, 422, 409].map(status => canSaveLater(refusal(status, []))), [true, true, false, false]);
  t.true(isConflict(refusal(409, [])));
  t.false(isConflict(new Error('409')));
});

test('the report names code, request and page in one line', t => {
  t.is(errorReport(viewError(refusal(422, []), 'zh-CN'), '/cases/1'), 'FORMS_INVALID · r-1 · /cases/1 · 表单有误。');
});

test('code and request number stand back where the person can mend it, and come forward where only others can', t => {
  t.deepEqual([400, 403, 409, 422, 500, 503].map(status => viewError(refusal(status, []), 'zh-CN').isEveryday), [true, true, true, true, false, false]);
  t.false(viewError(new Error('broken'), 'zh-CN').isEveryday);
});

test('a part of the page that is gone after an update asks to reload, and shows no address', t => {
  const view = viewError(new TypeError('Failed to fetch dynamically imported module: http://here/assets/page-1.js'), 'zh-CN');
  t.like(view, {summary: '系统已更新或网络中断，请重新加载页面。', isEveryday: true});
  t.is(viewError(new TypeError('Importing a module script failed.'), 'en').summary, 'Banli was updated, or the connection broke. Reload the page.');
});
