import {readFileSync} from 'node:fs';
import test from 'ava';
import {readCatalog, readCsv} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

const here = new URL('../', import.meta.url);

test('whoever leads or assists by the sample has people who sign and handle', t => {
  const tables = readCatalog(readTextFiles(here)).catalog?.tables ?? {};
  const units = new Set([...(tables['responsibility']?.entries ?? []).map(({values}) => values['leadUnitId']), ...(tables['assists']?.entries ?? []).map(({values}) => values['assistUnitId'])]);
  units.delete('none');
  t.true(units.size > 5);
  const posts = readCsv('posts.csv', readFileSync(new URL('../organisation/posts.csv', here), 'utf8')).rows.map(row => row.map(cell => cell.text));
  for (const role of ['liaison', 'handler']) {
    const staffed = new Set(posts.filter(([, , , , roles = '', status]) => status === 'active' && roles.split(' ').includes(role)).map(([, , unitId]) => unitId));
    t.deepEqual([...units].filter(unit => !staffed.has(unit)), [], role);
  }
});
