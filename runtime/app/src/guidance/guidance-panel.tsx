import {caseRoutes, catalogRoutes, type GuidanceJson} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {keepPreviousData, useQuery, type UseQueryResult} from '@tanstack/react-query';
import type {ReactNode} from 'react';
import {Pair} from '../frame/pair.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {api} from '../http/api.js';
import {useGuidanceText} from '../texts/guidance-hook.js';
import {MaterialList} from './material-list.js';
import {Origin} from './origin.js';

type Item = GuidanceJson['items'][number];

/** What the lists say to those who have a case. @param stamp - Asks again when the case has moved. */
export function CaseGuidance({caseId, stamp}: {readonly caseId: string; readonly stamp: number}) {
  const found = useQuery({queryKey: ['caseGuidance', caseId, stamp], queryFn: () => api.call(caseRoutes.guidance, {params: {caseId}}), placeholderData: keepPreviousData, staleTime: 60_000});
  return <GuidancePart found={found} />;
}

/** What the lists say about a matter in an area, while one types; nothing before both are chosen. */
export function MatterGuidance({matter, area}: {readonly matter: string; readonly area: string}) {
  const waits = matter === '' || area === '';
  const found = useQuery({queryKey: ['guidance', matter, area], queryFn: () => api.call(catalogRoutes.guidance, {query: {matter, area}}), enabled: !waits, placeholderData: keepPreviousData, staleTime: 60_000});
  return waits ? null : <GuidancePart found={found} />;
}

function GuidancePart({found}: {readonly found: UseQueryResult<GuidanceJson>}) {
  if (found.data) return <Part><GuidanceView guidance={found.data} /></Part>;
  return <Part>{found.error ? <ErrorPanel error={found.error} onRetry={() => void found.refetch()} /> : <Skeleton rows={3} />}</Part>;
}

function Part({children}: {readonly children: ReactNode}) {
  const t = useGuidanceText();
  return (
    <section className="app-rail-part app-guidance">
      <h2>{t('title')}</h2>
      {children}
    </section>
  );
}

function GuidanceView({guidance: {items, duties, rights, standards}}: {readonly guidance: GuidanceJson}) {
  const t = useGuidanceText();
  const localize = useLocalize();
  const unitName = useUnitName();
  if (items.length + duties.length + rights.length + standards.length === 0) return <p className="banli-secondary">{t('none')}</p>;
  return (
    <>
      {items.map((item, at) => (
        <details key={item.row} open={at === 0}>
          <summary>{localize(item.title)}</summary>
          <ItemView item={item} />
        </details>
      ))}
      {duties.length > 0 ? (
        <details>
          <summary>{t('duties', {count: duties.length})}</summary>
          <dl>
            {duties.map(duty => (
              <Pair key={duty.row} title={`${unitName(duty.unitName)} · ${localize(duty.title)}`} value={duty.boundary} more={[duty.basis, <Origin key="origin" list="duties.list" {...duty} />]} />
            ))}
          </dl>
        </details>
      ) : null}
      {rights.length > 0 ? (
        <details>
          <summary>{t('rights', {count: rights.length})}</summary>
          <dl>
            {rights.map(right => (
              <Pair key={right.row} title={`${unitName(right.unitName)} · ${localize(right.kind)}`} value={localize(right.title)} more={[right.basis, <Origin key="origin" list="rights.list" {...right} />]} />
            ))}
          </dl>
        </details>
      ) : null}
      <Standards standards={standards} />
    </>
  );
}

/** 单位权责标准 of the units that have the case or a part in it: what they rest on. */
function Standards({standards}: Pick<GuidanceJson, 'standards'>) {
  const t = useGuidanceText();
  const localize = useLocalize();
  const unitName = useUnitName();
  if (standards.length === 0) return null;
  return (
    <details>
      <summary>{t('standards', {count: standards.length})}</summary>
      <dl>
        {standards.map(standard => (
          <Pair key={standard.row} title={unitName(standard.unitName)} value={localize(standard.title)} more={[standard.basis, standard.remark, <Origin key="origin" list="standards.list" {...standard} />]} />
        ))}
      </dl>
    </details>
  );
}

function ItemView({item}: {readonly item: Item}) {
  const t = useGuidanceText();
  const localize = useLocalize();
  const unitName = useUnitName();
  const parts = item.parts.flatMap(({unitName: unit, title, role, duty, rules, materials, flow}) => [
    ...(title === null ? [] : [{title: t('implementation'), value: localize(title)}]),
    {title: t(role), value: t('ofUnit', {unit: unitName(unit), duty: localize(duty)})},
    ...(rules === null ? [] : [{title: t('rules'), value: rules}]),
    ...(materials === null ? [] : [{title: t('materials'), value: materials}]),
    ...(flow === null ? [] : [{title: t('flow'), value: flow}]),
  ]);
  return (
    <>
      <dl className="app-pairs">
        <Pair title={t('acceptance')} value={item.acceptance} />
        {item.materialsNote === null ? null : <Pair title={t(item.materials.length === 0 ? 'materials' : 'materials.note')} value={item.materialsNote} />}
        <Pair title={t('standard')} value={item.closingStandard} />
        {item.closingBasis === null ? null : <Pair title={t('basis')} value={item.closingBasis} />}
        <Pair title={t('publicLimit')} value={localize(item.limit)} />
        <Pair title={t('unit')} value={unitName(item.unitName)} />
        {parts.map((part, at) => (
          <Pair key={at} {...part} />
        ))}
      </dl>
      <MaterialList materials={item.materials} />
      <Origin list="items.list" {...item} />
    </>
  );
}
