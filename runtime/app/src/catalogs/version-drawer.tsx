import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize, useReturnFocus} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Drawer, Input} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useCellText} from './cell-text.js';
import {TablePicker} from './table-picker.js';
import type {FormColumn} from './use-catalog-form.js';
import {VersionHead, type VersionEntry} from './version-head.js';

type Snapshot = AnswerOf<typeof catalogLifeRoutes.versionRows>;

/** Rows shown at once; a catalog may have thousands. */
const atOnce = 100;

/** A version as it was: every row of every table, to be searched. */
export function VersionDrawer({catalogId, entry, onClose}: {readonly catalogId: string; readonly entry: VersionEntry; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useCatalogText();
  const localize = useLocalize();
  const {version} = entry;
  const [picked, setPicked] = useState(catalogId);
  const [words, setWords] = useState('');
  const [shown, setShown] = useState(atOnce);
  const form = useQuery({queryKey: ['catalogForm', catalogId, 'version', version], retry: false, staleTime: Number.POSITIVE_INFINITY, queryFn: () => api.call(catalogLifeRoutes.form, {params: {catalogId}, query: {version}})});
  const loaded = useQuery({queryKey: ['catalogVersion', catalogId, version, picked], staleTime: Number.POSITIVE_INFINITY, queryFn: () => api.call(catalogLifeRoutes.versionRows, {params: {catalogId, version}, query: {table: picked}})});
  const text = useSnapshotText();
  const columns = loaded.data ? columnsOf(loaded.data) : [];
  const wanted = words.trim().toLowerCase();
  const rows = (loaded.data?.rows ?? []).filter(row => wanted === '' || Object.entries(row).some(([name, value]) => value.toLowerCase().includes(wanted) || text(loaded.data, columns, name, value).toLowerCase().includes(wanted)));
  const find = (value: string) => {
    setWords(value);
    setShown(atOnce);
  };
  return (
    <Drawer open title={t('versions.opened', {title: localize(loaded.data?.title ?? {'zh-CN': catalogId}), version})} width={960} onClose={onClose}>
      <VersionHead entry={entry} />
      {form.data ? <TablePicker form={form.data} table={picked} onPick={next => {
        setPicked(next);
        find('');
      }} /> : null}
      <div className="app-chips">
        <Input.Search className="app-catalog-filter" allowClear value={words} placeholder={t('versions.find')} aria-label={t('versions.find')} onChange={event => find(event.target.value)} />
        {loaded.data ? <span className="banli-secondary" role="status">{t('versions.found', {count: rows.length})}</span> : null}
      </div>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={8} /> : null}
      {loaded.data && loaded.data.columns.length === 0 ? <p className="banli-secondary">{t('versions.noColumns')}</p> : null}
      {loaded.data && rows.length === 0 ? <EmptyState title={t('rows.none')} /> : null}
      {loaded.data && rows.length > 0 ? (
        <div className="app-catalog-snapshot" tabIndex={0} role="region" aria-label={t('versions.open')}>
          <table>
            <thead><tr>{columns.map(column => <th key={column.name}>{localize(column.title)}</th>)}</tr></thead>
            <tbody>
              {rows.slice(0, shown).map((row, index) => <tr key={index}>{columns.map(column => <td key={column.name}>{text(loaded.data, columns, column.name, row[column.name] ?? '')}</td>)}</tr>)}
            </tbody>
          </table>
        </div>
      ) : null}
      {rows.length > shown ? <div className="app-more"><Button onClick={() => setShown(shown + atOnce)}>{t('rows.more')}</Button></div> : null}
    </Drawer>
  );
}

type SnapshotColumn = Pick<FormColumn, 'name' | 'title'> & Partial<FormColumn>;

/** Columns that some row fills; of a version without a description those of its rows. */
function columnsOf({columns, rows}: Snapshot): readonly SnapshotColumn[] {
  const filled = new Set(rows.flatMap(row => Object.keys(row)));
  return columns.length > 0 ? columns.filter(column => filled.has(column.name)) : [...filled].map(name => ({name, title: {'zh-CN': name}}));
}

/** Cells of a version in words. */
function useSnapshotText(): (snapshot: Snapshot | undefined, columns: readonly SnapshotColumn[], name: string, value: string) => string {
  const text = useCellText();
  return (snapshot, columns, name, value) => (value === '' ? '' : text(columns.find(column => column.name === name) as FormColumn | undefined, value, snapshot?.words[name]?.[value]));
}
