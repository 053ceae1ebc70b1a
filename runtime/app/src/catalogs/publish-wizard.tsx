import {catalogLifeRoutes} from '@banli/api';
import {isDate} from '@banli/time';
import {DateField, ErrorPanel, Skeleton, useJoints} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Checkbox, Drawer, Input, Steps} from 'antd';
import {useState} from 'react';
import {Link} from 'react-router-dom';
import {api, serverClock} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import type {OpenedChange} from './opened-change.js';
import {CoverageCheck} from './coverage-check.js';
import {DiffView} from './diff-view.js';
import {ProblemList} from './problem-list.js';
import {askedOf, type PublishCheck} from './publish-asked.js';
import {useCatalogForm, type CatalogForm} from './use-catalog-form.js';

const day = (moment: number): string => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);
/** The catalog whose rules can be tried before they are published. */
const triedCatalog = 'responsibility';

/** Publishing in four steps: checks, what changes, from which day, confirmation. */
export function PublishWizard({opened, error, isPending, onPublish, onClose}: {readonly opened: OpenedChange; readonly error: unknown; readonly isPending: boolean; readonly onPublish: (from: string, said: {readonly acceptGaps: boolean; readonly acceptWarnings: boolean; readonly versionName: string}) => void; readonly onClose: () => void}) {
  const t = useToolText();
  const catalogText = useCatalogText();
  const {change, diff} = opened;
  const today = day(serverClock.now());
  const [step, setStep] = useState(0);
  const [from, setFrom] = useState(today);
  const [name, setName] = useState('');
  const isDayOpen = isDate(from) && from >= today;
  const form = useCatalogForm(change.catalogId).data;
  const check = useQuery({queryKey: ['catalogCheck', change.id, change.lockVersion], staleTime: 0, queryFn: () => api.call(catalogLifeRoutes.check, {params: {changeId: change.id}})});
  const version = check.data?.version ?? null;
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  // Before the day of a scheduled version other checks count: those of the version that holds then, and of the scheduled one made again.
  const early = useQuery({queryKey: ['catalogCheck', change.id, change.lockVersion, from], staleTime: 0, enabled: step >= 2 && isDayOpen, queryFn: () => api.call(catalogLifeRoutes.check, {params: {changeId: change.id}, query: {from}})});
  const remade = early.data?.remade ?? [];
  const isDayBad = early.data !== undefined && early.data.version === null;
  // What was acknowledged are these findings: another day may have others.
  const first = askedOf(check.data);
  const asked = step >= 2 ? askedOf(early.data) : first;
  const isAccepted = (name: string): boolean => name === '' || accepted.includes(name);
  const accept = (name: string, isOn: boolean): void => setAccepted(before => (isOn ? [...before, name] : before.filter(each => each !== name)));
  const unread = !isAccepted(asked.gaps) ? t('work.acceptFirst') : !isAccepted(asked.warnings) ? t('work.confirmFirst') : undefined;
  const why = step === 0 ? (check.data && version === null ? t('work.mendFirst') : unread) : step === 2 && !isDayOpen ? t('work.dayPast') : step >= 2 && isDayBad ? t('work.dayFailed') : step >= 2 ? unread : undefined;
  const isBlocked = why !== undefined || (step === 0 && version === null) || (step >= 2 && !early.data);
  return (
    <Drawer
      open width={760} title={t('work.publishTitle', {title: change.title})} onClose={onClose}
      footer={
        <div className="app-catalog-buttons">
          {step > 0 ? <Button onClick={() => setStep(step - 1)}>{t('work.back')}</Button> : null}
          <span className="app-catalog-gap" />
          {step < 3 ? <Button type="primary" disabled={isBlocked} title={why} onClick={() => setStep(step + 1)}>{t('work.next')}</Button> : <Button type="primary" disabled={isBlocked} title={why} loading={isPending} onClick={() => !isPending && onPublish(from, {acceptGaps: asked.gaps !== '', acceptWarnings: asked.warnings !== '', versionName: name.trim()})}>{catalogText('change.publish')}</Button>}
        </div>
      }
    >
      <Steps size="small" current={step} items={[{title: t('work.stepChecks')}, {title: t('work.stepDiff')}, {title: t('work.stepDay')}, {title: t('work.stepConfirm')}]} />
      <div className="app-tool-step">
        {error ? <ErrorPanel error={error} /> : null}
        {step === 0 ? (
          <>
            {check.error ? <ErrorPanel error={check.error} onRetry={() => void check.refetch()} /> : null}
            {check.isPending && !check.error ? <Skeleton rows={3} /> : null}
            {check.data ? <p>{version === null ? t('work.checkFailed') : t('work.checkPassed', {version})}</p> : null}
            {check.data ? <Findings data={check.data} form={form} isAccepted={isAccepted} onAccept={accept} /> : null}
            {change.catalogId === triedCatalog ? <Link to={`/dispatch-rules?tab=findings&draft=${change.id}`}>{t('work.tryRules')}</Link> : null}
          </>
        ) : null}
        {step === 1 ? <DiffView catalogId={change.catalogId} diff={diff} /> : null}
        {step === 2 ? (
          <div>
            <label className="banli-field-label" htmlFor="publish-from">{catalogText('change.publishFrom')}</label>
            <div><DateField id="publish-from" isRequired min={today} value={from} onChange={setFrom} isInvalid={!isDayOpen} describedBy={isDayOpen ? undefined : 'publish-from-error'} /></div>
            {isDayOpen ? null : <div id="publish-from-error" className="app-catalog-cell-error" role="alert">{isDate(from) ? t('work.dayPast') : catalogText('cell.date')}</div>}
            <p className="banli-secondary">{t('work.dayHelp')}</p>
            <label className="banli-field-label" htmlFor="publish-name">{catalogText('change.versionName')}</label>
            <Input id="publish-name" value={name} maxLength={100} placeholder={catalogText('change.versionNameHelp')} onChange={event => setName(event.target.value)} />
            {early.error ? <ErrorPanel error={early.error} onRetry={() => void early.refetch()} /> : null}
            {isDayBad ? <p>{t('work.dayFailed')}</p> : null}
            {isDayBad ? <ProblemList problems={early.data?.problems ?? []} form={form} /> : null}
            {early.data?.version && (asked.warnings !== first.warnings || asked.gaps !== first.gaps) ? <Findings data={early.data} form={form} isAccepted={isAccepted} onAccept={accept} /> : null}
            <RemadeNote remade={remade} />
          </div>
        ) : null}
        {step === 3 ? <p>{t('work.confirm', {title: change.title, count: diff.length, version: early.data?.version ?? version ?? '', date: from})}{early.data?.coverage && asked.gaps !== '' ? ` ${t('work.accepted', {gaps: early.data.coverage.gaps, overlaps: early.data.coverage.overlaps})}` : ''}{early.data && asked.warnings !== '' ? ` ${t('work.confirmed', {count: early.data.toConfirm})}` : ''}</p> : null}
        {step === 3 ? <RemadeNote remade={remade} /> : null}
      </div>
    </Drawer>
  );
}

/** What a check found, with a box for what has to be acknowledged. */
function Findings({data, form, isAccepted, onAccept}: {readonly data: PublishCheck; readonly form: CatalogForm | undefined; readonly isAccepted: (name: string) => boolean; readonly onAccept: (name: string, isOn: boolean) => void}) {
  const t = useToolText();
  const {warnings, gaps} = askedOf(data);
  return (
    <>
      {data.problems.length > 0 ? <ProblemList problems={data.problems} form={form} /> : null}
      {warnings === '' ? null : <Checkbox checked={isAccepted(warnings)} onChange={event => onAccept(warnings, event.target.checked)}>{t('work.confirmWarnings', {count: data.toConfirm})}</Checkbox>}
      {data.coverage ? <CoverageCheck coverage={data.coverage} isAccepted={gaps !== '' && isAccepted(gaps)} onAccept={isOn => onAccept(gaps, isOn)} /> : null}
    </>
  );
}

/** Says which scheduled versions are made again with a correction that comes before them. */
function RemadeNote({remade}: {readonly remade: ReadonlyArray<{readonly version: string; readonly effectiveAt: number; readonly becomes: string}>}) {
  const t = useToolText();
  const joints = useJoints();
  if (remade.length === 0) return null;
  return <p className="app-catalog-note">{t('work.remade', {versions: joints.list(remade.map(each => joints.aside(each.version, day(each.effectiveAt)))), becomes: joints.list(remade.map(each => each.becomes))})}</p>;
}
