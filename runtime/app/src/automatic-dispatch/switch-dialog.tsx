import {automaticDispatchRoutes} from '@banli/api';
import {ErrorPanel, isConflict} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Button, Input, Modal} from 'antd';
import {useState} from 'react';
import {useUnitName} from '../frame/use-unit-name.js';
import {api} from '../http/api.js';
import {useAutomaticText} from '../texts/automatic-hook.js';
import type {UnitSwitch} from './switches-tab.js';

const shortest = 2;
const longest = 500;

/** Starts or stops automatic dispatch with the reason, which is compulsory; stays open with what was typed when it is refused. */
export function SwitchDialog({each, onEnd}: {readonly each: UnitSwitch; readonly onEnd: () => void}) {
  const t = useAutomaticText();
  const unitName = useUnitName();
  const cache = useQueryClient();
  const {message} = App.useApp();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const on = !each.on;
  const refresh = () => cache.invalidateQueries({queryKey: ['automaticDispatch']});
  const turn = useMutation({
    mutationFn: () => api.call(automaticDispatchRoutes.throwSwitch, {body: {unitId: each.unit.id, on, reason: reason.trim()}}),
    onSuccess: () => {
      void message.success(t(on ? 'started' : 'stoppedDone'));
      onEnd();
      return refresh();
    },
    onError: error => (isConflict(error) ? refresh() : undefined),
  });
  const isShort = reason.trim().length < shortest;
  const isWrong = isChecked && isShort;
  const send = () => {
    setChecked(true);
    if (isShort) document.getElementById('dispatch-reason')?.focus();
    else if (!turn.isPending) turn.mutate();
  };
  return (
    <Modal
      open
      title={t(on ? 'startTitle' : 'stopTitle', {unit: unitName(each.unit.name)})}
      okText={t(on ? 'start' : 'stop')}
      okButtonProps={{danger: !on}}
      confirmLoading={turn.isPending}
      onOk={send}
      onCancel={onEnd}
      maskClosable={false}
      afterOpenChange={isOpen => isOpen && document.getElementById('dispatch-reason')?.focus()}
    >
      <p>{t(on ? 'startHelp' : 'stopHelp')}</p>
      {turn.error ? <ErrorPanel error={turn.error} /> : null}
      <label className="banli-field-label" htmlFor="dispatch-reason"><span className="banli-field-star" aria-hidden>*</span> {t('reason')}</label>
      <Input.TextArea id="dispatch-reason" value={reason} maxLength={longest} autoSize={{minRows: 2, maxRows: 8}} aria-required status={isWrong ? 'error' : ''} aria-invalid={isWrong} aria-describedby="dispatch-reason-help" onChange={event => setReason(event.target.value)} />
      <div id="dispatch-reason-help" className={isWrong ? 'app-alarm-missing' : 'banli-secondary'} role={isWrong ? 'alert' : undefined}>{t(isWrong ? 'reasonMissing' : 'reasonHelp')}</div>
      <div className="app-chips app-alarm-phrases">
        {(on ? (['phrase.trial'] as const) : (['phrase.fault', 'phrase.wrong'] as const)).map(phrase => <Button key={phrase} size="small" onClick={() => setReason(t(phrase))}>{t(phrase)}</Button>)}
      </div>
    </Modal>
  );
}
