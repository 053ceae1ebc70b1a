import {designRoutes} from '@banli/api';
import {useMutation} from '@tanstack/react-query';
import {App} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import type {Draft} from './use-draft.js';

/** Asks before publishing, saves what waits, publishes, and says which release it became. */
export function usePublish({bundleId, draft, title, onReload}: {readonly bundleId: string; readonly draft: Draft; readonly title: string; readonly onReload: () => void}): {readonly ask: () => void; readonly isPending: boolean; readonly error: unknown} {
  const t = useText();
  const {modal} = App.useApp();
  const publish = useMutation({
    mutationFn: async () => {
      const revision = await draft.flush();
      return api.call(designRoutes.publish, {params: {bundleId}, body: {revision}});
    },
    onSuccess: ({release}) => {
      void modal.success({title: t('publish.done', {title}), content: t('publish.doneHelp', {version: release.version, hash: release.hash.slice(0, 12)}), okText: t('publish.ok')});
      onReload();
    },
  });
  const ask = (): void => {
    void modal.confirm({title: t('publish.ask', {title}), content: t('publish.askHelp'), okText: t('editor.publish'), cancelText: t('publish.cancel'), onOk: () => publish.mutate()});
  };
  return {ask, isPending: publish.isPending, error: publish.error};
}
