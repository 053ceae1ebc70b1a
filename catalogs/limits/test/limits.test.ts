import test from 'ava';
import {readCatalog, type CatalogRow} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const tables = readCatalog(readTextFiles(new URL('..', import.meta.url))).catalog?.tables;
const rowsOf = (table: string): readonly CatalogRow[] => (tables?.[table]?.entries ?? []).map(entry => entry.values);
const nameOf = (row: CatalogRow): string => [row['groupCode'] ?? `${row['industryCode']}|${row['level']}`, row['urgencyCode'], row['kind']].join('|');

const minutesOf = {workingDay: 24 * 60, naturalDay: 24 * 60, hour: 60, minute: 1, workingHour: 60} as const;

function leadMinutes(duration: string): number {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
  return Number(days ?? 0) * 24 * 60 + Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}

test('no shipped limit warns at its own start or before it', t => {
  const rows = [...rowsOf('limits'), ...rowsOf('matrix')];
  t.true(rows.length >= 80);
  const early = rows.filter(row => row['warnBefore'] !== undefined && leadMinutes(row['warnBefore']) >= Number(row['value']) * minutesOf[row['unit'] as keyof typeof minutesOf]);
  t.deepEqual(early.map(nameOf), []);
});

const given = test.macro({
  exec(t, table: string, key: string, limit: string, lead?: string) {
    const row = rowsOf(table).find(each => nameOf(each) === key);
    t.is(`${row?.['value']} ${row?.['unit']}`, limit);
    t.regex(row?.['sourceRef'] ?? '', /^requirements\/xinjiang-hotline\.md §2\.1\.10/);
    if (lead !== undefined) t.is(row?.['warnBefore'], lead);
  },
  title: (_title, _table, key, limit) => `the requirement (§2.1.10) gives ${key}: ${limit}`,
});

test(given, 'limits', 'tourism-complex|major|respond', '4 hour');
test(given, 'limits', 'tourism-safety|major|respond', '4 hour');
test(given, 'limits', 'tourism-complex|normal|respond', '24 hour');
test(given, 'limits', 'tourism-safety|normal|respond', '24 hour');
test(given, 'limits', 'tourism-safety|urgent|resolve', '24 hour');
test(given, 'limits', 'tourism-consult|normal|resolve', '48 hour', 'PT24H');
test(given, 'limits', 'tourism-complex|normal|resolve', '72 hour', 'PT24H');
test(given, 'limits', 'enterprise|grade-a|respond', '2 hour', 'PT1H');
test(given, 'limits', 'enterprise|grade-b|respond', '4 hour', 'PT1H');
test(given, 'matrix', '*|*|grade-a|respond', '2 hour', 'PT1H');
test(given, 'matrix', '*|*|grade-b|respond', '4 hour', 'PT1H');

test('the leads the requirement names stand where the limit is long enough: finance 24 hours, medical urgent 6 hours', t => {
  const leadOf = (table: string, key: string) => rowsOf(table).find(each => nameOf(each) === key)?.['warnBefore'];
  t.deepEqual(['limits finance|normal|resolve', 'matrix J|*|normal|resolve', 'limits medical|urgent|resolve', 'matrix Q|*|urgent|resolve'].map(each => leadOf(...(each.split(' ') as [string, string]))), ['PT24H', 'PT24H', 'PT6H', 'PT6H']);
});
