/** What a run of test files needs. */
export interface AvaOptions {
  /** The checkout. */
  readonly root: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Processes at a time. */
  readonly concurrency: number;
  /** Without a result for so long, ava gives up: `120s`. */
  readonly timeout: string;
  /** So many files share a process; without it each has its own. */
  readonly perSuite?: number;
  /** An ava that prints nothing for so many milliseconds is ended; 1.5 times the time-out unless told. */
  readonly patienceMs?: number;
  /** Where lines go; standard output unless told. */
  readonly print?: (line: string) => void;
}

/** Runs test files with ava and counts what passed and failed. */
export function runAva(title: string, files: readonly string[], options: AvaOptions): Promise<{passed: number; failed: number}>;
