import {FileTextOutlined} from '@ant-design/icons';
import {buildPath, caseRoutes, type CaseViewJson, type ClockJson} from '@banli/api';
import {DueState, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {Button} from 'antd';
import type {ReactNode} from 'react';
import {serverClock} from '../http/api.js';
import {CaseMessages} from './case-messages.js';
import {useText} from '../texts/hook.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {CaseGuidance} from '../guidance/guidance-panel.js';
import {matterWords} from './head-words.js';
import {StrandList, strandsByTitle} from './strand-list.js';

/** The right rail: clocks, why it was dispatched there, parties, what the lists say about working on it, papers. */
export function CaseRail({view, onExplain}: {readonly view: CaseViewJson; readonly onExplain: (clockId: string) => void}) {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const clocks = runningFirst(view.clocks.filter(clock => clock.status !== 'dropped'));
  const address = (documentId: string) => buildPath(caseRoutes.document.path, {caseId: view.head.id, documentId});
  return (
    <aside className="app-rail" aria-label={t('rail.label')}>
      <div className="app-rail-stick">
      {clocks.length > 0 ? (
        <RailPart title={t('rail.clocks')}>
          {clocks.map(clock => (
            <ClockLine key={clock.id} clock={clock} caseRound={view.head.round} hasTwin={hasTwin(clock, clocks)} onExplain={() => onExplain(clock.id)} />
          ))}
        </RailPart>
      ) : null}
      {strandsByTitle(view.strands).map(([title, strands]) => (
        <RailPart key={title['zh-CN']} title={localize(title)}>
          <StrandList strands={strands} />
        </RailPart>
      ))}
      {view.dispatchReason ? (
        <RailPart title={t('rail.reason')}>
          <p className="banli-read">{localize(view.dispatchReason)}</p>
        </RailPart>
      ) : null}
      {view.parties.length > 0 ? (
        <RailPart title={t('rail.parties')}>
          <dl className="app-pairs">
            {view.parties.map((party, index) => (
              <div key={`${party.unitName} ${index}`}>
                <dt>{localize(party.role)}</dt>
                <dd>
                  {unitName(party.unitName)}
                  {party.personName ? <> · <span className="app-unbroken">{party.personName}</span></> : null}
                </dd>
              </div>
            ))}
          </dl>
        </RailPart>
      ) : null}
      <CaseGuidance caseId={view.head.id} stamp={view.stamp} />
      {view.documents.length > 0 ? (
        <RailPart title={t('rail.documents')}>
          <ul className="app-plain-list">
            {view.documents.map(document => (
              <li key={document.id}>
                <a href={address(document.id)} target="_blank" rel="noreferrer" className="app-document">
                  <FileTextOutlined aria-hidden /> {localize(document.title)}
                </a>{' '}
                <span className="banli-secondary">{formatMoment(document.createdAt, serverClock.now(), language)}</span>
              </li>
            ))}
          </ul>
          <p className="banli-secondary">{t('rail.print')}</p>
        </RailPart>
      ) : null}
      <CaseMessages caseId={view.head.id} stamp={view.stamp} />
      <RailPart title={t('rail.case')}>
        <dl className="app-pairs">
          <Pair title={t('column.matter')} value={localize(matterWords(view.head)) || null} />
          <Pair title={t('rail.acceptedAt')} value={formatFull(view.head.acceptedAt)} />
          <Pair title={t('rail.lead')} value={view.parties.some(party => party.unitName === view.head.leadUnitName) ? null : unitName(view.head.leadUnitName) || null} />
        </dl>
      </RailPart>
      </div>
    </aside>
  );
}

/** What still counts stands first, the newest round before those before it; what has ended follows. */
function runningFirst(clocks: readonly ClockJson[]): readonly ClockJson[] {
  const rank = (clock: ClockJson) => (clock.status === 'stopped' ? 1 : 0);
  return [...clocks].sort((one, other) => rank(one) - rank(other) || other.round - one.round);
}

function RailPart({title, children}: {readonly title: string; readonly children: ReactNode}) {
  return (
    <section className="app-rail-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Pair({title, value}: {readonly title: string; readonly value: string | null}) {
  if (!value) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** An overdue clock that lapsed at the due moment standing above it has said so already. */
function saysSo(clock: ClockJson): boolean {
  return clock.dueState === 'overdue' && clock.breachedAt === clock.dueAt && !clock.breachCorrected;
}

/** Another clock of the round is called alike, as after 下派: only when each began tells them apart. */
function hasTwin(clock: ClockJson, clocks: readonly ClockJson[]): boolean {
  return clocks.some(other => other.id !== clock.id && other.clock === clock.clock && other.round === clock.round && other.strand === clock.strand);
}

interface ClockLineProps {
  readonly clock: ClockJson;
  readonly caseRound: number;
  readonly hasTwin: boolean;
  readonly onExplain: () => void;
}

function ClockLine({clock, caseRound, hasTwin: isTwin, onExplain}: ClockLineProps) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  return (
    <div className="app-clock">
      <div className="app-clock-head">
        <span>
          {localize(clock.title)}
          {caseRound > 1 && clock.round < caseRound ? <span className="banli-secondary"> {t('rail.round', {round: clock.round})}</span> : null}
          {isTwin ? <span className="banli-secondary"> {t('rail.from', {moment: formatMoment(clock.startedAt, serverClock.now(), language)})}</span> : null}
        </span>
        <Button type="link" size="small" onClick={onExplain} aria-label={t('case.explain', {clock: localize(clock.title)})}>
          {t('rail.why')}
        </Button>
      </div>
      <DueState clock={clock} />
      {clock.dueAt === null ? null : <div className="banli-secondary">{t('rail.due', {moment: formatFull(clock.dueAt)})}</div>}
      {clock.breachedAt === null || saysSo(clock) ? null : (
        <div className="banli-secondary">{t(clock.breachCorrected ? 'rail.breachedCorrected' : 'rail.breached', {moment: formatFull(clock.breachedAt)})}</div>
      )}
    </div>
  );
}
