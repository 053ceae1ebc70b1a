import type {AnswerOf, catalogLifeRoutes} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Checkbox} from 'antd';
import {useToolText} from '../texts/tools-hook.js';

type CoverageChange = NonNullable<AnswerOf<typeof catalogLifeRoutes.check>['coverage']>;

const kinds = ['one', 'partial', 'several', 'none', 'nobody'] as const;

/** What publishing does to the coverage of dispatch: every kind before and after, and the places that get worse, which must be ticked. */
export function CoverageCheck({coverage, isAccepted, onAccept}: {readonly coverage: CoverageChange; readonly isAccepted: boolean; readonly onAccept: (isAccepted: boolean) => void}) {
  const t = useToolText();
  const localize = useLocalize();
  const {before, after, gaps, overlaps, findings, total, layeredAreas} = coverage;
  const isWorse = gaps + overlaps > 0;
  return (
    <section aria-label={t('work.coverage')}>
      <h3>{t('work.coverage')}</h3>
      <p>
        {kinds.map(kind => (
          <span key={kind} className="app-tool-count">
            <span className={`app-cover app-cover-${kind}`}>{t(`dispatch.kind.${kind}`)}</span> <span className="app-number">{before[kind] === after[kind] ? after[kind] : `${before[kind]} → ${after[kind]}`}</span>
          </span>
        ))}
      </p>
      {layeredAreas > 0 ? <p className="banli-secondary">{t('work.coverageLayered', {count: layeredAreas})}</p> : null}
      {isWorse ? (
        <>
          <p role="alert"><strong>{t('work.worse', {gaps, overlaps})}</strong></p>
          <ul className="app-tool-scroll" tabIndex={0} aria-label={t('work.worse', {gaps, overlaps})}>
            {findings.map(finding => (
              <li key={`${finding.matterCode}|${finding.areaCode}|${finding.kind}`}>
                <span className={`app-cover app-cover-${finding.kind}`}>{t(`dispatch.kind.${finding.kind}`)}</span> {localize(finding.matter)} · {localize(finding.area)}
                {finding.areasBelow > 0 ? <span className="banli-secondary"> {t('dispatch.andBelow', {count: finding.areasBelow})}</span> : null}
              </li>
            ))}
          </ul>
          {total > findings.length ? <p className="banli-secondary">{t('work.worseMore', {count: total - findings.length})}</p> : null}
          <Checkbox checked={isAccepted} onChange={event => onAccept(event.target.checked)}>{t('work.accept')}</Checkbox>
        </>
      ) : <p>{t('work.notWorse')}</p>}
    </section>
  );
}
