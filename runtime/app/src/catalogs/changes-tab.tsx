import {catalogLifeRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, Skeleton, useLanguage} from '@banli/ui';
import {useInfiniteQuery, useMutation, useQueryClient} from '@tanstack/react-query';
import {Button, Input, Modal} from 'antd';
import {useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {LoadMore} from '../frame/load-more.js';
import {api, serverClock} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {ChangeDrawer} from './change-drawer.js';

/** The change sets of a catalog, newest first; the address holds the one that is open. `isUnborn`: the catalog is being made, in the only set it has. */
export function ChangesTab({catalogId, isUnborn}: {readonly catalogId: string; readonly isUnborn: boolean}) {
  const t = useCatalogText();
  const language = useLanguage();
  const canEdit = useCan('catalogs.edit');
  const [search, setSearch] = useSearchParams();
  const [isNaming, setNaming] = useState(false);
  const opened = search.get('change');
  const open = (changeId: string | null) => setSearch({tab: 'changes', ...(changeId === null ? {} : {change: changeId})}, {replace: true});
  const pages = useInfiniteQuery({
    queryKey: ['catalogChanges', catalogId],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogLifeRoutes.changes, {params: {catalogId}, query: {limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
  });
  const changes = pages.data?.pages.flatMap(page => page.changes) ?? [];
  return (
    <div className="app-catalog-tab">
      {canEdit && !isUnborn ? (
        <div className="app-chips">
          <Button onClick={() => setNaming(true)}>{t('changes.new')}</Button>
        </div>
      ) : null}
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={5} /> : null}
      {pages.data && changes.length === 0 ? <EmptyState title={t('changes.none')} help={t('changes.noneHelp')} /> : null}
      {changes.length > 0 ? (
        <table className="app-rows app-catalogs">
          <thead>
            <tr>
              <th>{t('column.change')}</th>
              <th className="app-catalog-col-state">{t('column.state')}</th>
              <th className="app-catalog-col-person">{t('column.author')}</th>
              <th className="app-catalog-col-version">{t('column.base')}</th>
              <th className="app-catalog-col-date">{t('column.updated')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(change => (
              <tr key={change.id} className="app-row" onClick={() => open(change.id)}>
                <td>
                  <Button type="link" className="app-catalog-open" onClick={() => open(change.id)}>
                    <span className="banli-one-line">{change.title}</span>
                  </Button>
                </td>
                <td className="app-catalog-col-state"><span className="app-mark">{t(`state.${change.state}`)}</span></td>
                <td className="app-catalog-col-person banli-one-line">{change.authorName}</td>
                <td className="app-catalog-col-version app-number">{change.baseVersion ?? '—'}</td>
                <td className="app-catalog-col-date" title={formatFull(change.updatedAt)}>{formatMoment(change.updatedAt, serverClock.now(), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <LoadMore pages={pages} words={t('rows.more')} />
      {isNaming ? <NewChange catalogId={catalogId} onEnd={changeId => {
        setNaming(false);
        if (changeId !== null) open(changeId);
      }} /> : null}
      {opened ? <ChangeDrawer changeId={opened} onClose={() => open(null)} /> : null}
    </div>
  );
}

function NewChange({catalogId, onEnd}: {readonly catalogId: string; readonly onEnd: (changeId: string | null) => void}) {
  const t = useCatalogText();
  const cache = useQueryClient();
  const [title, setTitle] = useState('');
  const create = useMutation({
    mutationFn: () => api.call(catalogLifeRoutes.create, {params: {catalogId}, body: {title: title.trim()}}),
    onSuccess: async ({change}) => {
      await cache.invalidateQueries({queryKey: ['catalogChanges', catalogId]});
      onEnd(change.id);
    },
  });
  return (
    <Modal open title={t('changes.newTitle')} okText={t('changes.create')} okButtonProps={{disabled: title.trim() === ''}} confirmLoading={create.isPending} onOk={() => !create.isPending && create.mutate()} onCancel={() => onEnd(null)} afterOpenChange={isOpen => isOpen && document.getElementById('change-title')?.focus()}>
      {create.error ? <ErrorPanel error={create.error} /> : null}
      <label className="banli-field-label" htmlFor="change-title">{t('edit.setName')}</label>
      <Input id="change-title" value={title} maxLength={200} onChange={event => setTitle(event.target.value)} onPressEnter={() => title.trim() !== '' && !create.isPending && create.mutate()} />
    </Modal>
  );
}
