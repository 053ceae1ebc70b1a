import type {LocalizedText} from '@banli/formats';

/** A matter that an adviser names for a text, by its code in the catalog `matters`. `confidence` is 0 to 1; anything else is left out. */
export interface MatterAdvice {
  readonly matterCode: string;
  readonly confidence: number;
}

/**
 * Names the matters that a text is about, such as a language model does. It speaks beside the catalog's own search and past cases, which work
 * without it. It gets the text without runs of seven digits and more; it has 1.5 seconds, and one that throws or is late is left out and told
 * to the log.
 */
export interface MatterAdviser {
  readonly title: LocalizedText;
  advise(text: string, signal: AbortSignal): Promise<readonly MatterAdvice[]>;
}
