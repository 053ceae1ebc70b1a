import {sessionRoutes} from '@banli/api';
import {ErrorPanel} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {App, Form, Input, Modal} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useSession} from './session-context.js';

interface Passwords {
  readonly current: string;
  readonly next: string;
  readonly repeat: string;
}

/** Changes the own password; forced at the first sign-in. */
export function PasswordDialog({isOpen, isForced, onClose}: {readonly isOpen: boolean; readonly isForced: boolean; readonly onClose: () => void}) {
  const t = useText();
  const {message} = App.useApp();
  const {session, setSession} = useSession();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: ({current, next}: Passwords) => api.call(sessionRoutes.changePassword, {body: {current, next}}),
    onSuccess: () => {
      setSession({...session, mustChangePassword: false});
      void message.success(t('password.done'));
      form.resetFields();
      onClose();
    },
  });
  const required = [{required: true, message: t('password.fill')}];
  return (
    <Modal open={isOpen} title={t('person.password')} okText={t('password.do')} cancelText={t('common.cancel')} confirmLoading={change.isPending} onOk={() => form.submit()} onCancel={onClose} closable={!isForced} maskClosable={false} keyboard={!isForced} cancelButtonProps={isForced ? {hidden: true} : {}}>
      {isForced ? <p className="app-dialog-help">{t('password.forced')}</p> : null}
      {change.error ? <ErrorPanel error={change.error} /> : null}
      <Form form={form} layout="vertical" onFinish={values => change.mutate(values)}>
        <Form.Item name="current" label={t('password.current')} rules={required}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="next" label={t('password.next')} rules={required}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('password.repeat')}
          dependencies={['next']}
          rules={[...required, {validator: (_, value: string) => (value === form.getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('password.differs'))))}]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
