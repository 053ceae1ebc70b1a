import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useMutation, useQuery} from '@tanstack/react-query';
import {App, Button} from 'antd';
import {useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import {CatalogSettings} from './catalog-settings.js';
import {fieldsTable, orderAt, shownFields, shownTitle, type ShownField} from './field-cells.js';
import {FieldEditor} from './field-editor.js';
import {FieldPreview} from './field-preview.js';
import {FieldTable} from './field-table.js';
import {SetChoice} from './set-choice.js';
import {TablePicker} from './table-picker.js';
import {useChangeSets} from './use-change-sets.js';
import type {CatalogForm} from './use-catalog-form.js';

/** What a catalog says of itself, and the columns of its tables: own ones are added, changed and retired, all are named and ordered, within a change set like rows. */
export function FieldsTab({form}: {readonly form: CatalogForm}) {
  const t = useFieldText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const {message, modal} = App.useApp();
  const [search, setSearch] = useSearchParams();
  const [edited, setEdited] = useState<ShownField | 'new' | null>(null);
  const [isPreview, setPreview] = useState(false);
  const [said, setSaid] = useState('');
  const sets = useChangeSets(form.id);
  const table = form.tables.find(each => each.name === search.get('table')) ?? form.tables[0];
  const loaded = useQuery({queryKey: ['catalogFields', form.id], queryFn: () => api.call(catalogLifeRoutes.fields, {params: {catalogId: form.id}})});
  const shown = shownFields(loaded.data?.fields ?? [], table?.name ?? '', sets.setId);
  const title = (field: ShownField) => localize(shownTitle(field));
  const put = useMutation({
    mutationFn: async ({field, op, cells}: {readonly field: ShownField; readonly op: 'modify' | 'offShelf' | 'restore' | 'takeOut'; readonly cells?: Readonly<Record<string, string | null>>}) => {
      if (op !== 'takeOut') return sets.put(t(op === 'offShelf' ? 'retireOf' : op === 'restore' ? 'restoreOf' : 'editTitle', {title: title(field)}), [{table: fieldsTable, op, key: field.key, ...(cells ? {cells} : {})}]);
      const set = await sets.open();
      return (await api.call(catalogLifeRoutes.remove, {params: {changeId: set.id}, body: {lockVersion: set.lockVersion, table: fieldsTable, key: field.key}})).change;
    },
    onSuccess: change => void message.success(catalogText('edit.saved', {title: change.title})),
    onSettled: () => sets.refresh(),
  });
  if (!table) return null;
  const move = (field: ShownField, place: number) => {
    const order = orderAt(shown, field.key, place);
    if (order === null || put.isPending) return;
    put.mutate({field, op: 'modify', cells: {order}}, {onSuccess: () => setSaid(t('moved', {title: title(field), place: place + 1}))});
  };
  const retire = (field: ShownField) => modal.confirm({title: t('retireOf', {title: title(field)}), content: t('retireAsk', {title: title(field)}), okText: t('retire'), onOk: () => put.mutate({field, op: 'offShelf'})});
  return (
    <div className="app-catalog-tab">
      {loaded.data ? <CatalogSettings form={form} settings={loaded.data.settings} fields={loaded.data.fields} sets={sets} /> : null}
      <TablePicker form={form} table={table.name} onPick={next => setSearch({tab: 'fields', table: next}, {replace: true})} />
      <p className="banli-secondary app-field-help">{t('help')}</p>
      <div className="app-field-bar">
        <SetChoice sets={sets} proposed={t('addTitle', {table: localize(table.title)})} />
        <div className="app-catalog-buttons">
          <Button onClick={() => setPreview(true)}>{t('preview')}</Button>
          <Button type="primary" disabled={sets.isPending || !loaded.data} onClick={() => setEdited('new')}>{t('add')}</Button>
        </div>
      </div>
      {put.error ? <ErrorPanel error={put.error} /> : null}
      <div role="status" className="banli-visually-hidden">{said}</div>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={6} /> : null}
      {loaded.data ? (
        <FieldTable
          fields={shown} isBusy={put.isPending || sets.isPending} onMove={move} onEdit={setEdited} onRetire={retire}
          onRestore={field => put.mutate({field, op: 'restore'})} onTakeOut={field => put.mutate({field, op: 'takeOut'})}
        />
      ) : null}
      {edited && loaded.data ? <FieldEditor table={table} field={edited === 'new' ? null : edited} fields={shown} targets={loaded.data.targets} sets={sets} asksKey={form.version === ''} onEnd={() => setEdited(null)} /> : null}
      {isPreview ? <FieldPreview catalogId={form.id} table={table} changeId={sets.setId} onClose={() => setPreview(false)} /> : null}
    </div>
  );
}
