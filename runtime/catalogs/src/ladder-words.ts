import type {LocalizedText} from '@banli/formats';

/** A measure with who is told of it; the measure alone where that is left open. */
export function withReceivers(measure: LocalizedText, receivers: readonly LocalizedText[]): LocalizedText {
  if (receivers.length === 0) return measure;
  const zh = receivers.map(title => title['zh-CN']).join('、');
  const en = receivers.map(title => title.en ?? title['zh-CN']).join(', ');
  return {'zh-CN': `${measure['zh-CN']}（告知：${zh}）`, en: `${measure.en ?? measure['zh-CN']} (told: ${en})`};
}
