/** Values of a plain complaint in 天山区; all persons are invented. `el_…` are elements that the catalog asks of the matter. */
export const stallOrder = {
  name: '李明远',
  gender: 'male',
  phone: '13899990001',
  nature: 'complaint',
  channel: 'phone',
  title: '小区门口占道经营影响通行',
  content: '解放南路小区东门每天早晨有流动摊贩占道经营，行人和车辆无法正常通行，希望尽快处理。',
  area: '650102004',
  place: '解放南路小区东门',
  matter: '020101',
  urgency: 'normal',
  callbackWanted: true,
  intakeRoute: 'dispatch',
} as const;

export const propertyOrder = {...stallOrder, nature: 'complaint', title: '三号楼电梯停运五天', content: '三号楼电梯停运五天，物业一直不维修，老人上下楼困难。', matter: '030101', place: '解放南路小区三号楼', callbackWanted: false, el_property_company: '解放南路小区物业服务中心', el_estate_name: '解放南路小区'} as const;

export const pensionOrder = {...stallOrder, nature: 'consult', title: '养老待遇核算咨询', content: '想了解灵活就业人员退休后养老待遇如何核算。', matter: '040201', area: '650100', place: '乌鲁木齐市', callbackWanted: false, el_insured_place: '650102', el_retirement_type: 'normal'} as const;

export const goodsOrder = {...stallOrder, name: '孙知夏', phone: '13899990004', title: '购买的电热毯有质量问题', content: '购买的电热毯使用一天就不发热，商家拒绝退换。', matter: '010101', area: '650102', place: '天山区某商场', el_shop_name: '天山区某商场', el_object_name: '电热毯', el_amount: 128} as const;

export const tourismOrder = {...stallOrder, name: '何清让', phone: '13899990006', title: '旅行社拒绝退款', content: '行程取消后旅行社拒绝按合同退款。', matter: '050101', area: '650100', place: '乌鲁木齐市', el_amount: 3600, el_travel_agency: '某旅行社', el_tourism_part: 'sight', el_travel_dates: '2026 年 2 月 16 日至 20 日'} as const;

/** To be resolved within 24 hours, by night and on holidays, too. */
export const nightOrder = {...stallOrder, title: '工地夜间施工噪声', content: '工地夜间施工噪声严重影响休息。', matter: '020201', urgency: 'urgent', place: '解放南路工地', el_noise_source: 'building-site', el_noise_hours: ['night']} as const;

/** What a handler fills in. `files` are ids of attachments he uploaded. */
export function resultOf(text: string, files: readonly string[]): Readonly<Record<string, unknown>> {
  return {situation: '已现场核实', result: text, basis: '相关管理规定', evidence: [...files]};
}
