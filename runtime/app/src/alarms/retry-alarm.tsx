import {operationRoutes} from '@banli/api';
import {isConflict} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Button} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import type {Alarm} from './alarm-kind.js';

/** 再试一次: gives the failed step of an alarm's case new attempts. What the server says against it goes to `onError`, below the row. */
export function RetryAlarm({alarm, onError}: {readonly alarm: Alarm; readonly onError: (error: Error | null) => void}) {
  const t = useText();
  const cache = useQueryClient();
  const {message} = App.useApp();
  const refresh = () => Promise.all([['alarms'], ['engine']].map(queryKey => cache.invalidateQueries({queryKey})));
  const retry = useMutation({
    mutationFn: () => api.call(operationRoutes.retryAlarm, {params: {alarmId: alarm.id}}),
    onMutate: () => onError(null),
    onSuccess: () => {
      void message.success(t('alarms.retried'));
      return refresh();
    },
    onError: error => {
      onError(error);
      return isConflict(error) ? refresh() : undefined;
    },
  });
  return (
    <Button size="small" loading={retry.isPending} onClick={() => retry.mutate()} aria-label={t('alarms.retryTitle', {what: alarm.caseNumber ?? t('alarms.noCase')})}>
      {t('alarms.retry')}
    </Button>
  );
}
