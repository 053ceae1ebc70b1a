import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Input, Modal} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';

/** Asks why a scheduled version is withdrawn, and withdraws it. */
export function WithdrawDialog({catalogId, version, onEnd}: {readonly catalogId: string; readonly version: string; readonly onEnd: () => void}) {
  const t = useCatalogText();
  const {message} = App.useApp();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: () => api.call(catalogLifeRoutes.withdraw, {params: {catalogId, version}, body: {reason: reason.trim()}}),
    onSuccess: () => {
      void message.success(t('versions.withdrew', {version}));
      onEnd();
    },
    onSettled: () => Promise.all(['catalogs', 'catalogRows', 'catalogChanges', 'catalogChange', 'catalogTimeline', 'catalogForm'].map(key => cache.invalidateQueries({queryKey: [key]}))),
  });
  return (
    <Modal open title={t('versions.withdrawTitle', {version})} okText={t('versions.withdraw')} okButtonProps={{danger: true, disabled: reason.trim() === ''}} confirmLoading={act.isPending} onOk={() => !act.isPending && act.mutate()} onCancel={onEnd} maskClosable={false} afterOpenChange={isOpen => isOpen && document.getElementById('withdraw-reason')?.focus()}>
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <p>{t('versions.withdrawHelp')}</p>
      <label className="banli-field-label" htmlFor="withdraw-reason">{t('versions.withdrawReason')}</label>
      <Input.TextArea id="withdraw-reason" value={reason} maxLength={1_000} autoSize={{minRows: 2, maxRows: 5}} onChange={event => setReason(event.target.value.replaceAll('\n', ' '))} />
    </Modal>
  );
}
