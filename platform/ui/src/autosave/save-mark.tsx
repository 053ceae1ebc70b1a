import {CheckOutlined, CloudSyncOutlined, EditOutlined, LaptopOutlined, WarningOutlined} from '@ant-design/icons';
import {useUiText} from '../i18n/hooks.js';
import {formatTime} from '../words/moments.js';
import type {SaveState} from './autosave.js';
import '../feedback/feedback.css';

/** 已保存 10:32 beside a title; also where it is kept while the server is away, and why the server said no. */
export function SaveMark({state}: {readonly state: SaveState}) {
  const t = useUiText();
  if (state.status === 'clean') return null;
  const time = state.at === null ? '' : formatTime(state.at);
  const looks = {
    dirty: [<EditOutlined key="i" />, t('save.unsaved')],
    saving: [<CloudSyncOutlined key="i" />, t('save.saving')],
    saved: [<CheckOutlined key="i" />, t('save.saved', {time})],
    local: [<LaptopOutlined key="i" />, t('save.local', {time})],
    refused: [<WarningOutlined key="i" />, t('save.refused', {reason: state.reason})],
  } as const;
  const [icon, words] = looks[state.status];
  return (
    <span className={`banli-save-state banli-save-state-${state.status}`} role="status">
      {icon}
      {words}
    </span>
  );
}
