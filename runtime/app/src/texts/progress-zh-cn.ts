/** Texts of the citizen's page, Chinese. */
export const progressZh = {
  'title': '办理进度查询',
  'help': '编号和查询码在受理短信里，受理时也由工作人员当面或电话告知。',
  'number': '编号',
  'code': '查询码',
  'codeRule': '查询码是 8 位数字',
  'fill': '请填写{{field}}',
  'do': '查询',
  'other': '查询其他办件',
  'state': '办理状态',
  'secondRound': '二次办理',
  'acceptedAt': '受理时间',
  'leadUnit': '承办单位',
  'noUnit': '尚未确定',
  'closedAt': '办结时间',
  'reply': '办理答复',
  'noReply': '办结后在此显示答复。',
  'doubt': '对办理情况有疑问，请联系受理中心并提供编号。',
} as const;

/** Keys of these texts. */
export type ProgressKey = keyof typeof progressZh;
