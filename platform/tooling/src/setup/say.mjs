/** Progress on the terminal: a line when a step begins, and one with its seconds when it is done. */

/**
 * Runs one step and tells how it goes; a long step shows every ten seconds that it is still under way.
 *
 * @template T
 * @param {string} title - What is done, in Chinese and English.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = process.hrtime.bigint();
  const seconds = () => Number((process.hrtime.bigint() - started) / 1_000_000_000n);
  const ticker = setInterval(() => process.stdout.write(`  … ${title}（${seconds()} 秒 s）\n`), 10_000);
  process.stdout.write(`  → ${title}\n`);
  try {
    const result = await work();
    process.stdout.write(`  ✓ ${title}（${seconds()} 秒 s）\n`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}

/** Ends with one sentence that says what to do. */
export class SetupProblem extends Error {}

/**
 * Prints the sentence of a SetupProblem, or the whole error of anything else, and ends with 1.
 *
 * @param {unknown} error
 */
export function fail(error) {
  process.stderr.write(error instanceof SetupProblem ? `\n✗ ${error.message}\n` : `\n✗ ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
