import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {useEffect} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {ProblemList} from './problem-list.js';
import {useCatalogForm} from './use-catalog-form.js';

/** The conflict report before a row goes out of use: who still names it, or stands on it. Where anybody does, it cannot go. */
export function LeavingReport({catalogId, row, onKnown}: {readonly catalogId: string; readonly row: {readonly table: string; readonly op: 'offShelf' | 'void'; readonly key: string}; readonly onKnown: (isHeld: boolean) => void}) {
  const t = useCatalogText();
  const form = useCatalogForm(catalogId).data;
  const report = useQuery({queryKey: ['catalogPreview', catalogId, row], staleTime: 0, queryFn: () => api.call(catalogLifeRoutes.preview, {params: {catalogId}, body: {rows: [row]}})});
  const problems = report.data?.problems ?? [];
  const isHeld = problems.some(problem => problem.severity !== 'warning');
  useEffect(() => onKnown(isHeld), [isHeld, onKnown]);
  return (
    <section className="app-catalog-part" aria-label={t('edit.report')} aria-live="polite">
      <h3>{t('edit.report')}</h3>
      {report.error ? <ErrorPanel error={report.error} onRetry={() => void report.refetch()} /> : null}
      {report.isPending && !report.error ? <Skeleton rows={2} /> : null}
      {report.data && problems.length === 0 ? <p>{t('edit.reportFree')}</p> : null}
      {isHeld ? <p>{t('edit.reportHeld')}</p> : null}
      {problems.length > 0 ? <ProblemList problems={problems} form={form} /> : null}
    </section>
  );
}
