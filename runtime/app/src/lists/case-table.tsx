import {EyeOutlined} from '@ant-design/icons';
import {mostInBatch, type InboxRowView, type ListColumn, type ListName} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Button, Checkbox} from 'antd';
import {useEffect, useRef, useState, type CSSProperties, type MouseEvent} from 'react';
import {Link, useNavigate} from 'react-router-dom';
import {CaseMarks} from '../case/case-marks.js';
import {urgencyWords} from '../case/head-words.js';
import {useShortcut} from '../frame/use-shortcut.js';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';
import {Cell} from './cells.js';
import {leastWidth} from './columns.js';
import {PeekPanel} from './peek-panel.js';
import {rowAddress, rowKey} from './rows.js';
import {nothing, toggle, toggleAll, type Selection} from './selection.js';
import {useColumnName} from './use-column-name.js';
import {usePlace} from './use-place.js';

/** A list that lets rows be chosen. */
export interface Picks {
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

/** What a list of cases needs. `placeKey`: another key is another list with a place of its own; `isChosen`: the columns are the person's own choice. */
export interface CaseTableProps {
  readonly list: ListName;
  readonly rows: readonly InboxRowView[];
  readonly columns: readonly ListColumn[];
  readonly isChosen: boolean;
  readonly placeKey: string;
  readonly picks?: Picks;
}

/** Rows of 40 pixels; on a phone cards. J and K move, Enter opens, Space peeks, X picks, Esc lets go: of the peek, of what is picked, of the row. */
export function CaseTable({list, rows, columns, isChosen, placeKey, picks}: CaseTableProps) {
  const t = useText();
  const own = useListText();
  const nameOf = useColumnName(list);
  const {chosen, choose, peeked, setPeeked, focusChosen, body} = useListKeys(rows, placeKey, picks);
  const keys = rows.map(rowKey);
  const picked = picks ? keys.filter(key => picks.selection.has(key)).length : 0;
  const hasNumber = list !== 'drafts';
  const width = {'--rows-least': `${leastWidth(columns, picks !== undefined)}px`} as CSSProperties;
  return (
    <>
      <div className="app-rows-scroll">
        <table className={`app-rows app-rows-${list}${isChosen ? ' app-rows-chosen' : ''}${picks ? ' app-rows-picks' : ''}`} style={width}>
          <thead>
            <tr>
              {picks ? (
                <th className="app-col-pick">
                  <Checkbox aria-label={own('pick.all', {most: mostInBatch})} checked={picked > 0 && picked === Math.min(rows.length, mostInBatch)} indeterminate={picked > 0 && picked < Math.min(rows.length, mostInBatch)} onChange={() => picks.onSelect(toggleAll(picks.selection, keys, mostInBatch))} />
                </th>
              ) : null}
              {hasNumber ? <th className="app-col-number">{t('column.number')}</th> : null}
              <th>{t('column.title')}</th>
              {columns.map(column => <th key={column} className={`app-col-${column}`}>{nameOf(column)}</th>)}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map(row => (
              <Row key={rowKey(row)} list={list} row={row} columns={columns} picks={picks} isChosen={rowKey(row) === chosen} onChoose={() => choose(rowKey(row))} onPeek={() => { choose(rowKey(row)); setPeeked(row.caseId); }} />
            ))}
          </tbody>
        </table>
      </div>
      <PeekPanel caseId={peeked} onClose={() => setPeeked(null)} onClosed={focusChosen} />
    </>
  );
}

function useListKeys(rows: readonly InboxRowView[], placeKey: string, picks: Picks | undefined) {
  const navigate = useNavigate();
  const [chosen, choose] = usePlace(placeKey);
  const [peeked, setShown] = useState<string | null>(null);
  // The panel gives the focus back to where it was when it opened, which by then may be another row: so it finds none.
  const setPeeked = (caseId: string | null) => {
    if (peeked === null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setShown(caseId);
  };
  const body = useRef<HTMLTableSectionElement>(null);
  /** Keys moved last: focus goes along, or the space bar would press what was clicked before. */
  const isByKey = useRef(false);
  const at = rows.findIndex(row => rowKey(row) === chosen);
  const move = (by: number) => {
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return;
    isByKey.current = true;
    choose(rowKey(next));
    if (peeked) setPeeked(next.draftId ? null : next.caseId);
  };
  useShortcut('j', () => move(1));
  useShortcut('k', () => move(at < 0 ? 1 : -1));
  useShortcut('x', () => {
    const row = rows[at];
    if (row && picks) picks.onSelect(toggle(picks.selection, rowKey(row), mostInBatch));
  });
  useShortcut('Enter', event => {
    const row = rows[at];
    if (row && !(event.target instanceof HTMLElement && event.target.closest('a, button'))) void navigate(rowAddress(row));
  });
  useShortcut(' ', event => {
    const row = rows[at];
    if (!row || row.draftId || (event.target instanceof HTMLElement && event.target.closest('button'))) return;
    event.preventDefault();
    setPeeked(peeked ? null : row.caseId);
  });
  useShortcut('Escape', () => {
    if (peeked) setPeeked(null);
    else if (picks && picks.selection.size > 0) picks.onSelect(nothing);
    else choose(null);
  });
  const focusChosen = () => body.current?.querySelector<HTMLElement>('[aria-selected="true"] .app-row-title')?.focus({preventScroll: true});
  useEffect(() => {
    if (isByKey.current) focusChosen();
    isByKey.current = false;
    body.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }, [chosen]);
  return {chosen, choose, peeked, setPeeked, focusChosen, body};
}

interface RowProps {
  readonly list: ListName;
  readonly row: InboxRowView;
  readonly columns: readonly ListColumn[];
  readonly picks: Picks | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onPeek: () => void;
}

function Row({list, row, columns, picks, isChosen, onChoose, onPeek}: RowProps) {
  const t = useText();
  const own = useListText();
  const localize = useLocalize();
  const navigate = useNavigate();
  const isUrgent = row.urgency !== null && row.urgency !== 'normal';
  const name = row.number ?? row.title;
  const open = (event: MouseEvent) => {
    onChoose();
    if (event.target instanceof HTMLElement && event.target.closest('a, button, label, .app-col-pick')) return;
    if (event.ctrlKey || event.metaKey || globalThis.getSelection()?.toString()) return;
    void navigate(rowAddress(row));
  };
  return (
    <tr className="app-row" aria-selected={isChosen} onClick={open}>
      {picks ? (
        <td className="app-col-pick">
          <Checkbox aria-label={own('pick', {number: name})} checked={picks.selection.has(rowKey(row))} onChange={() => picks.onSelect(toggle(picks.selection, rowKey(row), mostInBatch))} />
        </td>
      ) : null}
      {list === 'drafts' ? null : <td className="app-col-number app-number">{row.number}</td>}
      <td className="app-col-title">
        <span className="app-title-line">
          {isUrgent ? <span className="app-urgent">{localize(urgencyWords(row))}</span> : null}
          <Link to={rowAddress(row)} className="app-row-title banli-one-line" title={row.title} onFocus={onChoose}>
            {row.title || t('inbox.untitled')}
          </Link>
          {row.items === undefined ? null : <span className="banli-secondary app-row-items">{t('inbox.items', {count: row.items})}</span>}
          <CaseMarks marks={row.marks} isShort />
          {row.draftId ? null : <Button type="text" size="small" className="app-row-peek" icon={<EyeOutlined />} aria-label={own('peek', {number: name})} title={own('peek', {number: name})} onClick={onPeek} />}
        </span>
      </td>
      {columns.map(column => <Cell key={column} list={list} column={column} row={row} />)}
    </tr>
  );
}
