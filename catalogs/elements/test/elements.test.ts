import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const {catalog} = readCatalog(readTextFiles(new URL('..', import.meta.url)));
const table = (name: string): readonly CatalogRow[] => (catalog?.tables[name]?.entries ?? []).map(entry => entry.values);
const types = new Map(table('elements').map(row => [row['code'], row['type']]));

test('every choice has options, and nothing else has', t => {
  const withOptions = new Set(table('options').map(row => row['elementCode']));
  for (const [code, type] of types) t.is(withOptions.has(code), type === 'choice' || type === 'multiChoice', code);
});

test('every rule is a pattern', t => {
  for (const {code, rule} of table('elements')) {
    if (rule !== undefined) t.notThrows(() => new RegExp(rule, 'u'), code);
  }
});

test('the seven elements of the requirements are there', t => {
  for (const code of ['grievance-type', 'petitioner-name', 'petitioner-gender', 'petitioner-id', 'petitioner-phone', 'event-address', 'event-time']) t.true(types.has(code), code);
});

test('elements bound to one type have one type, and no element depends on itself', t => {
  for (const {elementCode, otherCode, kind} of table('dependencies')) {
    t.not(elementCode, otherCode);
    if (kind === 'same-type') t.is(types.get(elementCode), types.get(otherCode), `${elementCode} and ${otherCode}`);
  }
});

test('what asks for an id number is stored and masked as one', t => {
  for (const row of table('elements').filter(({titleZh}) => /身份证|社会保障号/.test(titleZh ?? ''))) t.is(row['type'], 'idNumber', row['code']);
});
