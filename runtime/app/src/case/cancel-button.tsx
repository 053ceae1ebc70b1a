import {MoreOutlined} from '@ant-design/icons';
import {cancelReason, caseRoutes, type CaseViewJson} from '@banli/api';
import {ErrorPanel, PhraseMenu, withPhrase} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {Button, Dropdown, Input, Modal, type InputRef} from 'antd';
import {useRef, useState} from 'react';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useReasons} from './use-reason-services.js';

const cancelPhrases = ['case.cancelRepeated', 'case.cancelWithdrawn', 'case.cancelMistake', 'case.cancelElsewhere'] as const;

/** Cancels a case that was not dispatched yet, with a reason; far from the other actions, behind a menu. */
export function CancelButton({view}: {readonly view: CaseViewJson}) {
  const t = useText();
  const cache = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const field = useRef<InputRef>(null);
  const reasons = useReasons(view);
  const pick = (text: string) => {
    setReason(withPhrase(reason, text));
    field.current?.focus();
  };
  const cancel = useMutation({
    mutationFn: () => api.call(caseRoutes.cancel, {params: {caseId: view.head.id}, body: {reason: reason.trim(), caseVersion: view.version}}),
    onSuccess: () => {
      setOpen(false);
      return cache.invalidateQueries();
    },
  });
  return (
    <>
      <Dropdown trigger={['click']} menu={{items: [{key: 'cancel', danger: true, label: t('case.cancel')}], onClick: () => setOpen(true)}}>
        <Button type="text" icon={<MoreOutlined />} aria-label={t('case.more')} />
      </Dropdown>
      <Modal
        open={isOpen}
        title={t('case.cancelTitle', {number: view.head.number})}
        okText={t('case.cancel')}
        okButtonProps={{danger: true, disabled: reason.trim() === ''}}
        cancelText={t('common.back')}
        confirmLoading={cancel.isPending}
        onOk={() => cancel.mutate()}
        onCancel={() => setOpen(false)}
      >
        {cancel.error ? <ErrorPanel error={cancel.error} /> : null}
        <div className="banli-field">
          <label id="cancel-reason-label" className="banli-field-label" htmlFor="cancel-reason">
            {t('case.cancelReason')}
          </label>
          <PhraseMenu labelId="cancel-reason-label" phrases={cancelPhrases.map(key => t(key))} onPick={pick} recent={() => reasons.recent(cancelReason)} forget={() => reasons.forget(cancelReason)} />
        <Input.TextArea id="cancel-reason" value={reason} maxLength={500} autoSize={{minRows: 3}} onChange={event => setReason(event.target.value)} ref={field} />
        </div>
      </Modal>
    </>
  );
}
