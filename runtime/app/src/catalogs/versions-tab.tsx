import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, formatMoment, Skeleton, useLanguage} from '@banli/ui';
import {useInfiniteQuery, useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {App, Button, Drawer} from 'antd';
import {useState} from 'react';
import {api, serverClock} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import {DiffView} from './diff-view.js';

const day = (moment: number): string => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);

/** The time line of a catalog: every version with who published it and what it changed; any of them can be compared and brought back. */
export function VersionsTab({catalogId}: {readonly catalogId: string}) {
  const t = useCatalogText();
  const language = useLanguage();
  const fieldText = useFieldText();
  const canEdit = useCan('catalogs.edit');
  const {message, modal} = App.useApp();
  const cache = useQueryClient();
  const [compared, setCompared] = useState<{readonly from: string; readonly to: string} | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['catalogTimeline', catalogId],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogLifeRoutes.timeline, {params: {catalogId}, query: {limit: 20, ...(pageParam === '' ? {} : {before: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
  });
  const rollBack = useMutation({
    mutationFn: (version: string) => api.call(catalogLifeRoutes.rollBack, {params: {catalogId}, body: {version, title: t('versions.rollBackName', {version})}}),
    onSuccess: ({change}) => void message.success(t('versions.rolledBack', {title: change.title})),
    onSettled: () => cache.invalidateQueries({queryKey: ['catalogChanges']}),
  });
  const entries = pages.data?.pages.flatMap(page => page.entries) ?? [];
  return (
    <div className="app-catalog-tab">
      {pages.error ?? rollBack.error ? <ErrorPanel error={pages.error ?? rollBack.error} onRetry={pages.error ? () => void pages.refetch() : undefined} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={5} /> : null}
      <ol className="app-plain-list app-catalog-versions">
        {entries.map((entry, index) => {
          const before = entries[index + 1];
          return (
            <li key={entry.version}>
              <div className="app-catalog-version">
                <strong className="app-number">{entry.version}</strong>
                {index === 0 ? <span className="app-mark">{t('versions.current')}</span> : null}
                <span>{t('versions.counts', entry.changed)}{entry.changed.fields > 0 ? fieldText('versions.fields', {count: entry.changed.fields}) : ''}</span>
              </div>
              <div className="banli-secondary">
                {entry.change ? `${entry.change.title} · ` : ''}
                {t('versions.by', {name: entry.change?.publishedByName ?? (entry.publishedBy === 'system' ? t('versions.system') : entry.publishedBy), moment: formatMoment(entry.publishedAt, serverClock.now(), language), date: day(entry.effectiveAt)})}
              </div>
              <div className="app-chips">
                {before ? <Button size="small" onClick={() => setCompared({from: before.version, to: entry.version})}>{t('versions.diff')}</Button> : null}
                {index > 0 && canEdit ? (
                  <Button size="small" onClick={() => modal.confirm({title: t('versions.rollBack'), content: t('versions.rollBackAsk', {version: entry.version}), okText: t('versions.rollBack'), onOk: () => rollBack.mutate(entry.version)})}>
                    {t('versions.rollBack')}
                  </Button>
                ) : null}
              </div>
            </li>
          );
        })}
      </ol>
      {pages.hasNextPage ? <div className="app-more"><Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>{t('rows.more')}</Button></div> : null}
      {compared ? <Comparison catalogId={catalogId} {...compared} onClose={() => setCompared(null)} /> : null}
    </div>
  );
}

function Comparison({catalogId, from, to, onClose}: {readonly catalogId: string; readonly from: string; readonly to: string; readonly onClose: () => void}) {
  const t = useCatalogText();
  const loaded = useQuery({queryKey: ['catalogDiff', catalogId, from, to], queryFn: () => api.call(catalogLifeRoutes.diff, {params: {catalogId}, query: {from, to}})});
  return (
    <Drawer open title={t('versions.diffTitle', {from, to})} width={720} onClose={onClose}>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={5} /> : null}
      {loaded.data ? loaded.data.diff.length === 0 ? <p>{t('versions.same')}</p> : <DiffView catalogId={catalogId} diff={loaded.data.diff} /> : null}
    </Drawer>
  );
}
