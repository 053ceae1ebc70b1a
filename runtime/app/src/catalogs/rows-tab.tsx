import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, Skeleton, useLanguage, useLocalize} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {Button, Input, Select} from 'antd';
import {useState} from 'react';
import {api, serverClock} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {RowDrawer} from './row-drawer.js';

/** A row as administrators see it. */
export type ListedRow = AnswerOf<typeof catalogLifeRoutes.rows>['rows'][number];
type RowState = ListedRow['state'];

const states: readonly RowState[] = ['effective', 'retired', 'void', 'editing', 'inReview', 'approved', 'failed'];

/** The main table of a catalog, filtered by name, code and state. */
export function RowsTab({catalogId}: {readonly catalogId: string}) {
  const t = useCatalogText();
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [state, setState] = useState<RowState | ''>('');
  const [opened, setOpened] = useState<ListedRow | null>(null);
  const filter = {...(name === '' ? {} : {name}), ...(code === '' ? {} : {code}), ...(state === '' ? {} : {state})};
  const pages = useInfiniteQuery({
    queryKey: ['catalogRows', catalogId, filter],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {...filter, limit: 50, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    placeholderData: before => before,
  });
  const rows = pages.data?.pages.flatMap(page => page.rows) ?? [];
  return (
    <div className="app-catalog-tab">
      <div className="app-chips">
        <Input.Search className="app-catalog-filter" allowClear placeholder={t('rows.name')} aria-label={t('rows.name')} onSearch={value => setName(value.trim())} />
        <Input.Search className="app-catalog-filter" allowClear placeholder={t('rows.code')} aria-label={t('rows.code')} onSearch={value => setCode(value.trim())} />
        <Select className="app-catalog-filter" value={state} aria-label={t('rows.state')} onChange={setState} options={[{value: '', label: t('rows.any')}, ...states.map(value => ({value, label: t(`state.${value}`)}))]} />
      </div>
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={8} /> : null}
      {pages.data && rows.length === 0 ? <EmptyState title={t('rows.none')} help={t('rows.noneHelp')} /> : null}
      {rows.length > 0 ? <RowTable rows={rows} onOpen={setOpened} /> : null}
      {pages.hasNextPage ? (
        <div className="app-more">
          <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {t('rows.more')}
          </Button>
        </div>
      ) : null}
      {opened ? <RowDrawer catalogId={catalogId} row={rows.find(row => row.key === opened.key) ?? opened} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function RowTable({rows, onOpen}: {readonly rows: readonly ListedRow[]; readonly onOpen: (row: ListedRow) => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const language = useLanguage();
  return (
    <table className="app-rows app-catalogs">
      <thead>
        <tr>
          <th className="app-catalog-col-code">{t('column.code')}</th>
          <th>{t('column.title')}</th>
          <th className="app-catalog-col-state">{t('column.state')}</th>
          <th className="app-catalog-col-date">{t('column.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.key} className="app-row" onClick={() => onOpen(row)}>
            <td className="app-catalog-col-code app-number" title={row.key}>{row.key}</td>
            <td>
              <Button type="link" className="app-catalog-open" title={[...row.path, localize(row.title)].join(' / ')} onClick={() => onOpen(row)}>
                <span className="banli-one-line">{localize(row.title)}</span>
                {row.path.length > 0 ? <span className="banli-secondary banli-one-line">{row.path.join(' / ')}</span> : null}
              </Button>
            </td>
            <td className="app-catalog-col-state">
              <span className={row.state === 'effective' ? undefined : 'app-mark'}>{t(`state.${row.state}`)}</span>
            </td>
            <td className="app-catalog-col-date" title={formatFull(row.updatedAt)}>{formatMoment(row.updatedAt, serverClock.now(), language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
