/** What tells a person nothing: ava's frame, and its own steps in a stack, one for each test that a suite ran before. */
const nothingNew = /^\s*(─|\d+ tests? passed|⚠ Using configuration from .*|at .*(\/ava\/lib\/(runner|test)\.js|\/suites\/stage\.mjs):\d+:\d+\)?)$/;

/**
 * Reads the lines that ava prints: counts tests, measures files, and hands on everything that is not a passed test, which is where
 * ava tells of failures, time-outs and files that do not load or do not end.
 *
 * @param {{print: (line: string) => void, seconds: () => number}} outside - Where lines go; seconds since the start of the run.
 */
export function createAvaOutput({print, seconds}) {
  /** Test file, by its path in a suite or as ava names it → its tests, and seconds of its first and last one. */
  const files = new Map();
  let failed = 0;
  let blank = true;

  const finished = (text, passed) => {
    const file = fileOf(text);
    const took = tookOf(text);
    const known = files.get(file) ?? {from: seconds() - took, to: 0, passed: 0, failed: 0};
    files.set(file, {from: known.from, to: seconds(), passed: known.passed + (passed ? 1 : 0), failed: known.failed + (passed ? 0 : 1)});
  };

  return {
    /** @param {string} line - One line of ava's standard output. */
    line(line) {
      const [, sign, text = ''] = /^\s*(✔|✘ \[(?:fail|unexpected pass)\]:) (.*)$/.exec(line) ?? [];
      if (sign === '✔') {
        finished(text, true);
        return;
      }
      if (sign !== undefined) {
        failed += 1;
        finished(text, false);
      }
      if (line.trim() === '' ? blank : nothingNew.test(line)) return;
      blank = line.trim() === '';
      if (!blank || failed > 0) print(withoutSuite(line).trimEnd());
    },
    /**
     * @param {readonly string[]} [without] - Files that do not count.
     * @returns {{passed: number, failed: number}}
     */
    count(without = []) {
      const count = {passed: 0, failed: 0};
      for (const [file, own] of files) {
        if (without.includes(file)) continue;
        count.passed += own.passed;
        count.failed += own.failed;
      }
      return count;
    },
    /** @returns {Array<{file: string, took: number}>} Seconds of each file, from its first test's start to its last test's end; slowest first. */
    files: () => [...files].map(([file, {from, to}]) => ({file, took: to - from})).sort((one, other) => other.took - one.took),
  };
}

/** Titles in a suite begin with the file's path; others with ava's own name of the file, its folders parted like titles. */
function fileOf(text) {
  return /(?:^| › )([\w./-]+\.ts) › /.exec(text)?.[1] ?? text.split(' › ').slice(0, -1).join(' › ');
}

/** People look for the file, not for the process that it shared. */
function withoutSuite(line) {
  return line.replace(/(?:[\w.-]+ › )*suite-\d+[\w.-]* › /, '');
}

/** Seconds that ava writes behind a test of more than 0.1 s: `(150ms)`, `(2.3s)`, `(1m 4.5s)`. */
function tookOf(text) {
  const [, minutes = '0', whole = '0', milli] = /\((?:(\d+)m ?)?(?:([\d.]+)s)?(?:(\d+)ms)?\)$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(whole) + Number(milli ?? 0) / 1000;
}
