import {caseRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, Skeleton, useLanguage, useLocalize} from '@banli/ui';
import {serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {useTimeline} from './case-data.js';
import {FieldPairs} from './field-pairs.js';

type Line = AnswerOf<typeof caseRoutes.timeline>['lines'][number];

/** What happened, newest first: who, where, when, and what was written. */
export function TimelineTab({caseId, isShown}: {readonly caseId: string; readonly isShown: boolean}) {
  const t = useText();
  const timeline = useTimeline(caseId, isShown);
  if (timeline.isPending) return <Skeleton rows={6} />;
  const lines = [...(timeline.data?.lines ?? [])].reverse();
  return (
    <>
      {timeline.error ? <ErrorPanel error={timeline.error} onRetry={() => void timeline.refetch()} /> : null}
      {timeline.data && lines.length === 0 ? <EmptyState title={t('timeline.none')} /> : null}
      <ol className="app-timeline">
        {lines.map(line => (
          <TimelineLine key={line.id} line={line} />
        ))}
      </ol>
    </>
  );
}

function TimelineLine({line}: {readonly line: Line}) {
  const unitName = useUnitName();
  const localize = useLocalize();
  const language = useLanguage();
  const who = [line.actorName, unitName(line.unitName)].filter(Boolean).join(' · ');
  return (
    <li className={`app-event app-event-${line.kind.split('.')[0] ?? ''}`}>
      <time className="app-event-at" dateTime={new Date(line.at).toISOString()} title={formatFull(line.at)}>
        {formatMoment(line.at, serverClock.now(), language)}
      </time>
      <div className="app-event-body">
        <div>
          <span className="app-event-text">{localize(line.text)}</span> <span className="banli-secondary">{who}</span>
        </div>
        <FieldPairs fields={line.fields} />
      </div>
    </li>
  );
}
