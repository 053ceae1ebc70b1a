import {operationRoutes} from '@banli/api';
import {ErrorPanel, isConflict, useLocalize} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Button, Input, Modal} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {alarmKind, type Alarm} from './alarm-kind.js';

const shortest = 2;
const longest = 500;
const phrases = ['alarms.phrase.redone', 'alarms.phrase.cause', 'alarms.phrase.checked'] as const;

/** Closes an alarm with the reason, which is compulsory; stays open with everything typed when it is refused. */
export function CloseAlarm({alarm, onEnd}: {readonly alarm: Alarm; readonly onEnd: () => void}) {
  const t = useText();
  const localize = useLocalize();
  const cache = useQueryClient();
  const {message} = App.useApp();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const refresh = () => Promise.all([['alarms'], ['engine']].map(queryKey => cache.invalidateQueries({queryKey})));
  const close = useMutation({
    mutationFn: () => api.call(operationRoutes.closeAlarm, {params: {alarmId: alarm.id}, body: {reason: reason.trim()}}),
    onSuccess: () => {
      void message.success(t('alarms.done'));
      onEnd();
      return refresh();
    },
    onError: error => (isConflict(error) ? refresh() : undefined),
  });
  const isShort = reason.trim().length < shortest;
  const send = () => {
    setChecked(true);
    if (isShort) document.getElementById('alarm-reason')?.focus();
    else if (!close.isPending) close.mutate();
  };
  return (
    <Modal
      open
      title={t('alarms.closeTitle', {what: alarm.caseNumber ?? t('alarms.noCase')})}
      okText={t('alarms.close')}
      cancelText={t('common.cancel')}
      confirmLoading={close.isPending}
      onOk={send}
      onCancel={onEnd}
      maskClosable={false}
      afterOpenChange={isOpen => isOpen && document.getElementById('alarm-reason')?.focus()}
    >
      <p className="app-alarm-what">
        {localize(alarm.text)}
        <span className="banli-secondary">{t(`alarms.kindHelp.${alarmKind(alarm.kind)}`)}</span>
      </p>
      {close.error ? <ErrorPanel error={close.error} /> : null}
      <label className="banli-field-label" htmlFor="alarm-reason">
        <span className="banli-field-star" aria-hidden>*</span> {t('alarms.reason')}
      </label>
      <Input.TextArea id="alarm-reason" value={reason} maxLength={longest} autoSize={{minRows: 3, maxRows: 8}} aria-required status={isChecked && isShort ? 'error' : ''} aria-invalid={isChecked && isShort} aria-describedby="alarm-reason-help" onChange={event => setReason(event.target.value)} />
      <div id="alarm-reason-help" className={isChecked && isShort ? 'app-alarm-missing' : 'banli-secondary'} role={isChecked && isShort ? 'alert' : undefined}>
        {t(isChecked && isShort ? 'alarms.reasonMissing' : 'alarms.reasonHelp')}
      </div>
      <div className="app-chips app-alarm-phrases">
        {phrases.map(phrase => (
          <Button key={phrase} size="small" onClick={() => setReason(t(phrase))}>
            {t(phrase)}
          </Button>
        ))}
      </div>
    </Modal>
  );
}
