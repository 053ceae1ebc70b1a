/** One rendering for the thread. `dataJson` is JSON text, so that only plain data crosses. */
export interface RenderOrder {
  readonly id: number;
  readonly source: string;
  readonly output: 'html' | 'text';
  readonly dataJson: string;
}

/** What the thread answers; id 0 says that it is ready. */
export type RenderAnswer =
  | {readonly id: number; readonly text: string}
  | {readonly id: number; readonly fault: 'large' | 'failed'; readonly reason: string};
