import type {LocalizedText} from '@banli/formats';

/** What a list row or the head of a case says of matter and urgency. */
interface HeadWords {
  readonly matterTitle: string | null;
  readonly matterTitleEn?: string | undefined;
  readonly urgencyTitle: string | null;
  readonly urgencyTitleEn?: string | undefined;
}

/** The matter in both languages; `null` without one. */
export function matterWords({matterTitle, matterTitleEn}: HeadWords): LocalizedText | null {
  return matterTitle === null ? null : {'zh-CN': matterTitle, ...(matterTitleEn === undefined ? {} : {en: matterTitleEn})};
}

/** The urgency in both languages; `null` without one. */
export function urgencyWords({urgencyTitle, urgencyTitleEn}: HeadWords): LocalizedText | null {
  return urgencyTitle === null ? null : {'zh-CN': urgencyTitle, ...(urgencyTitleEn === undefined ? {} : {en: urgencyTitleEn})};
}
