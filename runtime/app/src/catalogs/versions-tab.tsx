import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton} from '@banli/ui';
import {useInfiniteQuery, useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {App, Button, Drawer} from 'antd';
import {useState} from 'react';
import {LoadMore} from '../frame/load-more.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {DiffView} from './diff-view.js';
import {VersionDrawer} from './version-drawer.js';
import {VersionHead, type VersionEntry} from './version-head.js';
import {WithdrawDialog} from './withdraw-dialog.js';

/** The time line of a catalog: every version with who wrote, reviewed and published it and what it changed; any of them can be opened, compared and brought back, a scheduled one withdrawn. */
export function VersionsTab({catalogId}: {readonly catalogId: string}) {
  const t = useCatalogText();
  const {message, modal} = App.useApp();
  const cache = useQueryClient();
  const may = {edit: useCan('catalogs.edit'), publish: useCan('catalogs.publish')};
  const [compared, setCompared] = useState<{readonly from: string; readonly to: string} | null>(null);
  const [opened, setOpened] = useState<VersionEntry | null>(null);
  const [withdrawn, setWithdrawn] = useState<string | null>(null);
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
  const newest = entries.find(entry => entry.state !== 'withdrawn');
  return (
    <div className="app-catalog-tab">
      {pages.error ?? rollBack.error ? <ErrorPanel error={pages.error ?? rollBack.error} onRetry={pages.error ? () => void pages.refetch() : undefined} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={5} /> : null}
      <ol className="app-plain-list app-catalog-versions">
        {entries.map(entry => (
          <li key={entry.version}>
            <VersionHead entry={entry} />
            <div className="app-chips">
              <Button size="small" onClick={() => setOpened(entry)}>{t('versions.open')}</Button>
              {entry.previous ? <Button size="small" onClick={() => setCompared({from: entry.previous ?? '', to: entry.version})}>{t('versions.diff')}</Button> : null}
              {entry !== newest && may.edit ? (
                <Button size="small" onClick={() => modal.confirm({title: t('versions.rollBack'), content: t('versions.rollBackAsk', {version: entry.version}), okText: t('versions.rollBack'), onOk: () => rollBack.mutate(entry.version)})}>
                  {t('versions.rollBack')}
                </Button>
              ) : null}
              {entry === newest && entry.state === 'scheduled' && entry.previous && may.publish ? <Button size="small" danger onClick={() => setWithdrawn(entry.version)}>{t('versions.withdraw')}</Button> : null}
            </div>
          </li>
        ))}
      </ol>
      <LoadMore pages={pages} words={t('rows.more')} />
      {compared ? <Comparison catalogId={catalogId} {...compared} onClose={() => setCompared(null)} /> : null}
      {opened ? <VersionDrawer catalogId={catalogId} entry={opened} onClose={() => setOpened(null)} /> : null}
      {withdrawn ? <WithdrawDialog catalogId={catalogId} version={withdrawn} onEnd={() => setWithdrawn(null)} /> : null}
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
