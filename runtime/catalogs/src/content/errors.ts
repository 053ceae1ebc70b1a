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
  DURATION: {status: 422, message: '{key}: {value} is no length of time. Write one like PT6H, P1D or P1DT12H.', zh: '{key} 的时长 {value} 无法识别，请按 PT6H、P1D、P1DT12H 的格式填写。'},
  LADDER_UNKNOWN: {status: 422, message: '{key} names the ladder {ladder}, which has no step in use. Choose another, or add its steps.', zh: '{key} 所选的超期处置阶梯 {ladder} 没有在用的步骤，请另选，或先补充该阶梯。'},
  LEAD_LONGER: {status: 422, message: '{key} warns {lead} before it is due, which is longer than the limit itself ({limit}); such a warning comes at a quarter of the limit. Take a shorter lead, or confirm that it is meant.', zh: '{key} 的提前预警（{leadZh}）长于时限本身（{limitZh}），此时按时限的四分之一预警。请缩短提前量，或确认无误。'},
  RESPOND_LONGER: {status: 422, message: '{key} gives {own} to respond, longer than the {theirs} to resolve of {other}. Shorten it, or confirm that it is meant.', zh: '{key} 的响应时限为{ownZh}，长于 {other} 的办结时限{theirsZh}。请缩短，或确认无误。'},
  URGENT_LONGER: {status: 422, message: '{key} is more urgent than {other} and has {own}, longer than its {theirs}. Shorten it, or confirm that it is meant.', zh: '{key} 比 {other} 更紧急，时限{ownZh}却长于其{theirsZh}。请缩短，或确认无误。'},
  ITEM_LONGER: {status: 422, message: 'The item {key} promises {own}, longer than the {theirs} that {other} of the limits gives its matter. Take a shorter one.', zh: '事项 {key} 承诺{ownZh}，长于时限目录 {other} 对该类事项规定的{theirsZh}，请设更短的时限。'},
  LIMIT_GAP: {status: 422, message: 'No {kind} limit is left for {count} matters ({example}) at urgency {urgencyEn}{levels}: their orders stop when one is asked for. Keep a row, or add one to the general group, or confirm the gap.', zh: '紧急程度“{urgencyZh}”{levelsZh}：{count} 个事项（如 {example}）将没有{kindZh}时限，工单到该环节会报错。请保留或补充时限（可设在一般分组），或确认知悉该缺口。'},
  LIMIT_LONGER: {status: 422, message: 'With {key} out of use, {count} matters ({example}) fall back to {other}: {theirs} instead of {own}. Keep the row, or confirm that the longer limit is meant.', zh: '{key} 停用后，{count} 个事项（如 {example}）改按 {other} 执行，由{ownZh}变为{theirsZh}。请保留该行，或确认延长无误。'},
  UNIT_UNKNOWN: {status: 422, message: '{key} names the unit {unit}, which is not there or not in use. Choose one that is.', zh: '{key} 所填机构 {unit} 不存在或未在用，请另选。'},
  ELEMENT_CIRCLE: {status: 422, message: '{key} is shown when {other} is filled, and that, by way of {path}, only when {key} is: none of them would ever show. Take one of these links away.', zh: '要素 {key} 的显示取决于 {other}，后者又经 {path} 取决于 {key}，均不会显示。请取消其中一条关联。'},
});
