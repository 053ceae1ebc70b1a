import test from 'ava';
import type {CatalogManifest} from '@banli/formats/catalogs';
import {carryOver} from '../../src/issue/carry-over.js';
import type {LayerRow} from '../../src/issue/model.js';
import {scopeOf} from '../../src/issue/scope.js';
import type {PublishedVersion} from '../../src/version.js';

function version(rows: Readonly<Record<string, Readonly<Record<string, string>>>>, local = false): PublishedVersion {
  const found = Object.entries(rows).map(([key, values]) => ({key, values: {code: key, status: 'active', ...values}}));
  const manifest = {id: 'words', tables: {words: {file: 'data/words.csv', schema: 'schema/words.json', key: ['code'], issue: {overrides: [{columns: ['value', 'unit'], bound: 'free'}], local}}}};
  const head = {id: 'v', catalogId: 'words', version: '2026.2.0', kind: 'list', titleZh: '词', titleEn: 'Words', owner: 'u', effectiveAt: 0, publishedAt: 0, publishedBy: '', hash: '', rowCount: found.length} as const;
  return {head, manifest: manifest as unknown as CatalogManifest, tables: new Map([['words', {rows: found, byKey: new Map(found.map(row => [row.key, row]))}]])};
}

function own(rowKey: string, ownValues: Readonly<Record<string, string>>, kind: LayerRow['kind'] = 'patch'): LayerRow {
  return {tableName: 'words', rowKey, kind, baseValues: {}, ownValues};
}

test('every override that is not taken over is told once, with its columns and its reason', t => {
  const rows = [own('kept', {value: '1', unit: 'day'}), own('locked', {value: '1', unit: 'day', ladder: 'x'}), own('same', {value: '3', unit: 'day'}), own('retired', {value: '1'}), own('gone', {value: '1'}), own('mine', {titleZh: '自有'}, 'local')];
  const onto = version({kept: {value: '3', unit: 'day'}, locked: {value: '3', unit: 'day'}, same: {value: '3', unit: 'day'}, retired: {status: 'retired'}});
  const {rows: kept, gone} = carryOver(rows, onto, scopeOf(null, '650100'));
  t.deepEqual(kept.map(row => [row.rowKey, Object.keys(row.ownValues)]), [['kept', ['value', 'unit']], ['locked', ['value', 'unit']]]);
  t.deepEqual(gone.map(each => [each.rowKey, each.columns.join(), each.reason, Object.keys(each.ownValues).join()]), [
    ['locked', 'ladder', 'locked', 'ladder'], ['same', 'value,unit', 'same', 'value,unit'], ['retired', '', 'retired', 'value'], ['gone', '', 'gone', 'value'], ['mine', '', 'locked', 'titleZh'],
  ]);
  t.deepEqual(carryOver([own('mine', {titleZh: '自有'}, 'local')], version({}, true), scopeOf(null, '650100')).gone, []);
});
