/** A text a person reads, in both languages; Chinese is complete, English may fall back to it. */
export interface LocalizedText {
  readonly 'zh-CN': string;
  readonly en?: string;
}

/** FEEL source text. Where a format allows text or FEEL, FEEL starts with `=`. */
export type Feel = string;
