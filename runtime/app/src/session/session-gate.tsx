import {ApiError, sessionRoutes, type SessionView} from '@banli/api';
import {ErrorPanel, noteEntered, Skeleton, useKeptStorage, useOwnSession} from '@banli/ui';
import {useQuery, useQueryClient} from '@tanstack/react-query';
import {Modal} from 'antd';
import {useCallback, useEffect, useMemo, useState, type ReactNode} from 'react';
import {api, onSessionExpired, setCsrf} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {LoginForm} from './login-form.js';
import {LoginPage} from './login-page.js';
import {SessionContext} from './session-context.js';

/** Shows the workbench to whoever is signed in, the login page to others; an expired session is renewed over the open page, so nothing typed is lost. */
export function SessionGate({children}: {readonly children: ReactNode}) {
  const t = useText();
  const cache = useQueryClient();
  const [session, setOwn] = useState<SessionView | null>(null);
  const [isExpired, setExpired] = useState(false);
  const asked = useQuery({queryKey: ['session'], queryFn: () => api.call(sessionRoutes.current), staleTime: Infinity, gcTime: Infinity, refetchOnWindowFocus: false});
  const setSession = useCallback(
    (next: SessionView | null) => {
      const isOther = next?.person.id !== session?.person.id || next?.activePostId !== session?.activePostId;
      setCsrf(next?.csrf ?? null);
      setOwn(next);
      setExpired(false);
      if (isOther) cache.removeQueries({predicate: query => query.queryKey[0] !== 'session'});
      else void cache.invalidateQueries({predicate: query => query.queryKey[0] !== 'session'});
    },
    [cache, session],
  );
  useEffect(() => {
    if (!asked.data) return;
    setCsrf(asked.data.csrf);
    setOwn(asked.data);
  }, [asked.data]);
  useEffect(() => onSessionExpired(() => setExpired(true)), []);
  useOwnSession(session?.person.id ?? null, '/', () => {
    setExpired(false);
    void asked.refetch();
  });
  const isKeptOpen = useKeptStorage(session?.person.id ?? null, session?.keptKey ?? '');
  const enter = (next: SessionView) => {
    noteEntered(next.person.id);
    setSession(next);
  };
  const tools = useMemo(() => (session ? {session, setSession} : null), [session, setSession]);
  if (tools && isKeptOpen) {
    return (
      <SessionContext.Provider value={tools}>
        {children}
        <Modal open={isExpired} title={t('login.again')} footer={null} closable={false} maskClosable={false} keyboard={false} width={360} destroyOnHidden afterOpenChange={isOpen => isOpen && document.querySelector<HTMLInputElement>('.ant-modal .app-login-form input[type=password]')?.focus()}>
          <p className="app-dialog-help">{t('login.againHelp')}</p>
          <LoginForm account={tools.session.person.account} onDone={enter} />
        </Modal>
      </SessionContext.Provider>
    );
  }
  if (!tools && asked.error instanceof ApiError && asked.error.status === 401) return <LoginPage onDone={enter} />;
  if (!tools && asked.error) {
    return (
      <main className="app-plain">
        <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} />
      </main>
    );
  }
  return (
    <main className="app-plain">
      <Skeleton rows={6} />
    </main>
  );
}
