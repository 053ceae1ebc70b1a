import {dayOf, formatDate, formatMoment} from '@banli/time';

/** What a template may call, beside `if`, `unless` and `each`. */
export type DocumentHelper = (...values: readonly unknown[]) => string | boolean;

/** Block helpers of Handlebars that stay allowed. */
export const blockHelpers: ReadonlySet<string> = new Set(['if', 'unless', 'each']);

/**
 * The helpers of documents. Moments are UTC milliseconds and are printed in Asia/Shanghai; money is in CNY (yuan);
 * an empty value prints nothing, a value of another type is an error, so that no paper shows nonsense.
 */
export const documentHelpers: Readonly<Record<string, DocumentHelper>> = {
  date: moment => (empty(moment) ? '' : chineseDate(millis(moment))),
  dateTime: moment => (empty(moment) ? '' : `${chineseDate(millis(moment))} ${formatMoment(millis(moment)).slice(11)}`),
  isoDate: moment => (empty(moment) ? '' : formatDate(dayOf(millis(moment)))),
  money: amount => (empty(amount) ? '' : `¥${millis(amount).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`),
  maskName: name => (empty(name) ? '' : maskName(text(name))),
  maskPhone: phone => (empty(phone) ? '' : maskMiddle(text(phone), 3, 4)),
  maskIdNumber: id => (empty(id) ? '' : maskMiddle(text(id), 4, 4)),
  equals: (left, right) => left === right,
};

/** Helper names the parser knows, as Handlebars wants them. */
export function knownHelpers(): Record<string, boolean> {
  const known: Record<string, boolean> = {helperMissing: false, blockHelperMissing: false, lookup: false, log: false, with: false};
  for (const name of [...Object.keys(documentHelpers), ...blockHelpers]) known[name] = true;
  return known;
}

function chineseDate(moment: number): string {
  const [year, month, day] = formatDate(dayOf(moment)).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

function empty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function millis(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`a number is needed, got ${typeof value}`);
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`text is needed, got ${typeof value}`);
  return value;
}

/** 张** for 张三丰: the family name stays. */
function maskName(name: string): string {
  const signs = [...name];
  return signs.map((sign, index) => (index === 0 ? sign : '*')).join('');
}

/** Keeps `head` and `tail` characters; shorter texts are masked whole. */
function maskMiddle(value: string, head: number, tail: number): string {
  if (value.length <= head + tail) return '*'.repeat(value.length);
  return value.slice(0, head) + '*'.repeat(value.length - head - tail) + value.slice(-tail);
}
