import {catalogLifeRoutes, dispatchRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Grid, Select} from 'antd';
import {useState} from 'react';
import {useSearchParams} from 'react-router-dom';
import {RowPicker} from '../catalogs/pickers.js';
import type {TableForm} from '../catalogs/use-catalog-form.js';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import {CoverageGrid} from './coverage-grid.js';
import {PlaceDrawer, type Place} from './place-drawer.js';

const areas = {catalog: 'areas', table: 'areas', except: [], leaf: false, elsewhere: false};

/** Who leads each leaf of a branch in an area and those directly below it; the address holds branch and area. */
export function MapTab({draft, table}: {readonly draft: {readonly changeId?: string}; readonly table: TableForm | undefined}) {
  const t = useToolText();
  const localize = useLocalize();
  const isPhone = Grid.useBreakpoint().md === false;
  const [search, setSearch] = useSearchParams();
  const [opened, setOpened] = useState<Place | null>(null);
  const branches = useQuery({queryKey: ['catalogTree', 'matters', 'matters', ''], staleTime: 60_000, queryFn: () => api.call(catalogLifeRoutes.tree, {params: {catalogId: 'matters'}, query: {}})});
  const outermost = useQuery({queryKey: ['catalogTree', 'areas', 'areas', ''], staleTime: 60_000, queryFn: () => api.call(catalogLifeRoutes.tree, {params: {catalogId: 'areas'}, query: {}})});
  const matter = search.get('matter') ?? branches.data?.nodes[0]?.key ?? '';
  const area = search.get('area') ?? outermost.data?.nodes[0]?.key ?? '';
  const put = (more: Readonly<Record<string, string>>) => setSearch({...Object.fromEntries(search), ...more}, {replace: true});
  const map = useQuery({queryKey: ['coverageMap', matter, area, draft], enabled: matter !== '' && area !== '', queryFn: () => api.call(dispatchRoutes.coverageMap, {query: {matter, area, ...draft}}), placeholderData: before => before});
  const error = branches.error ?? outermost.error ?? map.error;
  return (
    <div className="app-catalog-tab">
      <div className="app-chips">
        <Select className="app-catalog-filter" aria-label={t('dispatch.branch')} value={matter} showSearch optionFilterProp="label" onChange={value => put({matter: value})} options={(branches.data?.nodes ?? []).map(node => ({value: node.key, label: localize(node.title)}))} />
        <div className="app-tool-area">
          <label className="banli-visually-hidden" htmlFor="map-area">{t('dispatch.area')}</label>
          <RowPicker id="map-area" value={area} reference={areas} isRequired onChange={value => value !== '' && put({area: value})} />
        </div>
      </div>
      <Legend />
      {error ? <ErrorPanel error={error} onRetry={() => void map.refetch()} /> : null}
      {map.isPending && !error ? <Skeleton rows={8} /> : null}
      {map.data && map.data.matters.length === 0 ? <EmptyState title={t('dispatch.mapNone')} /> : null}
      {map.data && map.data.matters.length > 0 ? <CoverageGrid map={map.data} columns={isPhone ? 1 : map.data.areas.length} onOpen={setOpened} onArea={key => put({area: key})} /> : null}
      {map.data && map.data.moreMatters > 0 ? <p className="banli-secondary">{t('dispatch.moreMatters', {count: map.data.moreMatters})}</p> : null}
      {opened ? <PlaceDrawer place={opened} table={table} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function Legend() {
  const t = useToolText();
  return (
    <ul className="app-plain-list app-tool-legend" aria-label={t('dispatch.legend')}>
      {(['one', 'partial', 'several', 'none', 'nobody'] as const).map(kind => <li key={kind}><span className={`app-cover app-cover-${kind}`}>{t(`dispatch.kind.${kind}`)}</span> {t(`dispatch.kindHelp.${kind}`)}</li>)}
    </ul>
  );
}
