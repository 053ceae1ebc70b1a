/**
 * Reads the lines that ava prints: counts tests, measures files, and hands on everything that is not a passed test, which is where
 * ava tells of failures, time-outs and files that do not load or do not end.
 *
 * @param {{print: (line: string) => void, seconds: () => number}} outside - Where lines go; seconds since the start of the run.
 */
export function createAvaOutput({print, seconds}) {
  const count = {passed: 0, failed: 0};
  /** Test file, as ava names it → seconds of its first and last test. */
  const files = new Map();
  let blank = true;

  const finished = text => {
    const file = text.split(' › ').slice(0, -1).join(' › ');
    const took = tookOf(text);
    const known = files.get(file) ?? {from: seconds() - took, to: 0};
    files.set(file, {from: known.from, to: seconds()});
  };

  return {
    /** @param {string} line - One line of ava's standard output. */
    line(line) {
      const [, sign, text = ''] = /^\s*(✔|✘ \[(?:fail|unexpected pass)\]:) (.*)$/.exec(line) ?? [];
      if (sign === '✔') {
        count.passed += 1;
        finished(text);
        return;
      }
      if (sign !== undefined) {
        count.failed += 1;
        finished(text);
      }
      if (line.trim() === '' ? blank : /^\s*(─|\d+ tests? passed)$/.test(line)) return;
      blank = line.trim() === '';
      if (!blank || count.failed > 0) print(line.trimEnd());
    },
    /**
     * @param {number | null} code - What ava ended with.
     * @returns {{passed: number, failed: number}} A bad end without a failed test counts as one.
     */
    end(code) {
      if (code !== 0 && count.failed === 0) {
        count.failed = 1;
        print(`ava ended with ${code}, though no test failed`);
      }
      return count;
    },
    /** @returns {Array<{file: string, took: number}>} Seconds of each file, from its first test's start to its last test's end; slowest first. */
    files: () => [...files].map(([file, {from, to}]) => ({file, took: to - from})).sort((one, other) => other.took - one.took),
  };
}

/** Seconds that ava writes behind a test of more than 0.1 s: `(150ms)`, `(2.3s)`, `(1m 4.5s)`. */
function tookOf(text) {
  const [, minutes = '0', whole = '0', milli] = /\((?:(\d+)m ?)?(?:([\d.]+)s)?(?:(\d+)ms)?\)$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(whole) + Number(milli ?? 0) / 1000;
}
