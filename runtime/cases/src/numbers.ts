import {dayOf, formatDate} from '@banli/time';
import {execute, queryRow, type Store, type Tx} from '@banli/store';
import {caseErrors} from './errors.js';

/** What a number is made of. `at` in UTC milliseconds; its day counts in Asia/Shanghai. */
export interface NumberRequest {
  readonly pattern: string;
  readonly areaCode: string;
  readonly at: number;
}

/**
 * Gives the next `count` numbers of a pattern: unique under concurrency, as the counter's row is locked until the transaction ends.
 * `{centre}` is the six-digit area code, `{yyyyMMdd}` the day, `{seq:6}` a daily counter of that many digits.
 *
 * @throws AppError `CASE_NUMBER_FULL` when the counter has no more digits.
 * @see Source: requirements/xinjiang-hotline.md §2.3.2; the pattern is the bundle's.
 */
export async function takeNumbers(store: Store, tx: Tx, request: NumberRequest, count: number): Promise<readonly string[]> {
  const filled = request.pattern.replaceAll('{centre}', request.areaCode.slice(0, 6)).replaceAll('{yyyyMMdd}', formatDate(dayOf(request.at)).replaceAll('-', ''));
  const digits = Number(/\{seq:(\d)\}/.exec(filled)?.[1] ?? 6);
  const prefix = filled.replace(/\{seq:\d\}/, '{seq}').slice(0, 64);
  await raise(store, tx, prefix, count);
  const last = Number((await queryRow(tx, 'select last from case_number where prefix = ?', [prefix]))?.['last']);
  if (last >= 10 ** digits) throw caseErrors.NUMBER_FULL({prefix});
  return Array.from({length: count}, (_, index) => prefix.replace('{seq}', String(last - count + 1 + index).padStart(digits, '0')));
}

async function raise(store: Store, tx: Tx, prefix: string, count: number): Promise<void> {
  const clause = store.dialect === 'mysql' ? 'on duplicate key update last = last + values(last)' : 'on conflict (prefix) do update set last = last + excluded.last';
  await execute(tx, `insert into case_number (prefix, last) values (?, ?) ${clause}`, [prefix, count]);
}
