import {inboxRoutes} from '@banli/api';
import {DueState, EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {Button, Input} from 'antd';
import {useState} from 'react';
import {Link, useSearchParams} from 'react-router-dom';
import {CaseMarks} from '../case/case-marks.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useUnitName} from '../frame/use-unit-name.js';

/** Cases by number, exact phone, or words of the title; the address holds the words. */
export function SearchPage() {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('q') ?? '';
  const [words, setWords] = useState(asked);
  const pages = useInfiniteQuery({
    queryKey: ['search', asked],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(inboxRoutes.search, {query: {q: asked, limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    enabled: asked.length >= 2,
  });
  const rows = pages.data?.pages.flatMap(page => page.rows) ?? [];
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav.search')}</h1>
        <Input.Search className="app-search-box" allowClear value={words} placeholder={t('search.placeholder')} aria-label={t('search.placeholder')} enterButton={t('search.do')} onChange={event => setWords(event.target.value)} onSearch={value => setSearch(value.trim() === '' ? {} : {q: value.trim()}, {replace: true})} />
      </div>
      {asked.length < 2 ? <EmptyState title={t('search.start')} help={t('search.startHelp')} /> : null}
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isLoading ? <Skeleton rows={6} /> : null}
      {pages.data && rows.length === 0 ? <EmptyState title={t('search.none', {words: asked})} help={t('search.startHelp')} /> : null}
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
                <td className="app-col-state">{localize(head.state.title)}</td>
                <td className="app-col-unit">
                  <span className="banli-one-line">{unitName(head.leadUnitName)}</span>
                </td>
                <td className="app-col-due">{head.clock ? <DueState clock={head.clock} /> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {pages.hasNextPage ? (
        <div className="app-more">
          <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t('inbox.loadMore')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
