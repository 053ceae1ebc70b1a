/** See ava-output.mjs. */
export interface AvaOutput {
  line(line: string): void;
  count(without?: readonly string[]): {passed: number; failed: number};
  files(): Array<{file: string; took: number}>;
}

/** Reads the lines that ava prints. */
export function createAvaOutput(outside: {readonly print: (line: string) => void; readonly seconds: () => number}): AvaOutput;
