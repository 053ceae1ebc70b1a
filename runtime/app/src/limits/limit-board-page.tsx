import {DownloadOutlined} from '@ant-design/icons';
import {boardDimensions, limitRoutes, type BoardDimension, type QueryOf} from '@banli/api';
import {isDate} from '@banli/time';
import {DateField, EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage} from '@banli/ui';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {Button, Select} from 'antd';
import {useSearchParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api, serverClock} from '../http/api.js';
import {useSaveFile} from '../http/save-file.js';
import {useCan} from '../session/session-context.js';
import {useBoardText} from '../texts/board-hook.js';
import {listAddress, pendingOf, rateOf, type Board} from './board-links.js';
import {BoardCount, BoardTable} from './board-table.js';

type Query = QueryOf<typeof limitRoutes.board>;

const refreshMs = 60_000;

/** 时限看板: pending cases by how their clocks stand, and what was closed in time; the address holds what is counted by and the period. */
export function LimitBoardPage() {
  const t = useBoardText();
  const language = useLanguage();
  const files = useSaveFile();
  const canRead = useCan('cases.read');
  const [search, setSearch] = useSearchParams();
  const query = readQuery(search);
  const loaded = useQuery({queryKey: ['limitBoard', query], queryFn: ({signal}) => api.call(limitRoutes.board, {query, signal}), enabled: canRead, refetchInterval: refreshMs, placeholderData: keepPreviousData});
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const board = loaded.data;
  const put = (next: Partial<Query>) => setSearch(before => new URLSearchParams(Object.entries({...readQuery(before), ...next}).filter(([, value]) => value !== '')), {replace: true});
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav')}</h1>
        {board ? <span className="banli-secondary" title={formatFull(board.at)}>{t('asOf', {at: formatMoment(board.at, serverClock.now(), language)})}</span> : null}
        <span className="app-top-space" />
        <Button icon={<DownloadOutlined />} loading={files.isPending} onClick={() => files.save(limitRoutes.exportBoard, {query: {...query, language}}, 'limits.xlsx')}>{t('export')}</Button>
      </div>
      <p className="banli-secondary app-limit-board-help">{t('help')}</p>
      <BoardControls query={query} board={board} onChange={put} />
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={6} /> : null}
      {board ? <BoardBody board={board} by={loaded.isPlaceholderData ? shownBy(board, query) : query.by} /> : null}
    </div>
  );
}

/** While another dimension loads the rows before stay, under their own name. */
const shown = new WeakMap<Board, BoardDimension>();

function shownBy(board: Board, query: Query): BoardDimension {
  return shown.get(board) ?? query.by;
}

function BoardBody({board, by}: {readonly board: Board; readonly by: BoardDimension}) {
  const t = useBoardText();
  shown.set(board, by);
  const {total} = board;
  if (pendingOf(total) + total.closed + total.lapsed === 0) return <EmptyState title={t('none')} help={t('noneHelp')} />;
  return (
    <>
      <ul className="app-limit-board-figures" aria-label={t('figures')}>
        {(['pending', 'overdue', 'warning', 'paused'] as const).map(name => (
          <li key={name} className={`app-limit-board-figure app-limit-board-is-${name}`}>
            <span className="banli-secondary">{t(name)}</span>
            <BoardCount name={name} counts={total} group={t('total')} to={listAddress(name, board, by)} />
          </li>
        ))}
        <li className="app-limit-board-figure">
          <span className="banli-secondary">{t('rate')}</span>
          <span className="app-number">{rateOf(total) ?? '—'}</span>
          <span className="banli-secondary">{total.closed === 0 ? t('rateNone') : t('rateOf', {onTime: total.onTime, closed: total.closed})}</span>
        </li>
      </ul>
      <BoardTable board={board} by={by} />
      <p className="banli-secondary app-limit-board-help">{t('period', {from: board.from, to: board.to})} · {t('lapsedHelp')}</p>
    </>
  );
}

/** What is counted by, and the period. */
function BoardControls({query, board, onChange}: {readonly query: Query; readonly board: Board | undefined; readonly onChange: (next: Partial<Query>) => void}) {
  const t = useBoardText();
  const day = (name: 'from' | 'to') => (
    <span className="app-limit-board-control">
      <label htmlFor={`limit-board-${name}`}>{t(name)}</label>
      <DateField id={`limit-board-${name}`} value={query[name] ?? board?.[name] ?? ''} onChange={next => onChange({[name]: next})} />
    </span>
  );
  return (
    <div className="app-limit-board-controls" role="group" aria-label={t('by')}>
      <label className="app-limit-board-control">
        <span>{t('by')}</span>
        <Select<BoardDimension> value={query.by} aria-label={t('by')} options={boardDimensions.map(value => ({value, label: t(`by.${value}`)}))} onChange={by => onChange({by})} popupMatchSelectWidth={false} />
      </label>
      {day('from')}
      {day('to')}
    </div>
  );
}

/** What the address asks for; what is no day, and no dimension, is left out. */
function readQuery(search: URLSearchParams): Query {
  const day = (name: 'from' | 'to') => (isDate(search.get(name) ?? '') ? {[name]: search.get(name) ?? ''} : {});
  return {by: boardDimensions.find(each => each === search.get('by')) ?? 'level', ...day('from'), ...day('to')};
}
