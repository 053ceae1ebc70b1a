import {CheckOutlined, CopyOutlined} from '@ant-design/icons';
import {Button, Tooltip} from 'antd';
import {useState} from 'react';
import {useUiText} from '../i18n/hooks.js';

/** A small button that copies a text; says so in words and to screen readers. `what` names the thing: the number, the code. */
export function CopyText({text, what}: {readonly text: string; readonly what: string}) {
  const t = useUiText();
  const [copied, setCopied] = useState(false);
  const label = copied ? t('copy.done') : t('copy.do', {what});
  const copy = () => {
    void copyText(text).then(setCopied);
  };
  return (
    <Tooltip title={label}>
      <Button type="text" size="small" aria-label={t('copy.do', {what})} icon={copied ? <CheckOutlined /> : <CopyOutlined />} onClick={copy} onBlur={() => setCopied(false)} />
    </Tooltip>
  );
}

/** Copies a text; where the clipboard is closed (plain http in an isolated network) through a hidden field. Gives whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  if (globalThis.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'banli-visually-hidden';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
