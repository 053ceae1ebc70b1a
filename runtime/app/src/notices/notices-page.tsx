import {noticeRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {useInfiniteQuery, useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Button, Checkbox, Segmented} from 'antd';
import {useState} from 'react';
import {Link, useSearchParams} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api, serverClock} from '../http/api.js';
import {keepListed, nothing, toggle, toggleAll} from '../lists/selection.js';
import {useText} from '../texts/hook.js';
import {useListText} from '../texts/lists-hook.js';

/** New ones come by themselves. */
const freshMs = 15_000;
/** Notices marked at once, as the route takes them. */
const mostMarked = 100;

/** All own notices, newest first. */
export function NoticesPage() {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const cache = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const unreadOnly = search.get('unread') === 'true';
  const pages = useInfiniteQuery({
    queryKey: ['notices', unreadOnly],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(noticeRoutes.list, {query: {limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam}), ...(unreadOnly ? {unread: 'true' as const} : {})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    refetchInterval: freshMs,
  });
  const refresh = () => Promise.all([cache.invalidateQueries({queryKey: ['notices']}), cache.invalidateQueries({queryKey: ['counts']})]);
  const read = useMutation({mutationFn: (noticeId: string) => api.call(noticeRoutes.read, {params: {noticeId}}), onSuccess: refresh});
  const readAll = useMutation({mutationFn: () => api.call(noticeRoutes.readAll), onSuccess: refresh});
  const {message} = App.useApp();
  const own = useListText();
  const [picked, setPicked] = useState(nothing);
  const readMany = useMutation({
    mutationFn: (noticeIds: string[]) => api.call(noticeRoutes.readMany, {body: {noticeIds}}),
    onSuccess: ({unknown}, {length}) => {
      setPicked(nothing);
      void message.success(own('batch.noticesRead', {count: length - unknown.length}));
      return refresh();
    },
  });
  const notices = pages.data?.pages.flatMap(page => page.notices) ?? [];
  const unread = notices.filter(notice => notice.readAt === null).map(notice => notice.id);
  const selection = keepListed(picked, unread);
  const failure = pages.error ?? read.error ?? readMany.error ?? readAll.error;
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav.notices')}</h1>
        <Segmented size="small" value={unreadOnly ? 'unread' : 'all'} options={[{value: 'all', label: t('notices.everything')}, {value: 'unread', label: t('notices.unread')}]} onChange={value => setSearch(value === 'unread' ? {unread: 'true'} : {}, {replace: true})} />
        {unread.length > 0 ? <Checkbox className="app-notice-all" checked={selection.size === Math.min(unread.length, mostMarked)} indeterminate={selection.size > 0 && selection.size < Math.min(unread.length, mostMarked)} onChange={() => setPicked(toggleAll(selection, unread, mostMarked))}>{own('pick.notices')}</Checkbox> : null}
        <span className="app-top-space" />
        <Button size="small" onClick={() => readAll.mutate()} loading={readAll.isPending} disabled={notices.every(notice => notice.readAt !== null)}>
          {t('notices.readAll')}
        </Button>
      </div>
      {failure ? <ErrorPanel error={failure} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <PageSkeleton rows={8} /> : null}
      {pages.data && notices.length === 0 ? <EmptyState title={t('notices.none')} help={t('notices.noneHelp')} /> : null}
      <ul className="app-plain-list app-notices">
        {notices.map(notice => (
          <li key={notice.id} className={`app-notice${notice.readAt === null ? ' app-unread' : ''}`}>
            <span className="app-notice-pick">{notice.readAt === null ? <Checkbox aria-label={own('pick', {number: localize(notice.title)})} checked={selection.has(notice.id)} onChange={() => setPicked(toggle(selection, notice.id, mostMarked))} /> : null}</span>
            <span className="app-notice-dot">{notice.readAt === null ? <span className="app-dot" title={t('notices.unread')} /> : null}</span>
            <div className="app-notice-body">
              {notice.caseId ?? notice.link ? (
                <Link to={notice.caseId ? `/cases/${notice.caseId}` : (notice.link ?? '')} onClick={() => notice.readAt === null && read.mutate(notice.id)}>
                  {localize(notice.title)}
                </Link>
              ) : (
                <span>{localize(notice.title)}</span>
              )}
              <div className="banli-secondary">{localize(notice.body)}</div>
            </div>
            <time className="banli-secondary" title={formatFull(notice.at)}>
              {formatMoment(notice.at, serverClock.now(), language)}
            </time>
            {notice.readAt === null ? (
              <Button size="small" type="link" onClick={() => read.mutate(notice.id)}>
                {t('notices.read')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <LoadMore pages={pages} words={t('inbox.loadMore')} />
      {selection.size > 0 ? (
        <section className="app-batch" aria-label={own('batch')}>
          <span role="status">{own('batch.chosenNotices', {count: selection.size})}</span>
          <Button type="text" onClick={() => setPicked(nothing)}>{own('batch.clear')}</Button>
          <span className="app-top-space" />
          <Button type="primary" loading={readMany.isPending} onClick={() => readMany.mutate([...selection])}>{own('batch.read')}</Button>
        </section>
      ) : null}
    </div>
  );
}
