import type {BoardDimension} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Link} from 'react-router-dom';
import {useBoardText} from '../texts/board-hook.js';
import {countOf, listAddress, pendingOf, rateOf, type Board, type BoardNumber, type Counts} from './board-links.js';

const states = ['overdue', 'warning', 'normal', 'paused'] as const;
const numbers = [...states, 'closed', 'onTime'] as const satisfies readonly BoardNumber[];

/** The rows of the board: a bar of states and every number, which opens as a list. */
export function BoardTable({board, by}: {readonly board: Board; readonly by: BoardDimension}) {
  const t = useBoardText();
  const localize = useLocalize();
  const most = Math.max(1, ...board.rows.map(pendingOf));
  return (
    <table className="app-rows app-limit-board">
      <thead>
        <tr>
          <th className="app-limit-board-group">{t(`by.${by}`)}</th>
          <th className="app-limit-board-number">{t('pending')}</th>
          <th className="app-limit-board-bar-cell" aria-hidden />
          {numbers.map(name => <th key={name} className="app-limit-board-number">{t(name)}</th>)}
          <th className="app-limit-board-number">{t('rate')}</th>
          <th className="app-limit-board-number" title={t('lapsedHelp')}>{t('lapsed')}</th>
        </tr>
      </thead>
      <tbody>
        {board.rows.map(row => <BoardRow key={row.key} board={board} by={by} counts={row} rowKey={row.key} title={localize(row.title)} most={most} />)}
        {board.rows.length > 1 ? <BoardRow board={board} by={by} counts={board.total} title={t('total')} most={pendingOf(board.total)} /> : null}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly board: Board;
  readonly by: BoardDimension;
  readonly counts: Counts;
  readonly title: string;
  /** Not there for the sum of all rows. */
  readonly rowKey?: string;
  /** Pending cases of the longest bar. */
  readonly most: number;
}

function BoardRow({board, by, counts, title, rowKey, most}: RowProps) {
  const t = useBoardText();
  const number = (name: BoardNumber) => (
    <td key={name} className={`app-limit-board-number app-limit-board-is-${name}`}>
      <span className="app-limit-board-label">{t(name)} </span>
      <BoardCount name={name} counts={counts} group={title} to={listAddress(name, board, by, rowKey)} />
    </td>
  );
  return (
    <tr className={rowKey === undefined ? 'app-limit-board-total' : undefined}>
      <th scope="row" className="app-limit-board-group"><span className="banli-one-line" title={title}>{title}</span></th>
      {number('pending')}
      <td className="app-limit-board-bar-cell" aria-hidden><Bar counts={counts} most={most} /></td>
      {numbers.map(number)}
      <td className="app-limit-board-number"><span className="app-limit-board-label">{t('rate')} </span><span className="app-number">{rateOf(counts) ?? '—'}</span></td>
      {number('lapsed')}
    </tr>
  );
}

/** A number that opens as a list; nothing to open behind a zero. */
export function BoardCount({name, counts, group, to}: {readonly name: BoardNumber; readonly counts: Counts; readonly group: string; readonly to: string}) {
  const t = useBoardText();
  const count = countOf(counts, name);
  if (count === 0) return <span className="app-number banli-secondary">0</span>;
  return <Link className="app-number" to={to} aria-label={t('list', {group, name: t(name), count})}>{count}</Link>;
}

function Bar({counts, most}: {readonly counts: Counts; readonly most: number}) {
  return (
    <span className="app-limit-board-bar" style={{width: `${(pendingOf(counts) / Math.max(1, most)) * 100}%`}}>
      {states.map(state => (counts[state] === 0 ? null : <span key={state} className={`app-limit-board-part app-limit-board-part-${state}`} style={{flexGrow: counts[state]}} />))}
    </span>
  );
}
