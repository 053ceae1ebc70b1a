/** Texts of guidance: what the lists of items, duties and rights say; Chinese. */
export const guidanceZh = {
  'title': '办理指引',
  'none': '事项、责任和权力清单中没有这一事项和区域的内容。',
  'acceptance': '受理条件',
  'materials': '所需材料',
  'standard': '办结标准',
  'basis': '依据',
  'publicLimit': '清单时限',
  'unit': '主管单位',
  'implementation': '实施名称',
  'lead': '主办职责',
  'assist': '协办职责',
  'ofUnit': '{{unit}}：{{duty}}',
  'rules': '实施细则',
  'flow': '办理流程',
  'duties': '责任边界（{{count}}）',
  'rights': '可用权力（{{count}}）',
  'origin': '{{list}} {{version}} · {{source}}',
  'items.list': '事项清单',
  'duties.list': '责任清单',
  'rights.list': '权力清单',
} as const;

/** Every key of these texts. */
export type GuidanceKey = keyof typeof guidanceZh;
