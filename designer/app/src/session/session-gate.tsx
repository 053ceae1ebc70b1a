import {ApiError, sessionRoutes, type SessionView} from '@banli/api';
import {EmptyState, ErrorPanel, LanguageSwitch, noteEntered, Skeleton, useKeptStorage, useOwnSession} from '@banli/ui';
import {useQuery, useQueryClient} from '@tanstack/react-query';
import {Modal} from 'antd';
import {createContext, useContext, useEffect, useState, type ReactNode} from 'react';
import {api, onSessionExpired, setCsrf} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {LoginForm} from './login-form.js';

const SessionContext = createContext<SessionView | null>(null);

/** The session of the signed-in person. @throws Error outside of the gate. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A page was rendered outside of SessionGate.');
  return session;
}

/** Says whether the active post has a permission. */
export function useCan(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

/** Shows the designer to whoever may see it, the login to others; an expired session is renewed over the open page. */
export function SessionGate({children}: {readonly children: ReactNode}) {
  const t = useText();
  const cache = useQueryClient();
  const [isExpired, setExpired] = useState(false);
  const asked = useQuery({queryKey: ['session'], queryFn: () => api.call(sessionRoutes.current), staleTime: Infinity, gcTime: Infinity});
  const session = asked.data;
  useEffect(() => setCsrf(session?.csrf ?? null), [session]);
  useEffect(() => onSessionExpired(() => setExpired(true)), []);
  useOwnSession(session?.person.id ?? null, '/', () => {
    setExpired(false);
    void asked.refetch();
  });
  const isKeptOpen = useKeptStorage(session?.person.id ?? null, session?.keptKey ?? '');
  const enter = (next: SessionView): void => {
    noteEntered(next.person.id);
    setCsrf(next.csrf);
    setExpired(false);
    cache.setQueryData(['session'], next);
  };
  if (session && !session.permissions.includes('design.read')) {
    return <main className="designer-plain"><EmptyState title={t('denied.title')} help={t('denied.help')}><a href="/">{t('frame.workbench')}</a></EmptyState></main>;
  }
  if (session && isKeptOpen) {
    return (
      <SessionContext.Provider value={session}>
        {children}
        <Modal open={isExpired} title={t('login.again')} footer={null} closable={false} maskClosable={false} keyboard={false} width={360} destroyOnHidden>
          <LoginForm account={session.person.account} onDone={enter} />
        </Modal>
      </SessionContext.Provider>
    );
  }
  if (!session && asked.error instanceof ApiError && asked.error.status === 401) {
    return (
      <main className="designer-login">
        <div className="designer-login-card">
          <h1>{t('app.title')}</h1>
          <p className="banli-secondary">{t('app.claim')}</p>
          <LoginForm onDone={enter} />
          <LanguageSwitch />
        </div>
      </main>
    );
  }
  return <main className="designer-plain">{asked.error ? <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} /> : <Skeleton rows={6} />}</main>;
}
