import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

/**
 * What only works in a process of its own: hooks around tests would reach the tests of other files, a snapshot belongs to the file that ava runs, and
 * the page of error codes holds every code that its process knows, also what tests define.
 */
const needsOwnProcess = /\btest\.(serial\.)?(before|beforeEach|afterEach|meta)\b|\bt\.snapshot\(|process\.chdir\(|\bloadErrorTables\(/;
const runSuite = new URL('../suites/run-suite.mjs', import.meta.url).href;

/**
 * Sorts test files into suites, each of which is one process for several files: a process costs as much as many tests. Files that stand
 * beside each other share a suite, so that what they import is loaded once. The last come first, as the slow ones stand there.
 *
 * @param {string} root
 * @param {readonly string[]} files - Relative to root.
 * @param {number} perSuite - Most files of one suite.
 * @returns {{suites: string[][], alone: string[]}} Files of each suite; files that need a process of their own.
 */
export function sortIntoSuites(root, files, perSuite) {
  const alone = files.filter(file => needsOwnProcess.test(readFileSync(join(root, file), 'utf8')));
  const together = files.filter(file => !alone.includes(file));
  const count = Math.ceil(together.length / perSuite);
  const suites = Array.from({length: count}, (_, at) => together.slice(Math.floor((at * together.length) / count), Math.floor(((at + 1) * together.length) / count)));
  return {suites: suites.reverse(), alone};
}

/**
 * Writes what ava runs in place of the files: one entry file for each suite, in a folder of this run.
 *
 * @param {string} root
 * @param {readonly (readonly string[])[]} suites
 */
export function writeSuites(root, suites) {
  const results = join(root, 'test-results');
  mkdirSync(results, {recursive: true});
  const folder = mkdtempSync(join(results, 'suites-'));
  const written = suites.map((files, at) => {
    // A suite of one file is named after it, as ava names the suite when its process crashes or does not end.
    const name = `suite-${String(at + 1).padStart(2, '0')}${files.length === 1 ? `-${files[0].replaceAll('/', '-').replace(/(\.test)?\.ts$/, '')}` : ''}`;
    const entry = join(folder, `${name}.mjs`);
    const ended = join(folder, `${name}.ended`);
    const played = files.map(file => ({file, url: pathToFileURL(join(root, file)).href}));
    writeFileSync(entry, `import {runSuite} from ${JSON.stringify(runSuite)};\n\nawait runSuite(${JSON.stringify(played, null, 2)}, ${JSON.stringify(ended)});\n`);
    return {name, entry, files, ended};
  });
  return {
    entries: written.map(({entry}) => entry),
    /** @returns The suites whose process did not come to its end, so that nobody knows which of their tests ran. */
    broken: () => written.filter(({ended}) => !existsSync(ended)),
    remove: () => rmSync(folder, {recursive: true, force: true}),
  };
}
