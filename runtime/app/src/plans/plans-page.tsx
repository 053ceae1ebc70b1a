import {limitRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button} from 'antd';
import {useSearchParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api, serverClock} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useToolText} from '../texts/tools-hook.js';
import {PlanDrawer} from './plan-drawer.js';
import {isBusy} from './plan.js';

const busyMs = 1_500;
const quietMs = 15_000;

/** 时限重算: what published calendars and limits would change in open cases. */
export function PlansPage() {
  const t = useToolText();
  const language = useLanguage();
  const canSee = useCan('catalogs.publish');
  const [search, setSearch] = useSearchParams();
  const loaded = useQuery({queryKey: ['clockPlans'], queryFn: () => api.call(limitRoutes.plans), enabled: canSee, refetchInterval: query => (query.state.data?.plans.some(isBusy) ? busyMs : quietMs)});
  if (!canSee) return <EmptyState isPage title={t('plans.forbidden')} help={t('plans.forbiddenHelp')} />;
  const plans = loaded.data?.plans ?? [];
  const opened = plans.find(plan => plan.id === search.get('plan'));
  const open = (id: string | null) => setSearch(id === null ? {} : {plan: id}, {replace: true});
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('plans.nav')}</h1>
        <span className="banli-secondary">{t('plans.help')}</span>
      </div>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={6} /> : null}
      {loaded.data && plans.length === 0 ? <EmptyState title={t('plans.none')} help={t('plans.noneHelp')} /> : null}
      {plans.length > 0 ? (
        <table className="app-rows app-catalogs">
          <thead>
            <tr>
              <th className="app-catalog-col-title">{t('plans.catalog')}</th>
              <th className="app-tool-col-mark">{t('plans.status')}</th>
              <th className="app-tool-col-count">{t('plans.moves')}</th>
              <th className="app-tool-col-count">{t('plans.kept')}</th>
              <th className="app-catalog-col-date">{t('plans.madeAt')}</th>
            </tr>
          </thead>
          <tbody>
            {plans.map(plan => (
              <tr key={plan.id} className="app-row" onClick={() => open(plan.id)}>
                <td className="app-catalog-col-title">
                  <Button type="link" className="app-catalog-open" onClick={() => open(plan.id)}>
                    <span className="banli-one-line">{t(`plans.${plan.catalogId}`)} {plan.version}</span>
                    {plan.attempt > 1 ? <span className="banli-secondary">{t('plans.attempt', {count: plan.attempt})}</span> : null}
                  </Button>
                </td>
                <td className="app-tool-col-mark"><span className={plan.status === 'open' ? 'app-mark app-mark-pending' : 'app-mark'}>{t(`plans.${plan.status}`)}</span></td>
                <td className="app-tool-col-count app-number"><span className="app-tool-label">{t('plans.moves')} </span>{plan.listed}</td>
                <td className="app-tool-col-count app-number"><span className="app-tool-label">{t('plans.kept')} </span>{plan.kept}</td>
                <td className="app-catalog-col-date" title={formatFull(plan.madeAt)}>{formatMoment(plan.madeAt, serverClock.now(), language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {opened ? <PlanDrawer plan={opened} isNewest={plans.find(plan => plan.catalogId === opened.catalogId)?.id === opened.id} onOpen={open} /> : null}
    </div>
  );
}
