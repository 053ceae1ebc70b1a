import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {App, Input, Modal, Select} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {columnTitle} from './column-words.js';
import type {RowOp} from './row-drawer.js';
import type {ListedRow} from './rows-tab.js';

const fresh = '';
/** What never changes on a row that was effective; the server refuses it as well. */
const fixed = new Set(['code', 'parentCode', 'status', 'level', 'path']);

/** Puts the change of one row into a change set: one that is being written, or a new one. */
export function EditRow({catalogId, row, op, onEnd}: {readonly catalogId: string; readonly row: ListedRow; readonly op: RowOp; readonly onEnd: () => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const cache = useQueryClient();
  const {message} = App.useApp();
  const title = localize(row.title);
  const proposed = t(`edit.${op}Title`, {title});
  const sets = useQuery({queryKey: ['catalogChanges', catalogId, 'editing'], queryFn: () => api.call(catalogLifeRoutes.changes, {params: {catalogId}, query: {state: 'editing', limit: 50}})});
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = row.pending.find(each => each.state === 'editing');
  const open = sets.data?.changes ?? [];
  const setId = chosen ?? newest?.changeId ?? open[0]?.id ?? fresh;
  const [cells, setCells] = useState<Readonly<Record<string, string>>>(newest?.after ?? row.values);
  const save = useMutation({
    mutationFn: async () => {
      const set = open.find(each => each.id === setId) ?? (await api.call(catalogLifeRoutes.create, {params: {catalogId}, body: {title: proposed.slice(0, 200)}})).change;
      const before = newest?.after ?? row.values;
      const changed = Object.fromEntries(Object.entries(cells).filter(([column, value]) => value !== (before[column] ?? '')));
      return api.call(catalogLifeRoutes.put, {params: {changeId: set.id}, body: {lockVersion: set.lockVersion, op, key: row.key, ...(op === 'modify' ? {cells: changed} : {})}});
    },
    onSuccess: ({change}) => {
      void message.success(t('edit.saved', {title: change.title}));
      onEnd();
    },
    onSettled: () => Promise.all(['catalogRows', 'catalogChanges', 'catalogChange'].map(key => cache.invalidateQueries({queryKey: [key]}))),
  });
  return (
    <Modal open title={proposed} okText={t('edit.save')} confirmLoading={save.isPending} okButtonProps={{disabled: sets.isPending}} onOk={() => !save.isPending && save.mutate()} onCancel={onEnd} maskClosable={false} width={560}>
      {save.error ? <ErrorPanel error={save.error} /> : null}
      <label className="banli-field-label" htmlFor="change-set">{t('edit.set')}</label>
      <Select id="change-set" className="app-catalog-wide" value={setId} onChange={setChosen} options={[...open.map(each => ({value: each.id, label: each.title})), {value: fresh, label: t('edit.newSet', {title: proposed})}]} />
      <div className="banli-secondary">{t('edit.setHelp')}</div>
      {op === 'modify' ? (
        <div className="app-catalog-form">
          {Object.keys({...row.values, ...cells}).filter(column => !fixed.has(column)).map(column => (
            <div key={column}>
              <label className="banli-field-label" htmlFor={`cell-${column}`}>{localize(columnTitle(column))}</label>
              <Input.TextArea id={`cell-${column}`} value={cells[column] ?? ''} maxLength={2_000} autoSize={{minRows: 1, maxRows: 6}} onChange={event => setCells({...cells, [column]: event.target.value})} />
            </div>
          ))}
          <div className="banli-secondary">{t('row.fixed')}</div>
        </div>
      ) : (
        <p>{t(op === 'offShelf' ? 'edit.offShelfHelp' : 'edit.restoreHelp')}</p>
      )}
    </Modal>
  );
}
