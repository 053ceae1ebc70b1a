import {catalogIssueRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {useInfiniteQuery, useQuery} from '@tanstack/react-query';
import {Button, Select} from 'antd';
import {useState} from 'react';
import {Link, useSearchParams} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api, serverClock} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useIssueText} from '../texts/issue-hook.js';
import type {IssueItem} from './issue-data.js';
import {SendDialog} from './send-dialog.js';
import {useUnitName} from '../frame/use-unit-name.js';

const states = ['issued', 'completing', 'confirmed', 'takenBack', 'declined'] as const;

/** 下发看板: issues the person may see, by state; each opens on a page of its own. */
export function IssueBoardPage() {
  const t = useIssueText();
  const localize = useLocalize();
  const canRead = useCan('catalogs.read');
  const canSend = useCan('catalogs.publish');
  const [search, setSearch] = useSearchParams();
  const [isSending, setSending] = useState(false);
  const catalog = search.get('catalog') ?? '';
  const catalogs = useQuery({queryKey: ['issuable'], queryFn: () => api.call(catalogIssueRoutes.issuable), enabled: canRead, staleTime: 60_000});
  const pages = useInfiniteQuery({
    queryKey: ['issues', catalog],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogIssueRoutes.list, {query: {limit: 100, ...(catalog === '' ? {} : {catalog}), ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    enabled: canRead,
    refetchInterval: 15_000,
  });
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const issues = pages.data?.pages.flatMap(page => page.issues) ?? [];
  const options = [{value: '', label: t('filter.all')}, ...(catalogs.data?.catalogs ?? []).map(each => ({value: each.id, label: localize(each.title)}))];
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <Link to="/catalogs">{t('back')}</Link>
        <h1>{t('nav')}</h1>
        <Select aria-label={t('filter.catalog')} className="app-catalog-filter" value={catalog} options={options} onChange={next => setSearch(next === '' ? {} : {catalog: next}, {replace: true})} />
        {canSend ? <Button type="primary" onClick={() => setSending(true)}>{t('send')}</Button> : null}
        <span className="banli-secondary">{t('help')}</span>
      </div>
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <PageSkeleton rows={6} /> : null}
      {pages.data && issues.length === 0 ? <EmptyState title={t('none')} help={t('noneHelp')} /> : null}
      {issues.length > 0 ? (
        <div className="app-issue-board">
          {states.map(state => <Lane key={state} state={state} issues={issues.filter(issue => issue.state === state)} />)}
        </div>
      ) : null}
      <LoadMore pages={pages} words={t('more')} />
      {isSending ? <SendDialog chosen={catalog} onEnd={() => setSending(false)} /> : null}
    </div>
  );
}

function Lane({state, issues}: {readonly state: (typeof states)[number]; readonly issues: readonly IssueItem[]}) {
  const unitName = useUnitName();
  const t = useIssueText();
  const localize = useLocalize();
  const language = useLanguage();
  return (
    <section className="app-issue-lane" aria-label={t(`state.${state}`)}>
      <h2>
        {t(`state.${state}`)} <span className="banli-secondary app-number">{issues.length}</span>
      </h2>
      {issues.length === 0 ? <p className="banli-secondary">{t('column.none')}</p> : null}
      <ul className="app-plain-list">
        {issues.map(issue => (
          <li key={issue.id}>
            <Link className="app-issue-card" to={`/catalog-issues/${issue.id}`}>
              <strong>{localize(issue.catalog)}{issue.state === 'confirmed' && !issue.inForce ? <span className="app-mark">{t('card.followed')}</span> : null}</strong>
              <span>{unitName(issue.to.name)}</span>
              <span className="banli-secondary">{t('card.from', {from: unitName(issue.from.name)})}</span>
              <span className="banli-secondary app-number" title={formatFull(issue.updatedAt)}>{t('card.base', {base: issue.baseName, moment: formatMoment(issue.updatedAt, serverClock.now(), language)})}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
