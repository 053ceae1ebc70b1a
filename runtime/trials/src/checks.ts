/** Counts and prints what was checked: one line each, and the closing line that tools read. */
export interface Checks {
  /** Notes whether something holds; `seen` is printed when it does not. */
  check(title: string, holds: boolean, seen?: unknown): void;
  /** A step that is told but not judged. */
  say(line: string): void;
  /** Prints `name: N passed, N failed` and answers whether all held. */
  finish(): boolean;
}

export function createChecks(name: string, print: (line: string) => void = line => process.stdout.write(`${line}\n`)): Checks {
  let passed = 0;
  let failed = 0;
  return {
    check(title, holds, seen) {
      if (holds) passed += 1;
      else failed += 1;
      print(`  ${holds ? '✓' : '✗'} ${title}${holds || seen === undefined ? '' : `: ${JSON.stringify(seen)}`}`);
    },
    say: print,
    finish() {
      print(`${name}: ${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
}
