import test from 'ava';
import {ApiError} from '@banli/api';
import {choicesAsked, isAskedAbout} from '../src/issue/undo-asked.js';

const problem = (code: string, element = 'city|normal|resolve', field = 'value') => ({code, message: code, messageZh: code, place: {file: 'limits/limits', element, field}, details: {}, severity: 'error' as const});
const refused = (...problems: ReadonlyArray<ReturnType<typeof problem>>) => new ApiError(422, {error: 'CATALOG_ISSUE_REFUSED', code: 'CATALOG_ISSUE_REFUSED', message: '', messageZh: '', requestId: 'r', problems} as unknown as ConstructorParameters<typeof ApiError>[1]);

test('each cell that the level above changed is asked about once, with all that stands against it', t => {
  const asked = choicesAsked([], refused(problem('CATALOG_ISSUE_CONFLICT'), problem('CATALOG_ISSUE_LONGER'), problem('CATALOG_ISSUE_CONFLICT', 'city|major|resolve')));
  t.deepEqual(asked.map(choice => [choice.table, choice.key, choice.column, choice.problems.map(each => each.code).join(), choice.take]), [
    ['limits', 'city|normal|resolve', 'value', 'CATALOG_ISSUE_CONFLICT,CATALOG_ISSUE_LONGER', null], ['limits', 'city|major|resolve', 'value', 'CATALOG_ISSUE_CONFLICT', null],
  ]);
});

test('a side that was chosen stays when something else is refused, and is asked for again when it is refused itself', t => {
  const [first, second] = choicesAsked([], refused(problem('CATALOG_ISSUE_CONFLICT'), problem('CATALOG_ISSUE_CONFLICT', 'b')));
  t.truthy(first && second);
  if (!first || !second) return;
  const again = choicesAsked([{...first, take: 'mine'}, {...second, take: 'mine'}], refused(problem('CATALOG_ISSUE_LONGER', 'b')));
  t.deepEqual(again.map(choice => choice.take), ['mine', null]);
});

test('what no choice mends is shown as any other refusal', t => {
  t.true(isAskedAbout(refused(problem('CATALOG_ISSUE_CONFLICT'), problem('CATALOG_ISSUE_LOCKED'))));
  t.false(isAskedAbout(refused(problem('CATALOG_ISSUE_CONFLICT'), problem('CATALOG_ISSUE_REFERENCE'))));
  t.false(isAskedAbout(refused()));
  t.false(isAskedAbout(new Error('down')));
  t.deepEqual(choicesAsked([], refused(problem('CATALOG_ISSUE_REFERENCE'))), []);
});
