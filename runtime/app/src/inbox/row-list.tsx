import type {InboxRowView} from '@banli/api';
import {DueState, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {Tooltip} from 'antd';
import {useEffect, useRef, useState, type MouseEvent} from 'react';
import {Link, useNavigate} from 'react-router-dom';
import {CaseMarks} from '../case/case-marks.js';
import {useShortcut} from '../frame/use-shortcut.js';
import {serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {rowAddress, rowKey, type BoxName} from './box-pages.js';
import {PeekPanel} from './peek-panel.js';
import {usePlace} from './use-place.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {matterWords, urgencyWords} from '../case/head-words.js';

/** Rows of 40 pixels; on a phone cards. J and K move, Enter opens, Space peeks, Esc lets go. */
export function RowList({box, rows, placeKey}: {readonly box: BoxName; readonly rows: readonly InboxRowView[]; readonly placeKey: string}) {
  const t = useText();
  const navigate = useNavigate();
  const [chosen, choose] = usePlace(placeKey);
  const [peeked, setPeeked] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const at = rows.findIndex(row => rowKey(row) === chosen);
  const move = (by: number) => {
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return;
    choose(rowKey(next));
    if (peeked) setPeeked(next.draftId ? null : next.caseId);
  };
  useShortcut('j', () => move(1));
  useShortcut('k', () => move(at < 0 ? 1 : -1));
  useShortcut('Enter', event => {
    const row = rows[at];
    if (row && !(event.target instanceof HTMLElement && event.target.closest('a, button'))) void navigate(rowAddress(row));
  });
  useShortcut(' ', event => {
    const row = rows[at];
    if (!row || row.draftId) return;
    event.preventDefault();
    setPeeked(peeked ? null : row.caseId);
  });
  useShortcut('Escape', () => (peeked ? setPeeked(null) : choose(null)));
  useEffect(() => {
    body.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({block: 'nearest'});
  }, [chosen]);
  return (
    <>
      <table className={`app-rows app-rows-${box}`}>
        <thead>
          <tr>
            {box === 'drafts' ? null : <th className="app-col-number">{t('column.number')}</th>}
            <th>{t('column.title')}</th>
            <th className="app-col-matter">{t('column.matter')}</th>
            <th className="app-col-state">{t(box === 'todo' ? 'column.step' : 'column.state')}</th>
            <th className="app-col-unit">{t(box === 'todo' ? 'column.assignee' : 'column.unit')}</th>
            {box === 'drafts' ? null : <th className="app-col-due">{t('column.due')}</th>}
            <th className="app-col-at">{t(`column.at.${box}`)}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(row => (
            <Row key={rowKey(row)} box={box} row={row} isChosen={rowKey(row) === chosen} onChoose={() => choose(rowKey(row))} />
          ))}
        </tbody>
      </table>
      <PeekPanel caseId={peeked} onClose={() => setPeeked(null)} />
    </>
  );
}

function Row({box, row, isChosen, onChoose}: {readonly box: BoxName; readonly row: InboxRowView; readonly isChosen: boolean; readonly onChoose: () => void}) {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const navigate = useNavigate();
  const isUrgent = row.urgency !== null && row.urgency !== 'normal';
  const open = (event: MouseEvent) => {
    onChoose();
    if (event.target instanceof HTMLElement && event.target.closest('a, button')) return;
    if (event.ctrlKey || event.metaKey || globalThis.getSelection()?.toString()) return;
    void navigate(rowAddress(row));
  };
  return (
    <tr className="app-row" aria-selected={isChosen} onClick={open}>
      {box === 'drafts' ? null : <td className="app-col-number app-number">{row.number}</td>}
      <td className="app-col-title">
        <span className="app-title-line">
          {isUrgent ? <span className="app-urgent">{localize(urgencyWords(row))}</span> : null}
          <Link to={rowAddress(row)} className="app-row-title banli-one-line" title={row.title} onFocus={onChoose}>
            {row.title || t('inbox.untitled')}
          </Link>
          <CaseMarks marks={row.marks} isShort />
        </span>
      </td>
      <td className="app-col-matter">
        <span className="banli-one-line" title={localize(matterWords(row))}>
          {localize(matterWords(row))}
        </span>
      </td>
      <td className="app-col-state">
        <span className="banli-one-line" title={localize(row.state.title)}>
          {box === 'todo' && row.stepName ? localize(row.stepName) : localize(row.state.title)}
        </span>
      </td>
      <td className="app-col-unit">
        <span className="banli-one-line" title={[unitName(row.unitName), row.assignee].filter(Boolean).join(' · ')}>
          {box === 'todo' ? (row.assignee ?? <span className="banli-secondary">{t('inbox.unclaimed')}</span>) : [row.assignee, unitName(row.unitName)].filter(Boolean).join(' · ')}
        </span>
      </td>
      {box === 'drafts' ? null : <td className="app-col-due">{row.clock ? <DueState clock={row.clock} /> : null}</td>}
      <td className="app-col-at">
        <Tooltip title={formatFull(row.at)}>
          <span>{formatMoment(row.at, serverClock.now(), language)}</span>
        </Tooltip>
      </td>
    </tr>
  );
}
