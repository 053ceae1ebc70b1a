import {ErrorPanel} from '@banli/ui';
import {Input, Modal} from 'antd';
import {useId, useState} from 'react';
import {useText} from '../texts/hook.js';

interface TextDialogProps {
  readonly title: string;
  /** What the text is used for. */
  readonly help: string;
  readonly label: string;
  readonly okText: string;
  readonly initial: string;
  readonly maxLength: number;
  readonly minRows: number;
  readonly error: unknown;
  readonly isPending: boolean;
  /** Gets the text without space around it; never an empty one, never while the last one is under way. */
  readonly onOk: (text: string) => void;
  readonly onCancel: () => void;
}

/** Asks for one text and sends it; the text stays where the answer is an error. */
export function TextDialog({title, help, label, okText, initial, maxLength, minRows, error, isPending, onOk, onCancel}: TextDialogProps) {
  const t = useText();
  const id = useId();
  const [text, setText] = useState(() => initial.slice(0, maxLength));
  const sent = text.trim();
  return (
    <Modal open title={title} okText={okText} cancelText={t('common.cancel')} okButtonProps={{disabled: sent === ''}} confirmLoading={isPending} onOk={() => sent !== '' && !isPending && onOk(sent)} onCancel={onCancel} maskClosable={false} afterOpenChange={isOpen => isOpen && document.getElementById(id)?.focus()}>
      <p className="app-dialog-help">{help}</p>
      {error ? <ErrorPanel error={error} /> : null}
      <label className="banli-field-label" htmlFor={id}>{label}</label>
      <Input.TextArea id={id} value={text} maxLength={maxLength} autoSize={{minRows, maxRows: minRows * 3}} onChange={event => setText(event.target.value)} />
    </Modal>
  );
}
