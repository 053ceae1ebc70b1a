import {readdir, readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {datePattern, numberPattern, readShape} from '@banli/formats/catalogs';
import {cellFault, cellKind, readDuration, typedDuration, writeDuration} from '../src/catalogs/cell-kind.js';

const plain = {reference: null, options: [], pattern: null, maxLength: null, isRequired: true};

test('every column of the sample catalogs gets the widget that its schema asks for', async t => {
  const root = fileURLToPath(new URL('../../../catalogs/', import.meta.url));
  const files = (await readdir(root, {recursive: true})).filter(name => /^[a-z-]+\/schema\/[a-z-]+\.schema\.json$/.test(name));
  const kinds = new Map<string, string>();
  for (const file of files) for (const column of readShape(await readFile(`${root}${file}`, 'utf8')).columns) kinds.set(`${file.split('/').at(-1)?.replace('.schema.json', '') ?? ''}.${column.name}`, cellKind({...column, reference: null, options: [...column.options]}));
  const of = (name: string) => kinds.get(name);
  t.deepEqual(['days.date', 'office-hours.open', 'limits.value', 'limits.warnBefore', 'limits.unit', 'items.acceptanceZh', 'items.titleZh', 'matters.code', 'uses.position', 'urgency.rank'].map(of), ['date', 'time', 'number', 'duration', 'choice', 'longText', 'text', 'text', 'number', 'number']);
});

test('a reference is picked, a unit by its name', t => {
  const reference = {catalog: 'areas', table: 'areas', except: [], leaf: false, elsewhere: false};
  t.is(cellKind({...plain, reference}), 'row');
  t.is(cellKind({...plain, reference: {...reference, elsewhere: true}}), 'unit');
});

test('what is missing, ill-formed or has blanks at an end is told before it is sent', t => {
  t.deepEqual(cellFault(plain, ''), {key: 'cell.missing'});
  t.is(cellFault({...plain, isRequired: false}, ''), null);
  t.deepEqual(cellFault(plain, ' 甲'), {key: 'cell.blanks'});
  t.is(cellFault({...plain, pattern: '^[0-9]{6}$'}, '650100'), null);
});

const refused = test.macro({
  exec(t, column: Partial<Parameters<typeof cellFault>[0]>, value: string, expected: ReturnType<typeof cellFault>) {
    t.deepEqual(cellFault({...plain, ...column}, value), expected);
  },
  title: (_title, {pattern, type}: Partial<Parameters<typeof cellFault>[0]>, value) => `${value} in a cell of ${type ?? ''} ${pattern ?? 'any text'} says what is asked`,
});

const duration = '^P([0-9]+D|([0-9]+D)?T([0-9]+H)?([0-9]+M)?([0-9]+S)?)$';
test(refused, {pattern: '^[0-9]{6}$'}, '65010', {key: 'cell.digits', params: {counts: '6'}});
test(refused, {pattern: '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'}, '65010', {key: 'cell.digits', params: {counts: '6 / 9 / 12'}});
test(refused, {pattern: '^[1-9][0-9]{0,3}$'}, '三天', {key: 'cell.range', params: {least: '1', most: '9999'}});
test(refused, {pattern: '^[1-9]$'}, '12', {key: 'cell.range', params: {least: '1', most: '9'}});
test(refused, {pattern: '^[0-9]{1,9}$'}, '-1', {key: 'cell.range', params: {least: '0', most: '999999999'}});
test(refused, {type: 'number', format: '2', pattern: numberPattern(2)}, '1.234', {key: 'cell.decimals', params: {count: 2}});
test(refused, {type: 'number', format: '2', pattern: numberPattern(2)}, '-1.5', null);
test(refused, {type: 'number', format: null, pattern: numberPattern(0)}, '一', {key: 'cell.whole'});
test(refused, {type: 'date', pattern: datePattern}, '2026-02-30', {key: 'cell.date'});
test(refused, {pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'}, '2026-02-30', {key: 'cell.date'});
test(refused, {pattern: '^[0-2][0-9]:[0-5][0-9]$'}, '9点半', {key: 'cell.time'});
test(refused, {pattern: duration}, 'PT两H', {key: 'cell.duration'});
test(refused, {pattern: '^([0-9]{2}){1,4}$'}, '021', {key: 'cell.levels', params: {digits: '2', levels: '4'}});
test(refused, {pattern: '^[a-z][a-z0-9-]{0,63}$'}, 'A b', {key: 'cell.code', params: {most: 64}});
test(refused, {pattern: '^sx-[0-9]{6}-[0-9]{2}$'}, 'sx', {key: 'cell.pattern'});

test(refused, {name: 'sourceRef'}, 'own: ', {key: 'source.noNote'});

test('digits of a fixed count are a code, not a number: zeros in front count', t => {
  t.is(cellKind({...plain, pattern: '^[0-9]{6}$'}), 'text');
});

test('a length keeps what was typed for its amount, a number or not', t => {
  t.deepEqual(['PT24H', 'P三D', 'PT1.5H', 'PM', 'PT1H30M', 'P1DT2H', '24'].map(typedDuration), [{amount: '24', unit: 'H'}, {amount: '三', unit: 'D'}, {amount: '1.5', unit: 'H'}, null, null, null, null]);
  t.is(writeDuration('三', 'D'), 'P三D');
});

test('a length of one unit is read and written, one of several stays text', t => {
  for (const text of ['PT24H', 'P3D', 'PT0M']) {
    const read = readDuration(text);
    t.is(read && writeDuration(read.amount, read.unit), text);
  }
  t.is(readDuration('P1DT2H'), null);
  t.is(readDuration('24'), null);
});
