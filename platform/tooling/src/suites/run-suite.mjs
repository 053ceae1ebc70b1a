import {writeFileSync} from 'node:fs';
import {register} from 'node:module';

register(new URL('hooks.mjs', import.meta.url));

/**
 * What a suite's entry file does: declares the tests of its files. A suite that came to its end leaves a file that says so.
 *
 * @param {readonly {file: string, url: string}[]} files - Paths as people know them, and what to import.
 * @param {string} ended - Where the file is written; without it, nobody knows what the suite's results are worth.
 */
export async function runSuite(files, ended) {
  const {complete, play} = await import('./stage.mjs');
  process.on('exit', code => {
    if (code === 0 && complete()) writeFileSync(ended, '');
  });
  await play(files);
}
