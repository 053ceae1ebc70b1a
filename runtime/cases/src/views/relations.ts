import type {LocalizedText} from '@banli/formats';

const known: Readonly<Record<string, readonly [LocalizedText, LocalizedText]>> = {
  call: [{'zh-CN': '同次来电', en: 'Same call'}, {'zh-CN': '同次来电', en: 'Same call'}],
  same: [{'zh-CN': '同诉办件', en: 'Same grievance'}, {'zh-CN': '同诉办件', en: 'Same grievance'}],
  repeat: [{'zh-CN': '此前办件', en: 'Repeats'}, {'zh-CN': '重复来电', en: 'Repeated by'}],
  redo: [{'zh-CN': '重办单', en: 'Done again as'}, {'zh-CN': '原办件', en: 'Does again'}],
};

/** How two cases belong together, seen from the one (`outward`: from where the link was made) or the other. */
export function relationText(relation: string, outward: boolean): LocalizedText {
  return known[relation]?.[outward ? 0 : 1] ?? {'zh-CN': '关联办件', en: 'Linked case'};
}
