import {CheckCircleOutlined, ClockCircleOutlined, ExclamationCircleFilled, HourglassOutlined, PauseCircleOutlined, WarningOutlined} from '@ant-design/icons';
import {Tooltip} from 'antd';
import type {ComponentType} from 'react';
import type {ClockJson} from '@banli/api';
import {useLocalize, useUiText} from '../i18n/hooks.js';
import {formatFull} from '../words/moments.js';
import type {UiKey} from '../i18n/zh-cn.js';
import {restBesideWord} from './rest-words.js';
import './due-state.css';

/** How a clock stands towards its due time. */
export type DueStateName = ClockJson['dueState'];

const looks: Readonly<Record<DueStateName, {readonly icon: ComponentType; readonly word: UiKey}>> = {
  normal: {icon: ClockCircleOutlined, word: 'due.normal'},
  warning: {icon: HourglassOutlined, word: 'due.warning'},
  critical: {icon: WarningOutlined, word: 'due.critical'},
  overdue: {icon: ExclamationCircleFilled, word: 'due.overdue'},
  paused: {icon: PauseCircleOutlined, word: 'due.paused'},
  stopped: {icon: CheckCircleOutlined, word: 'due.stopped'},
};

/** The word for a due state; a clock that is halted for a review says so. */
export function dueWord(clock: Pick<ClockJson, 'dueState' | 'status'>): UiKey {
  return clock.status === 'halted' && clock.dueState !== 'overdue' ? 'due.halted' : looks[clock.dueState].word;
}

/** What `DueState` takes. */
export interface DueStateProps {
  readonly clock: ClockJson;
  /** `line` adds the rest in words, `badge` is word and icon alone. Default `line`. */
  readonly look?: 'line' | 'badge';
  readonly large?: boolean;
}

/**
 * Draws how a clock stands: always word, icon and colour together, the absolute due time on hover.
 * The only component that draws due states, so that they look the same in lists, headers and rails.
 */
export function DueState({clock, look = 'line', large = false}: DueStateProps) {
  const t = useUiText();
  const localize = useLocalize();
  const {icon: Icon} = looks[clock.dueState];
  const word = t(dueWord(clock));
  const rest = restBesideWord(localize(clock.rest), word);
  const due = clock.dueAt === null ? t('due.unknown') : t('due.at', {moment: formatFull(clock.dueAt)});
  const title = `${localize(clock.title)} · ${due}${clock.provisional ? t('due.provisional') : ''}`;
  return (
    <Tooltip title={title}>
      <span className={`banli-due banli-due-${clock.dueState}${large ? ' banli-due-large' : ''}`}>
        <span className="banli-due-badge">
          <Icon />
          <span>{word}</span>
        </span>
        {look === 'line' && rest ? <span className="banli-due-rest">{rest}</span> : null}
        <span className="banli-visually-hidden">{due}</span>
      </span>
    </Tooltip>
  );
}
