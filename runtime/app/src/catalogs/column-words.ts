import type {LocalizedText} from '@banli/formats';

/** What the columns of catalogs are called. A column that is not here is shown by its own name. */
const words: Readonly<Record<string, readonly [string, string]>> = {
  acceptanceZh: ['受理条件', 'Conditions'], accountabilityZh: ['追责情形', 'Accountability'], actionZh: ['行为', 'Action'], after: ['多久以后', 'After'], amends: ['修订的通知', 'Amends'], announcedOn: ['公布日期', 'Announced on'],
  areaCode: ['区域', 'Area'], assistUnitId: ['协办单位', 'Assisting unit'], baseCode: ['基础日历', 'Base calendar'], basisZh: ['依据', 'Basis'], boundaryZh: ['责任边界', 'Boundary'], categoryCode: ['类别', 'Category'],
  classCode: ['类别', 'Class'], close: ['下班', 'Closes'], closingBasisZh: ['办结依据', 'Closing basis'], closingStandardZh: ['办结标准', 'Closing standard'], code: ['编码', 'Code'], contact: ['联系方式', 'Contact'],
  date: ['日期', 'Date'], dayStatus: ['当日性质', 'Kind of day'], descriptionZh: ['说明', 'Description'], dutyEn: ['职责（英文）', 'Duty (English)'], dutyZh: ['职责', 'Duty'], elementCode: ['要素', 'Element'],
  evidenceZh: ['所需佐证', 'Evidence'], family: ['要素类别', 'Family'], groupCode: ['时限分组', 'Limit group'], guidanceZh: ['处理口径', 'Guidance'], helpZh: ['填写说明', 'Help'], implementationType: ['实施类型', 'Implementation type'],
  industryCode: ['行业', 'Industry'], issuedOn: ['印发日期', 'Issued on'], itemCode: ['事项', 'Item'], itemType: ['事项类型', 'Item type'], kind: ['类型', 'Kind'], ladderCode: ['逾期升级', 'Ladder'], layer: ['日历层', 'Layer'],
  formCode: ['表单', 'Form'], processCode: ['办理流程', 'Process'], leadUnitId: ['主办单位', 'Lead unit'], level: ['级别', 'Level'], limitUnit: ['时限单位', 'Unit of the limit'], limitValue: ['时限', 'Limit'], materialsZh: ['材料', 'Materials'], matterCode: ['诉求事项', 'Matter'], meaningZh: ['含义', 'Meaning'],
  messageEn: ['提示（英文）', 'Message (English)'], messageZh: ['提示', 'Message'], natureCode: ['诉求性质', 'Nature'], nextStep: ['处理去向', 'Next step'], noticeCode: ['通知', 'Notice'], number: ['文号', 'Number'], open: ['上班', 'Opens'],
  otherCode: ['关联要素', 'Other element'], ownership: ['所有制', 'Ownership'], parentCode: ['上级', 'Parent'], position: ['顺序', 'Position'], rank: ['排名', 'Rank'], required: ['必填', 'Required'], resumeZh: ['恢复条件', 'Resumes when'],
  risk: ['风险等级', 'Risk'], role: ['角色', 'Role'], rule: ['规则', 'Rule'], scope: ['适用范围', 'Scope'], season: ['季节', 'Season'], seasonFrom: ['季节开始', 'Season from'], serviceLevel: ['服务层级', 'Service level'], serviceStatus: ['服务状态', 'Service status'],
  size: ['规模', 'Size'], sourceRef: ['来源', 'Source'], status: ['启用状态', 'Status'], step: ['级次', 'Rung'], supersededBy: ['替代通知', 'Superseded by'], tellsRule: ['告知规则', 'Tells'], titleEn: ['名称（英文）', 'Name (English)'], titleZh: ['名称', 'Name'],
  type: ['数据类型', 'Type'], unit: ['单位', 'Unit'], unitId: ['单位', 'Unit'], unitZh: ['单位', 'Unit'], urgencyCode: ['紧急程度', 'Urgency'], value: ['值', 'Value'], verdict: ['判定', 'Verdict'], warnBefore: ['提前预警', 'Warns before'],
  weight: ['权重', 'Weight'], word: ['词语', 'Word'], year: ['年份', 'Year'], yearStatus: ['年度状态', 'Year status'],
};

/** The title of a column. */
export function columnTitle(column: string): LocalizedText {
  const [zh, en] = words[column] ?? [column, column];
  return {'zh-CN': zh, en};
}

/** Whether a column has words of its own. */
export function hasWords(column: string): boolean {
  return Object.hasOwn(words, column);
}
