import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useMutation, useQuery} from '@tanstack/react-query';
import {App, Button, Drawer, Radio, Select} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {CellField} from './cell-field.js';
import {cellFault} from './cell-kind.js';
import type {RowDiff} from './diff-view.js';
import {heldKeys} from './held-keys.js';
import {HeldRows, LeftOut} from './held-rows.js';
import {formColumns} from './row-form.js';
import {RowsPreview} from './rows-preview.js';
import {SetChoice} from './set-choice.js';
import {useChangeSets} from './use-change-sets.js';
import type {CatalogForm, TableForm} from './use-catalog-form.js';

type Op = 'modify' | 'offShelf' | 'void' | 'restore';

/**
 * Sets one column of many rows, or takes them out of use: preview first, then into a change set, all or none. Rows that are still held can be left out.
 * `onEnd` is told the rows that stay chosen.
 */
export function BulkEdit({form, table, chosen, onEnd}: {readonly form: CatalogForm; readonly table: TableForm; readonly chosen: readonly string[]; readonly onEnd: (chosen: readonly string[]) => void}) {
  const t = useToolText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const columns = formColumns(table, false);
  const [op, setOp] = useState<Op>('modify');
  const [name, setName] = useState(columns.find(column => column.name !== 'titleZh' && column.name !== 'titleEn')?.name ?? columns[0]?.name ?? '');
  const [value, setValue] = useState('');
  const [leftOut, setLeftOut] = useState<readonly RowDiff[]>([]);
  const sets = useChangeSets(form.id);
  const column = columns.find(each => each.name === name);
  const fault = column && op === 'modify' ? cellFault(column, value) : null;
  const isReady = op !== 'modify' || (column !== undefined && fault === null);
  const keys = chosen.filter(key => !leftOut.some(row => row.key === key));
  const rows = keys.map(key => ({table: table.name, op, key, ...(op === 'modify' ? {cells: {[name]: value === '' ? null : value}} : {})}));
  const preview = useQuery({queryKey: ['catalogPreview', form.id, table.name, op, name, value, keys], enabled: isReady, queryFn: () => api.call(catalogLifeRoutes.preview, {params: {catalogId: form.id}, body: {rows}})});
  const errors = (preview.data?.problems ?? []).filter(problem => problem.severity !== 'warning').length;
  const held = op === 'modify' ? [] : heldKeys(keys, preview.data?.problems ?? [], `${form.id}/${table.name}`);
  const changed = new Set((preview.data?.diff ?? []).map(row => row.key));
  const proposed = op !== 'modify' ? t(op === 'offShelf' ? 'work.bulkOff' : op === 'void' ? 'work.bulkVoid' : 'work.bulkRestore', {count: keys.length}) : t('work.bulkTitle', {column: column ? localize(column.title) : '', count: keys.length});
  const save = useMutation({
    mutationFn: () => sets.put(proposed, rows.filter(row => changed.has(row.key))),
    onSuccess: change => {
      void message.success(catalogText('edit.saved', {title: change.title}));
      onEnd(leftOut.map(row => row.key));
    },
    onSettled: () => sets.refresh(),
  });
  const why = !isReady ? t('work.valueMissing') : errors > 0 ? t('work.mendFirst') : preview.data && changed.size === 0 ? t('work.nothingChanges') : undefined;
  return (
    <Drawer
      open width={720} title={t('work.bulk', {count: keys.length})} onClose={() => onEnd(chosen)}
      footer={<div className="app-catalog-buttons"><span className="app-catalog-gap" /><Button type="primary" disabled={why !== undefined || !preview.data} title={why} loading={save.isPending} onClick={() => !save.isPending && save.mutate()}>{catalogText('edit.save')}</Button></div>}
    >
      {save.error ? <ErrorPanel error={save.error} /> : null}
      <div className="app-catalog-form">
        <Radio.Group aria-label={t('work.bulkWhat')} value={op} onChange={event => {
          setOp(event.target.value as Op);
          setLeftOut([]);
        }} options={[{value: 'modify', label: t('work.setColumn')}, {value: 'offShelf', label: catalogText('row.offShelf')}, {value: 'void', label: catalogText('row.void')}, {value: 'restore', label: catalogText('row.restore')}]} />
        {op === 'void' ? <p>{catalogText('edit.voidHelp')}</p> : null}
        {op === 'modify' ? (
          <>
            <div>
              <label className="banli-field-label" htmlFor="bulk-column">{t('work.column')}</label>
              <Select id="bulk-column" className="app-catalog-wide" value={name} onChange={next => {
                setName(next);
                setValue('');
              }} options={columns.map(each => ({value: each.name, label: localize(each.title)}))} />
            </div>
            {column ? (
              <div>
                <label id="bulk-value-label" className="banli-field-label" htmlFor="bulk-value">{column.isRequired ? <span className="app-catalog-star" aria-hidden>*</span> : null}{t('work.newValue')}</label>
                <CellField key={name} id="bulk-value" column={column} value={value} onChange={setValue} isInvalid={value !== '' && fault !== null} />
                {value !== '' && fault ? <div className="app-catalog-cell-error">{catalogText(fault.key, fault.params)}</div> : null}
              </div>
            ) : null}
          </>
        ) : null}
        <SetChoice sets={sets} proposed={proposed} />
      </div>
      {leftOut.length > 0 ? <LeftOut key={leftOut.length} rows={leftOut} onBack={() => setLeftOut([])} /> : null}
      {held.length > 0 ? <HeldRows held={held.length} chosen={keys.length} onLeave={() => setLeftOut([...leftOut, ...(preview.data?.diff ?? []).filter(row => row.table === table.name && held.includes(row.key))])} /> : null}
      {preview.error ? <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {isReady && preview.isPending && !preview.error ? <Skeleton rows={4} /> : null}
      {isReady && preview.data ? <RowsPreview form={form} diff={preview.data.diff} problems={preview.data.problems} others={preview.data.others.filter(other => other.changeId !== sets.setId)} /> : null}
    </Drawer>
  );
}
