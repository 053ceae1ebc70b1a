import {CheckOutlined, CopyOutlined} from '@ant-design/icons';
import {copyText} from '@banli/ui';
import {Button, Modal} from 'antd';
import {useState} from 'react';
import {useTokenText} from '../texts/tokens-hook.js';
import type {MadeToken} from './token-state.js';

/** Shows the secret of a new token, this once: it is nowhere else, so the dialog closes only by its own button. */
export function SecretDialog({made: {token, secret}, onClose}: {readonly made: MadeToken; readonly onClose: () => void}) {
  const t = useTokenText();
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Modal open title={t('made', {name: token.name})} closable={false} keyboard={false} maskClosable={false} footer={<Button type={copied ? 'primary' : 'default'} onClick={onClose}>{t('noted')}</Button>}>
      <p className="app-token-once" role="note">{t('once')}</p>
      <div className="app-token-secret">
        <code className="banli-code" aria-label={t('secret')}>{secret}</code>
        <Button type={copied ? 'default' : 'primary'} icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />} onClick={() => void copyText(secret).then(setCopied)}>{t(copied ? 'copied' : 'copy')}</Button>
      </div>
      {copied === false ? <p className="app-alarm-missing" role="alert">{t('copyFailed')}</p> : null}
      <p className="banli-secondary">{t('usage')}</p>
    </Modal>
  );
}
