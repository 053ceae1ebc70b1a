import {caseRoutes, draftRoutes} from '@banli/api';
import type {LocalizedText} from '@banli/formats';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {Button} from 'antd';
import {useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {commonAnswers, useApps} from './start-form.js';
import type {Call} from './use-call.js';

/** The matter is handled by another application: says so, and goes on there with the answers that both forms ask for. */
export function OtherProcess({call, processId, title}: {readonly call: Call; readonly processId: string; readonly title: LocalizedText}) {
  const t = useText();
  const localize = useLocalize();
  const navigate = useNavigate();
  const apps = useApps();
  const mayStart = apps.data?.apps.some(app => app.bundleId === processId) === true;
  const move = useMutation({
    mutationFn: async () => {
      await call.flush();
      const start = await api.call(caseRoutes.startForm, {params: {bundleId: processId}});
      const items = call.itemsNow.current.map((item, index) => ({...commonAnswers(call.start, start, index === call.active ? call.model.values() : item)}));
      const {id} = await api.call(draftRoutes.create, {body: {bundleId: processId, items}});
      await call.discard();
      return id;
    },
    onSuccess: id => void navigate(`/register/${processId}?draft=${id}`),
  });
  return (
    <div className="app-problems" role="status">
      <strong>{t('register.otherProcess', {process: localize(title)})}</strong>
      {mayStart
        ? <Button type="primary" loading={move.isPending} onClick={() => move.mutate()}>{t('register.goOnIn', {process: localize(title)})}</Button>
        : <span>{t('register.otherProcessNoRight', {process: localize(title)})}</span>}
      {mayStart ? <span className="banli-secondary">{t('register.goOnHelp')}</span> : null}
      {move.error ? <ErrorPanel error={move.error} /> : null}
    </div>
  );
}
