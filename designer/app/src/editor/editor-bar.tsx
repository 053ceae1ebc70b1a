import {ArrowLeftOutlined, HistoryOutlined} from '@ant-design/icons';
import {LanguageSwitch, SaveMark, type SaveState} from '@banli/ui';
import {Button, Tooltip} from 'antd';
import {Link} from 'react-router-dom';
import {useText} from '../texts/hook.js';

/** What the bar over the editor takes. `blocked` says why publishing is not possible now. */
export interface EditorBarProps {
  readonly title: string;
  readonly version: string;
  readonly saving: SaveState;
  readonly blocked: string | null;
  readonly mayPublish: boolean;
  readonly isPublishing: boolean;
  readonly isChecking: boolean;
  readonly onCheck: () => void;
  readonly onPublish: () => void;
  readonly onReleases: () => void;
}

/** Where one is, how saving stands, and on the right what can be done with the whole. */
export function EditorBar(props: EditorBarProps) {
  const t = useText();
  return (
    <header className="designer-bar">
      <Link to="/" aria-label={t('editor.back')} title={t('editor.back')}><ArrowLeftOutlined /></Link>
      <h1 className="designer-bar-title" title={props.title}>{props.title}</h1>
      <span className="banli-secondary">{props.version}</span>
      <SaveMark state={props.saving} />
      <span className="designer-bar-end">
        <LanguageSwitch />
        <Button icon={<HistoryOutlined />} onClick={props.onReleases}>{t('releases.title')}</Button>
        <Button loading={props.isChecking} onClick={props.onCheck}>{t('editor.check')}</Button>
        {props.mayPublish ? (
          <Tooltip title={props.blocked}>
            <Button type="primary" disabled={props.blocked !== null} loading={props.isPublishing} onClick={props.onPublish}>{t('editor.publish')}</Button>
          </Tooltip>
        ) : null}
      </span>
    </header>
  );
}
