import test from 'ava';
import {atOnce} from '@banli/time';
import {limitCoverage} from '../../src/content/limit-coverage.js';
import {draftVersion} from '../../src/dispatch/draft-version.js';
import {readCatalogFolder} from '../../src/index.js';
import type {PublishedRow, PublishedVersion} from '../../src/version.js';
import {catalogRoot} from '../sample-service.js';

async function sample(name: string): Promise<PublishedVersion> {
  return draftVersion(await readCatalogFolder(`${catalogRoot}${name}`, name));
}

function withLeaves(matters: PublishedVersion, count: number): PublishedVersion {
  const leaf = matters.tables.get('matters')?.byKey.get('020101');
  if (!leaf) throw new Error('The sample has no matter 020101.');
  const rows = Array.from({length: count}, (_, index): PublishedRow => ({key: `0201x${index}`, values: leaf.values}));
  return {...matters, tables: new Map([['matters', {rows, byKey: new Map(rows.map(row => [row.key, row]))}]])};
}

test('what 20,000 leaves find is looked up with pauses, however many there are', async t => {
  const parts = {matters: withLeaves(await sample('matters'), 20_000), urgency: await sample('urgency'), limits: await sample('limits'), areas: await sample('areas'), industries: await sample('industries')};
  const pauses = [...limitCoverage(parts)].length;
  t.true(pauses >= 40, `${pauses} pauses`);
  t.is(atOnce(limitCoverage(parts)).leaves.size, 20_000);
});
