/** What a document may cost; a document beyond is refused, never cut. */
export interface RenderLimits {
  /** Longest time for one rendering, in milliseconds. */
  readonly timeMs: number;
  /** Largest result, in bytes of UTF-8. */
  readonly outputBytes: number;
  /** Heap of the rendering thread, in MiB. */
  readonly memoryMb: number;
}

/** The limits unless told otherwise: a paper takes a few milliseconds and some 10 kB. */
export const defaultLimits: RenderLimits = {timeMs: 2000, outputBytes: 1_000_000, memoryMb: 64};

/** Largest template, in characters. */
export const maxTemplateLength = 200_000;
/** Most nodes of a template's tree, and how deep blocks may nest. */
export const maxTemplateNodes = 5000;
export const maxBlockDepth = 6;
/** How deep `each` may nest: three levels print any table of tables, more is a bomb. */
export const maxLoopDepth = 3;
