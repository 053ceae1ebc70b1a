import {defineErrors} from '@banli/errors';

/** What clocks refuse. */
export const deadlineErrors = defineErrors('DEADLINE', {
  EXTENSION_LATE: {status: 422, message: 'The extension was filed after the due time {due}; it can no longer be granted.', zh: '申请延期时已超过到期时间 {due}，不能再延期。'},
  EXTENSION_TWICE: {status: 422, message: 'This clock has been extended before; a clock is extended once.', zh: '本时限已延期过一次，不能再次延期。'},
  EXTENSION_TOO_LONG: {status: 422, message: 'An extension may be at most the original limit, {limit}; {amount} was asked for.', zh: '延期最长不超过原时限（{limit}），申请了 {amount}。'},
  EXTENSION_NO_CLOCK: {status: 422, message: 'The clock {clock} does not run in this case.', zh: '本件没有正在计时的“{clock}”。'},
  PLAN_UNKNOWN: {status: 404, message: 'There is no plan {plan}.', zh: '没有重算方案 {plan}。'},
  PLAN_NOT_OPEN: {status: 409, message: 'The plan for {catalog} {version} cannot be decided on: its state is {status}.', zh: '目录“{catalog}”{version} 版的重算方案当前为“{statusZh}”，不能再作决定。'},
  PLAN_NOT_YOURS: {status: 403, message: 'The plan for {catalog} {version} is looked at and decided by whoever may publish for {unit}, whose version it is.', zh: '目录“{catalog}”{version} 版由{unit}发布，重算方案由有权代其发布目录的人员查看和决定。'},
  RULE_INVALID: {status: 500, message: 'The limit {limit} of the clock {clock} cannot be read.', zh: '时钟“{clock}”的时限 {limit} 无法识别。'},
});
