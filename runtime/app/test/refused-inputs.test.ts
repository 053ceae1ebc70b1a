import test from 'ava';
import {ApiError} from '@banli/api';
import {refusedInputs, withoutWarnings} from '../src/catalogs/refused-inputs.js';

const refusal = (...fields: ReadonlyArray<string | undefined>) => new ApiError(422, {
  code: 'CATALOG_CHANGE_REFUSED', message: 'Refused', messageZh: '不能保存', details: {}, requestId: 'r',
  problems: fields.map((field, index) => ({code: 'X', severity: 'error' as const, message: `p${index}`, messageZh: `问题${index}`, place: field === undefined ? {} : {field}})),
});
const inputOf = (field: string) => (field.startsWith('option') ? 'options' : field === 'titleZh' ? field : null);

test('what is refused stands at its inputs in the language of the page, all of it', t => {
  const {errors, isWhole} = refusedInputs(refusal('titleZh', 'option.a', 'option.b'), 'zh-CN', inputOf);
  t.deepEqual([...errors], [['titleZh', '问题0'], ['options', '问题1 问题2']]);
  t.false(isWhole);
  t.deepEqual([...refusedInputs(refusal('titleZh'), 'en', inputOf).errors], [['titleZh', 'p0']]);
});

test('what has no input is never kept from the person', t => {
  for (const error of [refusal(), refusal(undefined), refusal('titleZh', 'elsewhere'), new Error('offline')]) t.true(refusedInputs(error, 'zh-CN', inputOf).isWhole);
  t.false(refusedInputs(null, 'zh-CN', inputOf).isWhole);
});

test('a warning that comes along is no reason, and makes nothing whole', t => {
  const {answer} = refusal('titleZh', undefined);
  const error = new ApiError(422, {...answer, problems: answer.problems.map((problem, index) => ({...problem, severity: index === 0 ? ('error' as const) : ('warning' as const)}))});
  t.deepEqual(withoutWarnings(error.answer.problems).map(({message}) => message), ['p0']);
  const {errors, isWhole} = refusedInputs(error, 'zh-CN', inputOf);
  t.deepEqual([[...errors], isWhole], [[['titleZh', '问题0']], false]);
});
