import {catalogLifeRoutes} from '@banli/api';
import {EmptyState, useJoints} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Select, Tabs} from 'antd';
import {useSearchParams} from 'react-router-dom';
import {useCatalogForm} from '../catalogs/use-catalog-form.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {FindingsTab} from './findings-tab.js';
import {MapTab} from './map-tab.js';
import {RedispatchTab} from './redispatch-tab.js';
import {ruleCatalog} from './rule-address.js';
import {SuggestionsTab} from './suggestions-tab.js';

/** 派单规则检查: who leads where, gaps and overlaps, past cases under a draft, what returns say. The address holds tab and draft. */
export function DispatchPage() {
  const t = useToolText();
  const joints = useJoints();
  const catalogText = useCatalogText();
  const canRead = useCan('catalogs.read');
  const canPublish = useCan('catalogs.publish');
  const [search, setSearch] = useSearchParams();
  const form = useCatalogForm(ruleCatalog, canRead);
  const sets = useQuery({queryKey: ['catalogChanges', ruleCatalog, 'open'], queryFn: () => api.call(catalogLifeRoutes.changes, {params: {catalogId: ruleCatalog}, query: {limit: 50}}), enabled: canRead});
  if (!canRead) return <EmptyState isPage title={t('dispatch.forbidden')} help={t('dispatch.forbiddenHelp')} />;
  const open = (sets.data?.changes ?? []).filter(change => !['published', 'revoked', 'withdrawn'].includes(change.state));
  const chosen = search.get('draft') ?? '';
  const put = (more: Readonly<Record<string, string>>) => setSearch({...Object.fromEntries(search), ...more}, {replace: true});
  const draft = chosen === '' ? {} : {changeId: chosen};
  const table = form.data?.tables[0];
  const tabs = [
    {key: 'map', label: t('dispatch.map'), children: <MapTab draft={draft} table={table} />},
    {key: 'findings', label: t('dispatch.findings'), children: <FindingsTab draft={draft} table={table} />},
    ...(canPublish ? [
      {key: 'redispatch', label: t('dispatch.redispatch'), children: <RedispatchTab draft={draft} />},
      {key: 'suggestions', label: t('dispatch.suggestions'), children: <SuggestionsTab />},
    ] : []),
  ];
  // An address may name a tab that this post does not have.
  const asked = tabs.find(tab => tab.key === search.get('tab')) ?? tabs[0];
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('dispatch.nav')}</h1>
        <Select className="app-tool-draft" aria-label={t('dispatch.against')} value={chosen} onChange={value => put({draft: value})} options={[{value: '', label: t('dispatch.current')}, ...open.map(change => ({value: change.id, label: joints.aside(change.title, catalogText(`state.${change.state}`))}))]} />
        <span className="banli-secondary">{t('dispatch.help')}</span>
      </div>
      <Tabs
        className="app-catalog-tabs"
        activeKey={asked?.key ?? ''}
        onChange={tab => put({tab})}
        destroyOnHidden
        items={tabs}
      />
    </div>
  );
}
