import {operationRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Tooltip} from 'antd';
import {useState} from 'react';
import {Link} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api, serverClock} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {alarmKind, type Alarm} from './alarm-kind.js';
import {CloseAlarm} from './close-alarm.js';
import {RetryAlarm} from './retry-alarm.js';

/** As many as one answer holds. */
const mostShown = 200;

/** 告警: what went wrong by itself and somebody has to see to; the open ones first, then who closed which and why. */
export function AlarmsPage() {
  const t = useText();
  const canRead = useCan('operations.read');
  const loaded = useQuery({queryKey: ['alarms'], queryFn: () => api.call(operationRoutes.alarms), refetchInterval: 20_000, enabled: canRead});
  const [closing, setClosing] = useState<Alarm | null>(null);
  if (!canRead) return <EmptyState isPage title={t('alarms.forbidden')} help={t('alarms.forbiddenHelp')} />;
  const alarms = loaded.data?.alarms ?? [];
  const open = alarms.filter(alarm => alarm.closedAt === null);
  const closed = alarms.filter(alarm => alarm.closedAt !== null);
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav.alarms')}</h1>
        <span className="banli-secondary">{t('alarms.help')}</span>
      </div>
      {loaded.error ? (
        <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()}>
          {alarms.length > 0 ? <span className="banli-secondary">{t('inbox.stale')}</span> : null}
        </ErrorPanel>
      ) : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={8} /> : null}
      {loaded.data && open.length === 0 ? <EmptyState title={t('alarms.none')} help={t('alarms.noneHelp')} /> : null}
      {open.length > 0 ? <AlarmList title={t('alarms.open', {count: open.length})} alarms={open} onClose={setClosing} /> : null}
      {closed.length > 0 ? <AlarmList title={t('alarms.closed')} alarms={closed} onClose={setClosing} /> : null}
      {alarms.length >= mostShown ? <div className="app-more banli-secondary">{t('alarms.cut', {count: mostShown})}</div> : null}
      {closing ? <CloseAlarm alarm={closing} onEnd={() => setClosing(null)} /> : null}
    </div>
  );
}

function AlarmList({title, alarms, onClose}: {readonly title: string; readonly alarms: readonly Alarm[]; readonly onClose: (alarm: Alarm) => void}) {
  return (
    <section className="app-alarms">
      <h2>{title}</h2>
      <ul className="app-plain-list">
        {alarms.map(alarm => (
          <AlarmRow key={alarm.id} alarm={alarm} onClose={() => onClose(alarm)} />
        ))}
      </ul>
    </section>
  );
}

function AlarmRow({alarm, onClose}: {readonly alarm: Alarm; readonly onClose: () => void}) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const canClose = useCan('operations.alarms');
  const kind = alarmKind(alarm.kind);
  const isOpen = alarm.closedAt === null;
  const [refusal, setRefusal] = useState<Error | null>(null);
  return (
    <li className={`app-alarm${isOpen ? ' app-alarm-open' : ''}`}>
      <Tooltip title={formatFull(alarm.at)}>
        <time className="app-alarm-at">{formatMoment(alarm.at, serverClock.now(), language)}</time>
      </Tooltip>
      <Tooltip title={t(`alarms.kindHelp.${kind}`)}>
        <span className={isOpen ? 'app-urgent' : 'app-mark'} tabIndex={0}>
          {t(`alarms.kind.${kind}`)}
        </span>
      </Tooltip>
      <span className="app-alarm-case app-number">
        <CaseOfAlarm alarm={alarm} />
      </span>
      <div className="app-alarm-text">
        <div>{localize(alarm.text)}</div>
        {alarm.closedAt === null ? null : (
          <div className="banli-secondary" title={formatFull(alarm.closedAt)}>
            {t('alarms.closedBy', {name: alarm.closedByName ?? '', moment: formatMoment(alarm.closedAt, serverClock.now(), language), reason: alarm.closeReason ?? ''})}
          </div>
        )}
      </div>
      {isOpen && canClose ? (
        <div className="app-alarm-actions">
          {kind === 'incident' && alarm.caseId !== null ? <RetryAlarm alarm={alarm} onError={setRefusal} /> : null}
          <Button size="small" onClick={onClose} aria-label={t('alarms.closeTitle', {what: alarm.caseNumber ?? t('alarms.noCase')})}>
            {t('alarms.close')}
          </Button>
        </div>
      ) : null}
      {isOpen && refusal ? (
        <div className="app-alarm-refusal">
          <ErrorPanel error={refusal} />
        </div>
      ) : null}
    </li>
  );
}

/** The case's number, a link for whoever may read cases; an alarm of no case concerns the whole installation. */
function CaseOfAlarm({alarm}: {readonly alarm: Alarm}) {
  const t = useText();
  const canRead = useCan('cases.read');
  if (alarm.caseId === null) return <span className="banli-secondary">{t('alarms.noCase')}</span>;
  const number = alarm.caseNumber ?? t('alarms.noNumber');
  return canRead ? <Link to={`/cases/${alarm.caseId}`}>{number}</Link> : <span>{number}</span>;
}
