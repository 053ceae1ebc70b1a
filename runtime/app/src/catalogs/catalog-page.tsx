import {catalogRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Tabs} from 'antd';
import {Link, useParams, useSearchParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCalendarText} from '../texts/calendar-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {FollowButton} from '../subscriptions/follow-button.js';
import {useFieldText} from '../texts/fields-hook.js';
import {useMakingText} from '../texts/making-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {CalendarTab} from './calendar/calendar-tab.js';
import {isCalendar} from './calendar/year-days.js';
import {boardOf} from './board-rules.js';
import {BoardTab} from './board-tab.js';
import {ChangesTab} from './changes-tab.js';
import {FieldsTab} from './fields-tab.js';
import {GraphTab} from './graph-tab.js';
import {RowsTab} from './rows-tab.js';
import {useCatalogForm} from './use-catalog-form.js';
import {VersionsTab} from './versions-tab.js';

/** One catalog: its rows with what is proposed, its change sets, its versions. The address holds the tab. */
export function CatalogPage() {
  const t = useCatalogText();
  const localize = useLocalize();
  const canRead = useCan('catalogs.read');
  const toolText = useToolText();
  const calendarText = useCalendarText();
  const fieldText = useFieldText();
  const making = useMakingText();
  const {catalogId = ''} = useParams();
  const [search, setSearch] = useSearchParams();
  const loaded = useQuery({queryKey: ['catalogs'], queryFn: () => api.call(catalogRoutes.list), enabled: canRead});
  const form = useCatalogForm(catalogId, canRead);
  const board = form.data ? boardOf(form.data) : null;
  const canEdit = form.data?.edits === 'all';
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const failure = loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null;
  if (!loaded.data || (form.isPending && !form.error)) return failure ? <div className="app-inbox">{failure}</div> : <PageSkeleton rows={8} />;
  const catalog = loaded.data.catalogs.find(each => each.id === catalogId);
  const isUnborn = form.data?.version === '';
  const title = catalog?.title ?? form.data?.title;
  if (!title) return <EmptyState isPage title={t('findNone', {words: catalogId})}><Link to="/catalogs">{t('back')}</Link></EmptyState>;
  const asked = search.get('tab') ?? '';
  const tabs = [
    ...(form.data && isCalendar(form.data) ? [{key: 'year', label: calendarText('tab'), children: <CalendarTab form={form.data} />}] : []),
    {key: 'rows', label: t('tab.rows'), children: form.data ? <RowsTab form={form.data} /> : form.error ? <ErrorPanel error={form.error} onRetry={() => void form.refetch()} /> : <Skeleton rows={8} />},
    ...(board && form.data && canEdit && !isUnborn ? [{key: 'board', label: toolText('board.tab'), children: <BoardTab form={form.data} board={board} />}] : []),
    ...(form.data && !isUnborn ? [{key: 'graph', label: toolText('graph.tab'), children: <GraphTab form={form.data} />}] : []),
    ...(form.data && canEdit ? [{key: 'fields', label: fieldText('tab'), children: <FieldsTab form={form.data} />}] : []),
    {key: 'changes', label: t('tab.changes'), children: <ChangesTab catalogId={catalogId} isUnborn={isUnborn} />},
    ...(isUnborn ? [] : [{key: 'versions', label: t('tab.versions'), children: <VersionsTab catalogId={catalogId} />}]),
  ];
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <Link to="/catalogs">{t('back')}</Link>
        <h1>{localize(title)}</h1>
        {isUnborn ? <span className="app-mark">{making('notYet')}</span> : null}
        <span className="banli-secondary">{catalog ? t('since', {version: catalog.version, date: catalog.effectiveFrom, rows: catalog.rows}) : making(isUnborn ? 'notYetHelp' : 'waits')}</span>
        {isUnborn ? null : <FollowButton catalogId={catalogId} />}
      </div>
      {failure}
      <Tabs
        className="app-catalog-tabs"
        activeKey={tabs.find(tab => tab.key === asked)?.key ?? tabs[0]?.key ?? 'rows'}
        onChange={tab => setSearch({tab}, {replace: true})}
        destroyOnHidden
        items={tabs}
      />
    </div>
  );
}
