import {EmptyState} from '@banli/ui';
import {Tabs} from 'antd';
import {Link, useSearchParams} from 'react-router-dom';
import {useCan} from '../session/session-context.js';
import {useAutomaticText} from '../texts/automatic-hook.js';
import {HistoryTab} from './history-tab.js';
import {SwitchesTab} from './switches-tab.js';

/** 自动派单: whether it is on and who switched it, and what became of orders that were dispatched; the address holds the tab. */
export function AutomaticDispatchPage() {
  const t = useAutomaticText();
  const canRead = useCan('dispatch.read');
  const canReadRules = useCan('catalogs.read');
  const [search, setSearch] = useSearchParams();
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const tabs = [{key: 'state', label: t('state'), children: <SwitchesTab />}, {key: 'history', label: t('history'), children: <HistoryTab />}];
  const asked = tabs.find(tab => tab.key === search.get('tab')) ?? tabs[0];
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav')}</h1>
        <span className="app-top-space" />
        {canReadRules ? <Link to="/catalogs/dispatch-rules">{t('rules')}</Link> : null}
      </div>
      <p className="banli-secondary app-dispatch-help">{t('help')}</p>
      <Tabs className="app-catalog-tabs" activeKey={asked?.key ?? ''} onChange={tab => setSearch({tab}, {replace: true})} destroyOnHidden items={tabs} />
    </div>
  );
}
