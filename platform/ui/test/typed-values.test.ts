import test from 'ava';
import {isFlat} from '../src/form/fields/choice-tree.js';
import {dayFormats, isTypedDay, momentFormats} from '../src/form/typed-day.js';

const day = test.macro({
  exec(t, text: string, expected: boolean) {
    t.is(isTypedDay(text, dayFormats), expected);
  },
  title: (_title, text, expected) => `"${text}" is ${expected ? 'a day or nothing' : 'no day'}`,
});

for (const text of ['', ' ', '2026-02-26', '2026/2/6', '20260226', '2026年2月6日']) test(day, text, true);
for (const text of ['2026-02-30', '2026-13-01', '2026-02-26x', '明天', '02-26']) test(day, text, false);

test('a moment needs its minute', t => {
  t.true(isTypedDay('2026-02-26 19:30', momentFormats));
  t.false(isTypedDay('2026-02-26 25:00', momentFormats));
  t.false(isTypedDay('2026-02-26', momentFormats));
});

test('a list in which nothing stands below anything is flat', t => {
  const node = {value: 'a', title: 'a', selectable: true};
  t.true(isFlat([node, node]));
  t.false(isFlat([node, {...node, children: [node]}]));
});
