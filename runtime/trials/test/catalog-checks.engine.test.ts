import test from 'ava';
import {runCatalogChecks} from '../src/catalog-checks/run.js';
import {openTestDatabase} from './support/database.js';

test('the acceptance tests of catalogs hold over HTTP, each under its number', async t => {
  t.timeout(600_000);
  const lines: string[] = [];
  const database = await openTestDatabase();
  const held = await runCatalogChecks(database.url === undefined ? {} : {databaseUrl: database.url}, line => lines.push(line)).finally(() => database.drop());
  t.deepEqual(lines.filter(line => line.includes('✗')), []);
  t.true(held, lines.slice(-20).join('\n'));
  const numbers = new Set(lines.flatMap(line => /✓ (A\d+) /.exec(line)?.[1] ?? []));
  t.deepEqual([...numbers].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))), Array.from({length: 18}, (_, index) => `A${index + 1}`));
  t.regex(lines.at(-1) ?? '', /^catalogs: \d+ passed, 0 failed$/);
});
