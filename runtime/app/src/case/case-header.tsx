import {QuestionCircleOutlined} from '@ant-design/icons';
import type {CaseViewJson} from '@banli/api';
import {CopyText, DueState, useLocalize, type SaveState, SaveMark} from '@banli/ui';
import {Button} from 'antd';
import {useEffect} from 'react';
import {useText} from '../texts/hook.js';
import {BeginButtons} from './begin-strand.js';
import {CancelButton} from './cancel-button.js';
import {CaseMarks} from './case-marks.js';
import {urgencyWords} from './head-words.js';

/** Number, title, state, urgency, marks, and the countdown whose reason is one click away. */
export function CaseHeader({view, saved, onExplain}: {readonly view: CaseViewJson; readonly saved: SaveState | null; readonly onExplain: (clockId: string) => void}) {
  const t = useText();
  const localize = useLocalize();
  const {head} = view;
  useEffect(() => {
    document.title = `${head.number} ${head.title}`;
  }, [head.number, head.title]);
  return (
    <header className="app-case-head">
      <div className="app-case-line">
        <span className="app-number">{head.number}</span>
        <CopyText text={head.number} what={t('column.number')} />
        <span className="app-state">{localize(head.state.title)}</span>
        {head.urgencyTitle ? <span className={head.urgency === 'normal' ? 'app-quiet' : 'app-urgent'}>{localize(urgencyWords(head))}</span> : null}
        {head.round > 1 ? <span className="app-mark">{t('case.round', {round: head.round})}</span> : null}
        <CaseMarks marks={head.marks.filter(mark => mark !== head.state.id)} />
        <span className="app-top-space" />
        {saved ? <SaveMark state={saved} /> : null}
        {head.clock ? (
          <Button type="text" className="app-countdown" onClick={() => head.clock && onExplain(head.clock.id)} title={t('case.explain', {clock: localize(head.clock.title)})}>
            <span className="banli-secondary">{localize(head.clock.title)}</span>
            <DueState clock={head.clock} large />
            <QuestionCircleOutlined aria-hidden />
          </Button>
        ) : null}
        <BeginButtons view={view} />
        {view.canCancel ? <CancelButton view={view} /> : null}
      </div>
      <h1 className="app-case-title" title={head.title}>
        {head.title}
      </h1>
    </header>
  );
}
