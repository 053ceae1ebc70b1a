import {sessionRoutes} from '@banli/api';
import {ErrorPanel, flushLive, forgetLive, keptStorage, leave, tellTabs} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App} from 'antd';
import {useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';

/** Switching the post and signing out, wherever they are asked for; what goes wrong is said in a dialog. */
export function usePersonActions(): {readonly switchPost: (postId: string) => void; readonly signOut: () => void} {
  const t = useText();
  const {session, setSession} = useSession();
  const navigate = useNavigate();
  const {modal} = App.useApp();
  const fail = (error: unknown) => void modal.error({title: t('person.failed'), content: <ErrorPanel error={error} />, icon: null});
  const switching = useMutation({
    mutationFn: (postId: string) => api.call(sessionRoutes.switchPost, {body: {postId}}),
    onSuccess: next => {
      setSession(next);
      void navigate('/inbox/todo');
    },
    onError: fail,
  });
  const ask = () => new Promise<boolean>(answer => void modal.confirm({title: t('person.unsaved'), content: t('person.unsavedHelp'), okText: t('person.leaveAnyway'), okButtonProps: {danger: true}, cancelText: t('person.stay'), onOk: () => answer(true), onCancel: () => answer(false)}));
  const leaving = useMutation({
    mutationFn: () => leave({storage: keptStorage(), personId: session.person.id, flush: flushLive, forget: forgetLive, ask, end: () => api.call(sessionRoutes.logout), tell: () => tellTabs(null)}),
    onSuccess: hasLeft => (hasLeft ? globalThis.location.replace('/') : undefined),
    onError: fail,
  });
  return {switchPost: postId => switching.mutate(postId), signOut: () => leaving.mutate()};
}
