import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatMoment, Skeleton, useLanguage, useLocalize, useReturnFocus} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {Drawer} from 'antd';
import {Link} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {api, serverClock} from '../http/api.js';
import {dayOf} from '../issue/issue-data.js';
import {useAdminText} from '../texts/admin-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {DiffView} from './diff-view.js';
import type {ListedRow} from './rows-tab.js';

type Entry = AnswerOf<typeof catalogLifeRoutes.rowHistory>['entries'][number];

/** The history of one row: every version and every unit's layer in which it changed, newest first, with what changed and who had a part in it. */
export function RowHistory({catalogId, table, row, onClose}: {readonly catalogId: string; readonly table: string; readonly row: ListedRow; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useAdminText();
  const localize = useLocalize();
  const pages = useInfiniteQuery({
    queryKey: ['catalogRowHistory', catalogId, table, row.key],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogLifeRoutes.rowHistory, {params: {catalogId}, query: {table, key: row.key, limit: 20, ...(pageParam === '' ? {} : {before: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
  });
  const entries = pages.data?.pages.flatMap(page => page.entries) ?? [];
  return (
    <Drawer open title={t('historyOf', {title: localize(row.title)})} width={640} onClose={onClose}>
      <p className="banli-secondary">{t('history.help')}</p>
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={5} /> : null}
      {pages.data && entries.length === 0 ? <EmptyState title={t('history.none')} help={t('history.noneHelp')} /> : null}
      <ol className="app-plain-list app-catalog-versions" aria-label={t('history')} tabIndex={0}>
        {entries.map(entry => <li key={entry.version}><HistoryEntry catalogId={catalogId} entry={entry} /></li>)}
      </ol>
      <LoadMore pages={pages} words={t('history.more')} />
    </Drawer>
  );
}

function HistoryEntry({catalogId, entry}: {readonly catalogId: string; readonly entry: Entry}) {
  const t = useAdminText();
  const catalogText = useCatalogText();
  const language = useLanguage();
  const unitName = useUnitName();
  const {cause, unit} = entry;
  const name = entry.publishedBy === 'system' ? catalogText('versions.system') : entry.publishedBy;
  const when = {name, moment: formatMoment(entry.publishedAt, serverClock.now(), language), date: dayOf(entry.effectiveAt)};
  const kind = t(cause.kind === 'set' ? `history.${cause.origin ?? 'manual'}` : `history.${cause.kind}`);
  return (
    <>
      <div className="app-catalog-version">
        <strong className="app-number">{entry.version}</strong>
        <span className={entry.state === 'past' ? 'banli-secondary' : 'app-mark'}>{catalogText(`versions.${entry.state}`)}</span>
        <span>{kind}</span>
        {cause.kind === 'set' && cause.id !== null ? <Link to={`/catalogs/${catalogId}?tab=changes&change=${cause.id}`}>{cause.title}</Link> : null}
        {unit && cause.id !== null ? <Link to={`/catalog-issues/${cause.id}`}>{t('history.toIssue')}</Link> : null}
      </div>
      <div className="banli-secondary">{unit ? t('history.lineUnit', {...when, unit: unitName(unit.name)}) : t('history.line', when)}</div>
      {cause.authorName === null ? null : <div className="banli-secondary">{t('history.people', {author: cause.authorName, reviewer: cause.decidedByName ?? catalogText('versions.nobody')})}</div>}
      {cause.reason === null ? null : <div className="banli-secondary">{cause.kind === 'set' ? t('history.opinion', {opinion: cause.reason}) : t('history.reason', {reason: cause.reason})}</div>}
      <DiffView catalogId={catalogId} diff={[entry.diff]} />
    </>
  );
}
