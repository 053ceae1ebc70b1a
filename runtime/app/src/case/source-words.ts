import type {LocalizedText} from '@banli/formats';
import type {Translate} from '@banli/ui';
import type {AppKey} from '../texts/zh-cn.js';

/** A catalog row's source in words: `own: 样例` is a rule of our own, `requirements/x.md §2.6` a section of the requirements; laws stay as they are. */
export function sourceWords(source: string, t: Translate<AppKey>): string {
  const named = source.replaceAll(/requirements\/[\w-]+\.md\s*(?:§(\S+))?/g, (_all, section: string | undefined) => t('source.requirement', {section: section === undefined ? '' : `§${section}`}).trim());
  const own = /^own:\s*(.*)$/s.exec(named);
  return own ? t('source.own', {text: own[1] ?? ''}) : named;
}

/** Says that an area set a limit for itself, and what holds above it. */
export function ownLimitWords({area, above}: {readonly area: LocalizedText; readonly above: LocalizedText | null}, localize: (text: LocalizedText) => string, t: Translate<AppKey>): string {
  return above === null ? t('limit.ownAlone', {area: localize(area)}) : t('limit.own', {area: localize(area), above: localize(above)});
}
