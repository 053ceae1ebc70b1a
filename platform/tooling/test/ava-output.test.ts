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
  t.deepEqual(output.end(0), {passed: 2, failed: 0});
  t.deepEqual(printed, []);
});

test('a failed test is counted once and shown with what ava says of it', t => {
  const {output, printed} = setup(['  ✔ a › one', '  ✘ [fail]: a › two Rejected', '  ─', '', '  a › two', '', '  Difference:', '', '  1 test failed']);
  t.deepEqual(output.end(1), {passed: 1, failed: 1});
  t.deepEqual(printed, ['  ✘ [fail]: a › two Rejected', '', '  a › two', '', '  Difference:', '', '  1 test failed']);
});

test('a file that never ends is named, and the run counts as failed though every test passed', t => {
  const {output, printed} = setup(['  ✔ it works (1m 4.5s)', '', '  ✘ Timed out while running tests', '', '  Failed to exit when running test/kill.engine.test.ts', '']);
  t.deepEqual(output.end(1), {passed: 1, failed: 1});
  t.deepEqual(printed, ['  ✘ Timed out while running tests', '  Failed to exit when running test/kill.engine.test.ts', 'ava ended with 1, though no test failed']);
});

test('a file took the time from the start of its first test to the end of its last', t => {
  const {output} = setup(['@70 ✔ a › one (1m 4.5s)', '@90 ✔ a › two (150ms)', '@91 ✔ b › three']);
  t.deepEqual(output.files(), [{file: 'a', took: 84.5}, {file: 'b', took: 0}]);
});
