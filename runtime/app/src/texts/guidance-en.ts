import type {GuidanceKey} from './guidance-zh-cn.js';

/** Texts of guidance: what the lists of items, duties and rights say; English. */
export const guidanceEn: Readonly<Record<GuidanceKey, string>> = {
  'title': 'Guidance',
  'none': 'The lists of items, duties and rights hold nothing for this matter and area.',
  'acceptance': 'Accepted when',
  'materials': 'Materials',
  'standard': 'Closed when',
  'basis': 'Basis',
  'publicLimit': 'Limit of the list',
  'unit': 'In charge',
  'implementation': 'Implementation',
  'lead': 'Leads',
  'assist': 'Assists',
  'ofUnit': '{{unit}}: {{duty}}',
  'rules': 'Rules',
  'flow': 'Steps',
  'duties': 'Boundaries of duties ({{count}})',
  'rights': 'Rights to use ({{count}})',
  'origin': '{{list}} {{version}} · {{source}}',
  'items.list': 'Item list',
  'duties.list': 'Duty list',
  'rights.list': 'Rights list',
};
