import {catalogLifeRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Grid} from 'antd';
import {Link, useNavigate, useSearchParams} from 'react-router-dom';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import {RowPicker} from './pickers.js';
import {RowGraph} from './row-graph.js';
import {TablePicker} from './table-picker.js';
import type {CatalogForm} from './use-catalog-form.js';

/** What a row has to do with the rows of every catalog, drawn; the address holds table and row. */
export function GraphTab({form}: {readonly form: CatalogForm}) {
  const t = useToolText();
  const localize = useLocalize();
  const navigate = useNavigate();
  const isPhone = Grid.useBreakpoint().md === false;
  const [search, setSearch] = useSearchParams();
  const table = form.tables.find(each => each.name === search.get('table'))?.name ?? form.tables[0]?.name ?? form.id;
  const key = search.get('key') ?? '';
  const graph = useQuery({queryKey: ['catalogGraph', form.id, table, key], enabled: key !== '', queryFn: () => api.call(catalogLifeRoutes.graph, {params: {catalogId: form.id}, query: {table, key}}), placeholderData: before => before});
  return (
    <div className="app-catalog-tab">
      <TablePicker form={form} table={table} onPick={next => setSearch({tab: 'graph', table: next}, {replace: true})} />
      <div className="app-chips">
        <div className="app-tool-area">
          <label className="banli-visually-hidden" htmlFor="graph-row">{t('graph.row')}</label>
          <RowPicker id="graph-row" value={key} reference={{catalog: form.id, table, except: [], leaf: false, elsewhere: false}} isRequired onChange={next => setSearch({tab: 'graph', table, key: next}, {replace: true})} />
        </div>
        {key === '' ? null : <Link className="app-tool-link" to={`/catalogs/${form.id}?tab=rows&table=${table}&code=${encodeURIComponent(key)}`}>{t('graph.openRow')}</Link>}
      </div>
      {key === '' ? <EmptyState title={t('graph.choose')} help={t('graph.chooseHelp')} /> : null}
      {graph.error ? <ErrorPanel error={graph.error} onRetry={() => void graph.refetch()} /> : null}
      {key !== '' && graph.isPending && !graph.error ? <Skeleton rows={6} /> : null}
      {key !== '' && graph.data ? (
        <>
          <p className="banli-secondary">{graph.data.groups.length === 0 ? t('graph.alone') : t('graph.help')}</p>
          <RowGraph graph={graph.data} isNarrow={isPhone} label={t('graph.of', {title: localize(graph.data.centre.title)})} onGo={node => node.catalog !== null && void navigate(`/catalogs/${node.catalog}?tab=graph&table=${node.table}&key=${encodeURIComponent(node.key)}`)} />
        </>
      ) : null}
    </div>
  );
}
