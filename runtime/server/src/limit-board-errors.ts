import {defineErrors} from '@banli/errors';

/** What the board of limits can refuse. */
export const boardErrors = defineErrors('LIMIT_BOARD', {
  PERIOD: {status: 422, message: 'From {from} to {to} is no period: give two days of the calendar, the last one not before the first.', zh: '“{from}”至“{to}”不是有效的统计期间，请填写日历上存在的日期，且结束日期不早于开始日期。'},
});
