import {sessionRoutes, type SessionView} from '@banli/api';
import {ErrorPanel} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {Button, Form, Input} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';

/** Account and password; with `account` only the password is asked. */
export function LoginForm({account, onDone}: {readonly account?: string; readonly onDone: (session: SessionView) => void}) {
  const t = useText();
  const login = useMutation({mutationFn: (body: {account: string; password: string}) => api.call(sessionRoutes.login, {body}), onSuccess: onDone});
  return (
    <Form layout="vertical" initialValues={{account}} onFinish={(values: {account: string; password: string}) => login.mutate({account: values.account.trim(), password: values.password})}>
      {login.error ? <ErrorPanel error={login.error} /> : null}
      <Form.Item name="account" label={t('login.account')} rules={[{required: true, message: t('login.accountMissing')}]}>
        <Input size="large" autoComplete="username" autoFocus={account === undefined} disabled={account !== undefined} autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="password" label={t('login.password')} rules={[{required: true, message: t('login.passwordMissing')}]}>
        <Input.Password size="large" autoComplete="current-password" autoFocus={account !== undefined} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={login.isPending}>{t('login.do')}</Button>
    </Form>
  );
}
