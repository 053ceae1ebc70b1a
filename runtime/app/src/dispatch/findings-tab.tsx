import {dispatchRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useInfiniteQuery} from '@tanstack/react-query';
import {Button, Select} from 'antd';
import {useState} from 'react';
import {ProblemList} from '../catalogs/problem-list.js';
import {useCatalogForm, type TableForm} from '../catalogs/use-catalog-form.js';
import {LoadMore} from '../frame/load-more.js';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import {DutyConflicts} from './duty-conflicts.js';
import {LimitGaps} from './limit-gaps.js';
import {LayerMark} from './layer-mark.js';
import {PlaceDrawer, type Place} from './place-drawer.js';
import {useUnitNames} from '../frame/use-unit-name.js';

const kinds = ['partial', 'several', 'none', 'nobody'] as const;
const pageSize = 100;

/** Gaps and overlaps of every leaf in every area, counted and listed where they begin. */
export function FindingsTab({draft, table}: {readonly draft: {readonly changeId?: string}; readonly table: TableForm | undefined}) {
  const unitNames = useUnitNames();
  const t = useToolText();
  const localize = useLocalize();
  const [kind, setKind] = useState<(typeof kinds)[number] | ''>('');
  const matters = useCatalogForm('matters').data;
  const [opened, setOpened] = useState<Place | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['coverage', draft, kind],
    queryFn: ({pageParam}: {pageParam: number}) => api.call(dispatchRoutes.coverage, {query: {...draft, ...(kind === '' ? {} : {kind}), offset: pageParam, limit: pageSize}}),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * pageSize < last.total ? all.length * pageSize : undefined),
  });
  const first = pages.data?.pages[0];
  const findings = pages.data?.pages.flatMap(page => page.findings) ?? [];
  return (
    <div className="app-catalog-tab">
      {first ? (
        <p>
          {t('dispatch.counted', {matters: first.matters, areas: first.areas, version: first.version})}{' '}
          {(['one', ...kinds] as const).map(each => <span key={each} className="app-tool-count"><span className={`app-cover app-cover-${each}`}>{t(`dispatch.kind.${each}`)}</span> <span className="app-number">{first.counts[each]}</span></span>)}
        </p>
      ) : null}
      <LimitGaps />
      {first ? <DutyConflicts duties={first.duties} /> : null}
      <div className="app-chips">
        <Select className="app-catalog-filter" aria-label={t('dispatch.findings')} value={kind} onChange={setKind} options={[{value: '' as const, label: t('dispatch.anyKind')}, ...kinds.map(value => ({value, label: t(`dispatch.kind.${value}`)}))]} />
      </div>
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {first && first.handling.length > 0 ? <section aria-label={t('dispatch.handling')}><strong>{t('dispatch.handling')}</strong><ProblemList problems={first.handling} form={matters} /></section> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={8} /> : null}
      {pages.data && findings.length === 0 ? <EmptyState title={t('dispatch.noFindings')} /> : null}
      {findings.length > 0 ? (
        <table className="app-rows app-catalogs">
          <thead>
            <tr>
              <th className="app-tool-col-mark">{t('dispatch.finding')}</th>
              <th className="app-catalog-col-title">{t('dispatch.matter')}</th>
              <th>{t('dispatch.area')}</th>
              <th>{t('dispatch.units')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(finding => (
              <tr key={`${finding.kind}|${finding.matterCode}|${finding.areaCode}`} className="app-row" onClick={() => setOpened(finding)}>
                <td className="app-tool-col-mark"><span className={`app-cover app-cover-${finding.kind}`}>{t(`dispatch.kind.${finding.kind}`)}</span></td>
                <td className="app-catalog-col-title">
                  <Button type="link" className="app-catalog-open" onClick={() => setOpened(finding)}><span className="banli-one-line">{localize(finding.matter)}</span><span className="banli-secondary app-number">{finding.matterCode}</span></Button>
                </td>
                <td title={`${localize(finding.area)}${finding.areasBelow > 0 ? ` ${t('dispatch.andBelow', {count: finding.areasBelow})}` : ''}`}>{localize(finding.area)}{finding.areasBelow > 0 ? <span className="banli-secondary"> {t('dispatch.andBelow', {count: finding.areasBelow})}</span> : null} <LayerMark layer={finding.layer} /></td>
                <td title={unitNames(finding.units)}><span className="banli-one-line">{unitNames(finding.units)}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <LoadMore pages={pages} words={t('plans.more')} />
      {opened ? <PlaceDrawer place={opened} table={table} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}
