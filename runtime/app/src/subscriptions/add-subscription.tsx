import {catalogRoutes, catalogSubscriptionRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {App, Modal, Select} from 'antd';
import {useState} from 'react';
import {RowPicker} from '../catalogs/pickers.js';
import {useCatalogForm} from '../catalogs/use-catalog-form.js';
import {api} from '../http/api.js';
import {useSubscriptionText} from '../texts/subscription-hook.js';
import {useSubscriptionWork} from './use-subscriptions.js';

/** Chooses a catalog, and a branch where it is a tree. */
export function AddSubscription({onClose}: {readonly onClose: () => void}) {
  const t = useSubscriptionText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const [catalogId, setCatalogId] = useState('');
  const [branch, setBranch] = useState('');
  const catalogs = useQuery({queryKey: ['catalogs'], queryFn: () => api.call(catalogRoutes.list)});
  const form = useCatalogForm(catalogId, catalogId !== '');
  const isTree = form.data?.tables.find(table => table.name === catalogId)?.parent != null;
  const chosen = catalogs.data?.catalogs.find(each => each.id === catalogId);
  const add = useSubscriptionWork(() => api.call(catalogSubscriptionRoutes.add, {body: {catalogId, ...(branch === '' ? {} : {branch})}}), () => {
    void message.success(t('added', {title: chosen ? localize(chosen.title) : catalogId}));
    onClose();
  });
  return (
    <Modal open title={t('add')} okText={t('follow')} okButtonProps={{disabled: catalogId === '', loading: add.isPending}} onOk={() => add.mutate(undefined)} onCancel={onClose}>
      {catalogs.error ?? add.error ? <ErrorPanel error={catalogs.error ?? add.error} onRetry={catalogs.error ? () => void catalogs.refetch() : undefined} /> : null}
      <label className="app-subscription-field">
        <span>{t('add.catalog')}</span>
        <Select
          className="app-catalog-wide" showSearch optionFilterProp="label" loading={catalogs.isPending} placeholder={t('add.catalogHint')} value={catalogId === '' ? undefined : catalogId}
          options={(catalogs.data?.catalogs ?? []).map(each => ({value: each.id, label: localize(each.title)}))}
          onChange={next => {
            setCatalogId(next ?? '');
            setBranch('');
          }}
        />
      </label>
      {isTree ? (
        <label className="app-subscription-field">
          <span>{t('add.branch')}</span>
          <RowPicker id="subscription-branch" value={branch} onChange={setBranch} isRequired={false} reference={{catalog: catalogId, table: catalogId, except: [], leaf: false, elsewhere: false}} />
          <span className="banli-secondary">{t('add.branchHelp')}</span>
        </label>
      ) : null}
    </Modal>
  );
}
