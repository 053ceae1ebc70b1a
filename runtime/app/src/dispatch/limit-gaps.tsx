import {dispatchRoutes} from '@banli/api';
import {ErrorPanel, useJoints, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {api} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';

/** Limits that orders would ask for in vain; a line when there are none. */
export function LimitGaps() {
  const t = useToolText();
  const joints = useJoints();
  const localize = useLocalize();
  const found = useQuery({queryKey: ['limitGaps'], queryFn: () => api.call(dispatchRoutes.limitGaps, {})});
  if (found.error && !found.data) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return null;
  const {gaps, total} = found.data;
  if (total === 0) return <p className="banli-secondary">{t('dispatch.limitsCovered')}</p>;
  return (
    <section aria-label={t('dispatch.limitGaps')}>
      <p role="alert"><strong>{t('dispatch.limitGapsFound', {count: total})}</strong></p>
      <ul className="app-tool-scroll" tabIndex={0} aria-label={t('dispatch.limitGaps')}>
        {gaps.map(gap => (
          <li key={`${gap.matterCode}|${gap.urgencyCode}|${gap.kind}`}>
            {localize(gap.matter)} · {localize(gap.urgency)} · {t(`dispatch.limitKind.${gap.kind}`)}
            {gap.levels.length > 0 ? <span className="banli-secondary"> {joints.list(gap.levels.map(localize))}</span> : null}
          </li>
        ))}
      </ul>
      {total > gaps.length ? <p className="banli-secondary">{t('work.worseMore', {count: total - gaps.length})}</p> : null}
    </section>
  );
}
