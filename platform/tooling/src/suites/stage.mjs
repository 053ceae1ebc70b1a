// What test files of a suite get in place of ava: a `test` that keeps what they declare until every file is loaded (ava starts at the first
// test it hears of), puts the file's path before the title, and lets tests run one after another, as files that share a process should.
// Hooks before or between tests, and snapshots, belong to one file alone: such a file does not join a suite.
import ava from 'ava';

const stage = {file: '', started: 0, tests: [], hooks: []};

function test(...args) {
  stage.tests.push({file: stage.file, args});
}

/** Runs when all files of the suite are through. */
function after(title, hook) {
  stage.hooks.push({title: `${stage.file} › ${title}`, hook});
}

test.serial = test;
test.macro = ava.macro;
test.after = Object.assign(after, {always: after});

export default test;

/**
 * Loads test files one after another and declares their tests. A file that does not load is a failed test and leaves the other files alone.
 *
 * @param {readonly {file: string, url: string}[]} files
 */
export async function play(files) {
  for (const {file, url} of files) {
    stage.file = file;
    try {
      await import(url);
    } catch (error) {
      test('the file loads', () => {
        throw error;
      });
    }
  }
  for (const {title, hook} of stage.hooks) ava.after.always(title, hook);
  stage.tests.forEach(({file, args}, at) => {
    try {
      declare(file, args);
    } catch (error) {
      declare(file, [`its declaration ${at + 1} is a test`, () => {
        throw error;
      }]);
    }
  });
}

function declare(file, args) {
  const given = [...args];
  const raw = typeof given[0] === 'string' ? given.shift() : undefined;
  const [implementation, ...rest] = given;
  const title = implementation?.title?.(raw, ...rest) ?? raw;
  const exec = implementation?.exec ?? implementation;
  if (typeof title !== 'string' || title.trim() === '') throw new TypeError('A test needs a title');
  if (typeof exec !== 'function') throw new TypeError(`“${title}” is no test: its function is missing`);
  ava.serial(`${file} › ${title}`, (t, ...more) => {
    stage.started += 1;
    return exec(t, ...more);
  }, ...rest);
}

/** Whether every test that was declared has at least begun: if not, the process ended early. */
export const complete = () => stage.started === stage.tests.length;
