import {defineErrors} from '@banli/errors';

/** What rows of catalogs say that cannot hold, though each cell is well-formed; places name table, row and column. */
export const contentErrors = defineErrors('CATALOG_CONTENT', {
  DATE: {status: 422, message: '{key}: {value} is no day that exists. Write one that does, YYYY-MM-DD.', zh: '{key} 的日期 {value} 不存在，请填写真实存在的日期（格式 YYYY-MM-DD）。'},
  SEASON: {status: 422, message: '{key}: a season begins on a day of every year, MM-DD; {value} is none. Correct it.', zh: '{key} 的季节起始日 {value} 不是每年都有的日期，请按“月-日”填写真实存在的日期。'},
  HOURS: {status: 422, message: '{key}: office opens at {open} and closes at {close}. A session closes after it opens, both written HH:MM; correct one of them.', zh: '{key} 的办公时段为 {open} 至 {close}：须写成 HH:MM，且结束晚于开始，请改正。'},
  HOURS_OVERLAP: {status: 422, message: '{key} and {other} are office hours of the season from {season} and overlap. Shorten one of them, or retire it.', zh: '{key} 与 {other} 同属 {season} 起的办公时间，时段互相重叠，请调整或停用其中一段。'},
  HOURS_NONE: {status: 422, message: 'The calendar {calendar} has no office hours, neither its own nor those of a base. Add or restore a session.', zh: '日历“{calendar}”没有办公时间（本层和基础日历均无），请补充或恢复办公时段。'},
  YEAR_GAP: {status: 422, message: 'The calendar {calendar} lists {year}, but not {missing}. Years follow each other without a gap: add or restore {missing}.', zh: '日历“{calendar}”列有 {year} 年，却缺少 {missing} 年。年度须连续，请补充或恢复 {missing} 年。'},
  YEAR_TWICE: {status: 422, message: 'The calendar {calendar} lists {year} twice: {key} and {other}. Retire one of them.', zh: '日历“{calendar}”的 {year} 年列了两次（{key} 与 {other}），请停用其中一行。'},
  YEAR_NONE: {status: 422, message: 'The calendar {calendar} lists no year, neither its own nor those of a base. Add or restore the years it holds for.', zh: '日历“{calendar}”没有任何年度（本层和基础日历均无），请补充或恢复其适用的年度。'},
  YEAR_NOT_LISTED: {status: 422, message: '{key}: the year of {date} is not listed in the calendar {calendar}. Add or restore that year first, or correct the day.', zh: '{key}：{date} 所在年度不在日历“{calendar}”所列年度内，请先补充或恢复该年度，或改正日期。'},
  CALENDAR_CIRCLE: {status: 422, message: '{key} is its own base, by way of {path}. Take the base away from one of them.', zh: '{key} 经由 {path} 以自身为基础日历，形成循环，请取消其中一个的基础日历。'},
  NOTICE_CIRCLE: {status: 422, message: 'The notice {key} amends itself, by way of {path}. A notice amends an earlier one; correct it.', zh: '通知 {key} 经由 {path} 修订了自身。通知只能修订更早的通知，请改正。'},
  CALENDAR_NATIONAL: {status: 422, message: 'No calendar in use is without an area, so areas without one of their own have none. Restore it, or add one.', zh: '没有不限辖区的在用日历，未单设日历的辖区将无日历可用，请恢复或补充。'},
});
