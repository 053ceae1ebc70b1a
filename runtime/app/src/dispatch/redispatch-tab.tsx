import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Link} from 'react-router-dom';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import {useUnitNames} from '../frame/use-unit-name.js';

type Changed = AnswerOf<typeof dispatchRoutes.redispatch>['changed'][number];

/** Past cases by the rules that hold and by a draft: those whose unit would be another. Nothing is dispatched. */
export function RedispatchTab({draft}: {readonly draft: {readonly changeId?: string}}) {
  const t = useToolText();
  const report = useQuery({queryKey: ['redispatch', draft], enabled: draft.changeId !== undefined, queryFn: () => api.call(dispatchRoutes.redispatch, {body: draft})});
  if (draft.changeId === undefined) return <EmptyState title={t('dispatch.chooseDraft')} help={t('dispatch.chooseDraftHelp')} />;
  return (
    <div className="app-catalog-tab">
      {report.error ? <ErrorPanel error={report.error} onRetry={() => void report.refetch()} /> : null}
      {report.isPending && !report.error ? <Skeleton rows={6} /> : null}
      {report.data ? <p>{t('dispatch.tried', {orders: report.data.orders, total: report.data.total, unknown: report.data.unknown})}{report.data.layered > 0 ? ` ${t('dispatch.layered', {count: report.data.layered})}` : ''}</p> : null}
      {report.data && report.data.total === 0 ? <EmptyState title={t('dispatch.sameUnits')} /> : null}
      {report.data && report.data.changed.length > 0 ? <ChangedTable changed={report.data.changed} /> : null}
      {report.data && report.data.total > report.data.changed.length ? <p className="banli-secondary">{t('dispatch.firstOnly', {count: report.data.changed.length})}</p> : null}
    </div>
  );
}

function ChangedTable({changed}: {readonly changed: readonly Changed[]}) {
  const unitNames = useUnitNames();
  const t = useToolText();
  const localize = useLocalize();
  const names = (lead: Changed['before']) => (lead.units.length === 0 ? t('dispatch.noUnits') : unitNames(lead.units));
  return (
    <table className="app-rows app-catalogs">
      <thead>
        <tr>
          <th className="app-catalog-col-title">{t('plans.case')}</th>
          <th>{t('dispatch.place')}</th>
          <th>{t('dispatch.had')}</th>
          <th>{t('dispatch.before')}</th>
          <th>{t('dispatch.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changed.map(order => (
          <tr key={order.caseId} className="app-row">
            <td className="app-catalog-col-title"><Link className="app-number" to={`/cases/${order.caseId}`}>{order.number}</Link></td>
            <td className="app-tool-wrap">{localize(order.matter)} · {localize(order.area)}</td>
            <td className="app-tool-wrap"><span className="app-tool-label">{t('dispatch.had')} </span>{order.had?.name ?? t('dispatch.noUnits')}</td>
            <td className="app-tool-wrap"><span className="app-tool-label">{t('dispatch.before')} </span>{names(order.before)}</td>
            <td className="app-tool-wrap" title={localize(order.after.reason)}><span className="app-tool-label">{t('dispatch.after')} </span><strong>{names(order.after)}</strong></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
