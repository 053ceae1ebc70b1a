import {automaticDispatchRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button} from 'antd';
import {useState} from 'react';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {api, serverClock} from '../http/api.js';
import {useAutomaticText} from '../texts/automatic-hook.js';
import {SwitchDialog} from './switch-dialog.js';

type State = AnswerOf<typeof automaticDispatchRoutes.state>;

/** A unit with its switch, as the server tells it. */
export type UnitSwitch = State['units'][number];

/** How every unit within reach stands, and the switches that led there. */
export function SwitchesTab() {
  const t = useAutomaticText();
  const loaded = useQuery({queryKey: ['automaticDispatch'], queryFn: () => api.call(automaticDispatchRoutes.state), refetchInterval: 20_000});
  const [throwing, setThrowing] = useState<UnitSwitch | null>(null);
  const units = loaded.data?.units ?? [];
  return (
    <div className="app-catalog-tab">
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={6} /> : null}
      {loaded.data && units.length === 0 ? <EmptyState title={t('none')} help={t('noneHelp')} /> : null}
      <ul className="app-plain-list app-dispatch-units">
        {units.map(each => <UnitRow key={each.unit.id} each={each} onThrow={() => setThrowing(each)} />)}
      </ul>
      {loaded.data && units.length > 0 ? <SwitchLog log={loaded.data.log} /> : null}
      {throwing ? <SwitchDialog each={throwing} onEnd={() => setThrowing(null)} /> : null}
    </div>
  );
}

function UnitRow({each, onThrow}: {readonly each: UnitSwitch; readonly onThrow: () => void}) {
  const t = useAutomaticText();
  const unitName = useUnitName();
  const language = useLanguage();
  const {unit, on, inForce, since, stoppedBy, maySwitch, sentToday, leftToday} = each;
  const state = inForce ? 'on' : on && stoppedBy ? 'stopped' : since === null ? 'never' : 'off';
  return (
    <li className="app-dispatch-unit">
      <div className="app-dispatch-unit-name">
        <strong>{unitName(unit.name)}</strong> <span className={`app-mark app-dispatch-is-${state}`}>{t(state)}</span>
        {since === null ? null : <span className="banli-secondary" title={formatFull(since)}>{t('since', {at: formatMoment(since, serverClock.now(), language)})}</span>}
      </div>
      <div className="app-dispatch-unit-today">{t('today', {sent: sentToday, left: leftToday})}</div>
      {stoppedBy ? <div className="app-dispatch-unit-stopped">{t('stoppedBy', {unit: unitName(stoppedBy.name)})}</div> : null}
      {maySwitch ? <Button className="app-dispatch-unit-switch" danger={on} type={on ? 'primary' : 'default'} onClick={onThrow} aria-label={t(on ? 'stopTitle' : 'startTitle', {unit: unitName(unit.name)})}>{t(on ? 'stop' : 'start')}</Button> : null}
    </li>
  );
}

/** Who switched what, when and why, the newest first. */
function SwitchLog({log}: {readonly log: State['log']}) {
  const t = useAutomaticText();
  const unitName = useUnitName();
  const language = useLanguage();
  return (
    <section className="app-dispatch-section">
      <h2>{t('log')}</h2>
      {log.length === 0 ? <p className="banli-secondary app-dispatch-help">{t('logNone')}</p> : null}
      <ul className="app-plain-list">
        {log.map(({id, unit, on, reason, personName, at}) => (
          <li key={id} className="app-dispatch-log">
            <time title={formatFull(at)}>{formatMoment(at, serverClock.now(), language)}</time>
            <span className={`app-mark app-dispatch-is-${on ? 'on' : 'off'}`}>{t(on ? 'logOn' : 'logOff')}</span>
            <span>{unitName(unit.name)}</span>
            <span className="app-dispatch-log-reason">{t('logBy', {name: personName, reason})}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
