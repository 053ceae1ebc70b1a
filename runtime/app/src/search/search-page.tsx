import {inboxRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel} from '@banli/ui';
import {keepPreviousData, useInfiniteQuery} from '@tanstack/react-query';
import {Input} from 'antd';
import {useEffect, useMemo, useRef, useState} from 'react';
import {useLocation, useNavigate, useSearchParams} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {Stoppable} from '../frame/stoppable.js';
import {api} from '../http/api.js';
import {CaseTable} from '../lists/case-table.js';
import {ColumnChooser} from '../lists/column-chooser.js';
import {rowOfHead} from '../lists/rows.js';
import {SavedViews} from '../lists/saved-views.js';
import {useListPreferences} from '../lists/use-list-preferences.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {ActiveFilters} from './active-filters.js';
import {askedWords, isPersonNumber, placeOfSearch} from './asked-words.js';
import {foundPage} from './found-page.js';
import {askedFilters, readFilters, type SearchFilters} from './filter-values.js';
import {SearchFilterForm} from './search-filters.js';

type States = NonNullable<AnswerOf<typeof inboxRoutes.search>['states']>;

const noStates: States = [];
/** As far as the server counts. */
const mostCounted = 1_000;

/** Cases by number, exact phone, or words of the title, narrowed by filters; the address holds all of it but a person's number. */
export function SearchPage() {
  const t = useText();
  const arrangement = useListPreferences('search');
  const [search] = useSearchParams();
  const {state} = useLocation();
  const navigate = useNavigate();
  const {person} = useSession().session;
  const asked = askedWords(search, state, person.id);
  const [words, setWords] = useState(asked);
  useEffect(() => setWords(asked), [asked]);
  /** A view that is opened fills the form anew. */
  const [opened, setOpened] = useState(0);
  const filters = useMemo(() => readFilters(search), [search]);
  const isAsking = asked.length >= 2 || (asked === '' && Object.keys(filters).length > 0);
  const put = (q: string, narrowed: SearchFilters): void => {
    const place = placeOfSearch(q, narrowed, person.id);
    void navigate(place.to, {replace: true, state: place.state});
  };
  // An address that somebody wrote with a number in it does not stay.
  useEffect(() => {
    if (isPersonNumber(search.get('q') ?? '')) put(asked, filters);
  }, [search]);
  const pages = useInfiniteQuery({
    queryKey: ['search', asked, filters],
    queryFn: ({pageParam, signal}: {pageParam: string; signal: AbortSignal}) => foundPage(cursor => api.call(inboxRoutes.search, {signal, body: {...(asked === '' ? {} : {q: asked}), ...askedFilters(filters), limit: 50, ...(cursor === '' ? {} : {cursor})}}), pageParam),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    enabled: isAsking,
    placeholderData: keepPreviousData,
    gcTime: 600_000,
  });
  const found = pages.data;
  const rows = useMemo(() => (isAsking ? (found?.pages.flatMap(page => page.rows.map(rowOfHead)) ?? []) : []), [isAsking, found]);
  const known = useRef<States>(noStates);
  known.current = pages.data?.pages[0]?.states ?? known.current;
  const total = isAsking ? pages.data?.pages[0]?.total : undefined;
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav.search')}</h1>
        <Input.Search className="app-search-box" allowClear value={words} placeholder={t('search.placeholder')} aria-label={t('search.placeholder')} enterButton={t('search.do')} onChange={event => setWords(event.target.value)} onSearch={value => put(value.trim(), filters)} />
        {total === undefined || total === null || rows.length === 0 ? null : <span className="banli-secondary" role="status">{total > mostCounted ? t('search.f.more', {count: mostCounted}) : t('search.f.total', {count: total})}</span>}
        <span className="app-top-space" />
        <ColumnChooser list="search" arrangement={arrangement} />
      </div>
      <SavedViews arrangement={arrangement} filters={filters} hasWords={asked !== ''} onOpen={view => { put(asked, readFilters(new URLSearchParams(view))); setOpened(before => before + 1); }} />
      {arrangement.error && !pages.error ? <ErrorPanel error={arrangement.error} onRetry={arrangement.retry} /> : null}
      <SearchFilterForm key={opened} filters={filters} states={known.current} onChange={next => put(asked, next)} />
      <ActiveFilters words={asked} filters={filters} states={known.current} groupTitle={pages.data?.pages[0]?.groupTitle} onChange={(q, next) => { put(q, next); setOpened(before => before + 1); }} />
      {isAsking ? null : <EmptyState title={t('search.start')} help={t('search.startHelp')} />}
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {isAsking && pages.isPending && !pages.error ? <Stoppable query={pages} queryKey={['search', asked, filters]} rows={6} /> : null}
      {isAsking && pages.data && !pages.isPlaceholderData && rows.length === 0 ? <EmptyState title={asked === '' ? t('search.noneFiltered') : t('search.none', {words: asked})} help={t(Object.keys(filters).length > 0 ? 'search.loosen' : 'search.startHelp')} /> : null}
      {rows.length > 0 ? <CaseTable list="search" rows={rows} columns={arrangement.columns} isChosen={arrangement.isChosen} placeKey={`search ${search.toString()}`} /> : null}
      {isAsking ? <LoadMore pages={pages} words={t('inbox.loadMore')} /> : null}
    </div>
  );
}
