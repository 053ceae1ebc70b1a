import {readdir, readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {readShape} from '@banli/formats/catalogs';
import {cellFault, cellKind, readDuration, writeDuration} from '../src/catalogs/cell-kind.js';

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
  t.is(cellFault(plain, ''), 'cell.missing');
  t.is(cellFault({...plain, isRequired: false}, ''), null);
  t.is(cellFault(plain, ' 甲'), 'cell.blanks');
  t.is(cellFault({...plain, pattern: '^[0-9]{6}$'}, '65010'), 'cell.pattern');
  t.is(cellFault({...plain, pattern: '^[0-9]{6}$'}, '650100'), null);
});

test('a length of one unit is read and written, one of several stays text', t => {
  for (const text of ['PT24H', 'P3D', 'PT0M']) {
    const read = readDuration(text);
    t.is(read && writeDuration(read.amount, read.unit), text);
  }
  t.is(readDuration('P1DT2H'), null);
  t.is(readDuration('24'), null);
});
