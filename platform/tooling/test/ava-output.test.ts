import test from 'ava';
import {createAvaOutput} from '../src/setup/ava-output.mjs';

function setup(lines: readonly string[]) {
  const printed: string[] = [];
  const clock = {now: 0};
  const output = createAvaOutput({print: line => printed.push(line), seconds: () => clock.now});
  for (const line of lines) {
    const at = /^@(\d+) /.exec(line)?.[1];
    if (at !== undefined) clock.now = Number(at);
    output.line(line.replace(/^@\d+ /, ''));
  }
  return {output, printed};
}

test('passed tests are counted and not shown, whatever stands in their titles', t => {
  const {output, printed} = setup(['', '  ✔ time › due › a pause of 3 days (2.2s)', '  ✔ time › due › not ok 7 ✘ [fail]: is a title', '  ─', '', '  2 tests passed']);
  t.deepEqual(output.count(), {passed: 2, failed: 0});
  t.deepEqual(printed, []);
});

test('a failed test is counted once and shown with what ava says of it', t => {
  const {output, printed} = setup(['  ✔ a › one', '  ✘ [fail]: a › two Rejected', '  ─', '', '  a › two', '', '  Difference:', '', '  1 test failed']);
  t.deepEqual(output.count(), {passed: 1, failed: 1});
  t.deepEqual(printed, ['  ✘ [fail]: a › two Rejected', '', '  a › two', '', '  Difference:', '', '  1 test failed']);
});

test('a file that never ends is named', t => {
  const {output, printed} = setup(['  ✔ it works (1m 4.5s)', '', '  ✘ Timed out while running tests', '', '  Failed to exit when running test/kill.engine.test.ts', '']);
  t.deepEqual(output.count(), {passed: 1, failed: 0});
  t.deepEqual(printed, ['  ✘ Timed out while running tests', '  Failed to exit when running test/kill.engine.test.ts']);
});

test('a file took the time from the start of its first test to the end of its last', t => {
  const {output} = setup(['@70 ✔ a › one (1m 4.5s)', '@90 ✔ a › two (150ms)', '@91 ✔ b › three']);
  t.deepEqual(output.files(), [{file: 'a', took: 84.5}, {file: 'b', took: 0}]);
});

test('in a suite a test is told by its file alone, and files can be left out of the count', t => {
  const {output, printed} = setup([
    '  ⚠ Using configuration from /somewhere/ava.config.mjs', '',
    '  ✔ test-results › suites-x › suite-02 › runtime/a/test/one.test.ts › it › holds (1.5s)',
    '  ✘ [fail]: test-results › suites-x › suite-02 › runtime/a/test/two.test.ts › it breaks',
    '      at x (/somewhere/runtime/a/test/two.test.ts:21:5)', '      at async file:///somewhere/node_modules/ava/lib/runner.js:486:24', '      at file:///somewhere/src/suites/stage.mjs:61:12',
    '  ✔ runtime/a/test/three.test.ts › a suite alone has no name',
  ]);
  t.deepEqual(printed, ['  ✘ [fail]: runtime/a/test/two.test.ts › it breaks', '      at x (/somewhere/runtime/a/test/two.test.ts:21:5)']);
  t.deepEqual(output.count(), {passed: 2, failed: 1});
  t.deepEqual(output.count(['runtime/a/test/two.test.ts']), {passed: 2, failed: 0});
  t.deepEqual(output.files().map(({file}) => file), ['runtime/a/test/one.test.ts', 'runtime/a/test/two.test.ts', 'runtime/a/test/three.test.ts']);
});
