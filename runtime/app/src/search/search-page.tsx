import {inboxRoutes, type AnswerOf} from '@banli/api';
import {DueState, EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {keepPreviousData, useInfiniteQuery} from '@tanstack/react-query';
import {Button, Input} from 'antd';
import {useMemo, useRef, useState} from 'react';
import {Link, useSearchParams} from 'react-router-dom';
import {CaseMarks} from '../case/case-marks.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {askedFilters, readFilters, SearchFilterForm, type SearchFilters} from './search-filters.js';
import {useUnitName} from '../frame/use-unit-name.js';

type States = NonNullable<AnswerOf<typeof inboxRoutes.search>['states']>;

const noStates: States = [];
/** As far as the server counts. */
const mostCounted = 1_000;

/** Cases by number, exact phone, or words of the title, narrowed by filters; the address holds all of it. */
export function SearchPage() {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const [words, setWords] = useState(asked);
  const filters = useMemo(() => readFilters(search), [search]);
  const isAsking = asked.length >= 2 || (asked === '' && Object.keys(filters).length > 0);
  const put = (q: string, narrowed: SearchFilters): void => setSearch({...(q === '' ? {} : {q}), ...narrowed}, {replace: true});
  const pages = useInfiniteQuery({
    queryKey: ['search', asked, filters],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(inboxRoutes.search, {query: {...(asked === '' ? {} : {q: asked}), ...askedFilters(filters), limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    enabled: isAsking,
    placeholderData: keepPreviousData,
  });
  const rows = isAsking ? (pages.data?.pages.flatMap(page => page.rows) ?? []) : [];
  const known = useRef<States>(noStates);
  known.current = pages.data?.pages[0]?.states ?? known.current;
  const total = isAsking ? pages.data?.pages[0]?.total : undefined;
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav.search')}</h1>
        <Input.Search className="app-search-box" allowClear value={words} placeholder={t('search.placeholder')} aria-label={t('search.placeholder')} enterButton={t('search.do')} onChange={event => setWords(event.target.value)} onSearch={value => put(value.trim(), filters)} />
        {total === undefined || total === null || rows.length === 0 ? null : <span className="banli-secondary" role="status">{total > mostCounted ? t('search.f.more', {count: mostCounted}) : t('search.f.total', {count: total})}</span>}
      </div>
      <SearchFilterForm filters={filters} states={known.current} onChange={next => put(asked, next)} />
      {isAsking ? null : <EmptyState title={t('search.start')} help={t('search.startHelp')} />}
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isLoading ? <Skeleton rows={6} /> : null}
      {isAsking && pages.data && !pages.isPlaceholderData && rows.length === 0 ? <EmptyState title={asked === '' ? t('search.noneFiltered') : t('search.none', {words: asked})} help={t(Object.keys(filters).length > 0 ? 'search.loosen' : 'search.startHelp')} /> : null}
      {rows.length > 0 ? (
        <table className="app-rows">
          <thead>
            <tr>
              <th className="app-col-number">{t('column.number')}</th>
              <th>{t('column.title')}</th>
              <th className="app-col-state">{t('column.state')}</th>
              <th className="app-col-unit">{t('column.unit')}</th>
              <th className="app-col-due">{t('column.due')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(head => (
              <tr key={head.id} className="app-row">
                <td className="app-col-number app-number">{head.number}</td>
                <td className="app-col-title">
                  <span className="app-title-line">
                    <Link to={`/cases/${head.id}`} className="app-row-title banli-one-line" title={head.title}>
                      {head.title}
                    </Link>
                    <CaseMarks marks={head.marks} isShort />
                  </span>
                </td>
                <td className="app-col-state">
                  <span className="banli-one-line" title={localize(head.state.title)}>{localize(head.state.title)}</span>
                </td>
                <td className="app-col-unit">
                  <span className="banli-one-line">{unitName(head.leadUnitName)}</span>
                </td>
                <td className="app-col-due">{head.clock ? <DueState clock={head.clock} /> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {isAsking && pages.hasNextPage ? (
        <div className="app-more">
          <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t('inbox.loadMore')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
