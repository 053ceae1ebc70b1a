import {defineErrors} from '@banli/errors';

/** What can be wrong with dates, durations, limits and calendars. */
export const timeErrors = defineErrors('TIME', {
  DATE_INVALID: {status: 400, message: 'A date must be written YYYY-MM-DD and exist, got {text}.', zh: '日期须写成 YYYY-MM-DD 且真实存在，收到 {text}。'},
  HOUR_INVALID: {status: 400, message: 'A time of day must be written HH:MM, got {text}.', zh: '时刻须写成 HH:MM，收到 {text}。'},
  DURATION_INVALID: {status: 400, message: 'A duration must be written like P1DT4H or PT30M, got {text}.', zh: '时长须写成 P1DT4H、PT30M 这样的格式，收到 {text}。'},
  LIMIT_INVALID: {status: 400, message: 'A limit must be a number above 0, whole for working days, got {value} {unit}.', zh: '时限须大于 0，工作日须为整数，收到 {value} {unit}。'},
  COUNT_INVALID: {status: 400, message: 'A number of working days must be whole, got {count}.', zh: '工作日天数须为整数，收到 {count}。'},
  CALENDAR_NOT_PUBLISHED: {status: 422, message: 'The calendar {calendar} is published from {first} to {last}; {date} lies outside. Publish the calendar of that year first.', zh: '日历“{calendar}”只公布了 {first} 至 {last}，{date} 不在其中，请先发布该年度日历。'},
  CALENDAR_INVALID: {status: 422, message: 'The calendar {calendar} cannot be used: {reason}.', zh: '日历“{calendar}”无法使用：{reason}。'},
});
