import type {SessionView} from '@banli/api';
import {LanguageSwitch} from '@banli/ui';
import {useText} from '../texts/hook.js';
import {LoginForm} from './login-form.js';

/** The way in. */
export function LoginPage({onDone}: {readonly onDone: (session: SessionView) => void}) {
  const t = useText();
  return (
    <main className="app-login">
      <div className="app-login-card">
        <div className="app-login-brand">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <div>
            <h1>{t('app.name')}</h1>
            <div className="banli-secondary">{t('app.claim')}</div>
          </div>
        </div>
        <LoginForm onDone={onDone} />
        <div className="app-login-foot">
          <span className="banli-secondary">{t('login.help')}</span>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}
