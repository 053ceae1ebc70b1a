import {catalogIssueRoutes} from '@banli/api';
import {isDate} from '@banli/time';
import {DateField, ErrorPanel, useLocalize} from '@banli/ui';
import {App, Button, Checkbox, Input, Modal} from 'antd';
import {useState} from 'react';
import {api, serverClock} from '../http/api.js';
import {useIssueText} from '../texts/issue-hook.js';
import {ConfirmDialog} from './confirm-dialog.js';
import {dayOf, useIssueAction, type OpenedIssue} from './issue-data.js';
import {choicesAsked, isAskedAbout, type UndoChoice} from './undo-asked.js';
import {UndoChoices} from './undo-choices.js';
import {useUnitName} from '../frame/use-unit-name.js';

type Asked = 'decline' | 'takeBack' | 'undo';

/** What may be done with an issue in its state by this person: one primary action, the rest beside it. */
export function IssueActions({opened}: {readonly opened: OpenedIssue}) {
  const t = useIssueText();
  const {message} = App.useApp();
  const {issue, newest} = opened;
  const hasErrors = opened.problems.some(problem => problem.severity !== 'warning');
  const warnings = opened.problems.length;
  // What was accepted are these warnings: after a change there may be others.
  const [accepted, setAccepted] = useState<number | null>(null);
  const isAccepted = accepted === issue.lockVersion;
  const today = dayOf(serverClock.now());
  const [from, setFrom] = useState(today);
  const [asked, setAsked] = useState<Asked | 'confirm' | null>(null);
  const isDayOpen = isDate(from) && from >= today;
  const act = useIssueAction();
  const ref = {params: {issueId: issue.id}};
  const seen = {lockVersion: issue.lockVersion};
  const isOwn = issue.isOwnWriting && opened.tables.some(table => table.own > 0);
  const run = (work: () => Promise<unknown>, done: string) => act.isPending ? undefined : act.mutate(work, {onSuccess: () => void message.success(done)});
  const isOpen = issue.state === 'issued' || issue.state === 'completing';
  const canUndo = issue.may.confirm && newest !== null && newest.kind !== 'ended' && newest.number > 1 && issue.state === 'confirmed' && issue.inForce;
  const canTakeBack = issue.may.takeBack && (isOpen || issue.inForce);
  if (!canTakeBack && !canUndo && !(isOpen && issue.may.complete)) return null;
  return (
    <footer className="app-issue-actions">
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <div className="app-catalog-buttons">
        {canTakeBack ? <Button danger onClick={() => setAsked('takeBack')}>{t('act.takeBack')}</Button> : null}
        {isOpen && issue.may.complete ? <Button onClick={() => setAsked('decline')}>{t('act.decline')}</Button> : null}
        {canUndo ? <Button onClick={() => setAsked('undo')}>{t('act.undo')}</Button> : null}
        <span className="app-catalog-gap" />
        {issue.state === 'issued' && issue.may.complete ? <Button type="primary" loading={act.isPending} onClick={() => run(() => api.call(catalogIssueRoutes.verify, {...ref, body: seen}), t('act.verified'))}>{t('act.verify')}</Button> : null}
        {issue.state === 'completing' && issue.may.confirm ? (
          <>
            {isOwn ? <span className="banli-secondary">{t('act.ownWriting')}</span> : null}
            {!hasErrors && warnings > 0 ? <Checkbox checked={isAccepted} onChange={event => setAccepted(event.target.checked ? issue.lockVersion : null)}>{t('act.accept', {count: warnings})}</Checkbox> : null}
            <span className="app-catalog-from">
              <label htmlFor="issue-from">{t('act.from')}</label> <DateField id="issue-from" isRequired min={today} value={from} onChange={setFrom} isInvalid={!isDayOpen} describedBy={isDayOpen ? undefined : 'issue-from-error'} />
              {isDayOpen ? null : <span id="issue-from-error" className="app-catalog-cell-error" role="alert">{t(isDate(from) ? 'act.dayPast' : 'act.noDay')}</span>}
            </span>
            <Button type="primary" disabled={hasErrors || (warnings > 0 && !isAccepted) || !isDayOpen || isOwn} title={hasErrors ? t('act.problems') : warnings > 0 && !isAccepted ? t('act.acceptFirst') : undefined} onClick={() => setAsked('confirm')}>{t('act.confirm')}</Button>
          </>
        ) : null}
      </div>
      {asked === 'confirm' ? <ConfirmDialog opened={opened} from={from} acceptWarnings={warnings > 0 && isAccepted} onEnd={() => setAsked(null)} /> : null}
      {asked && asked !== 'confirm' ? <Ask opened={opened} asked={asked} onEnd={() => setAsked(null)} /> : null}
    </footer>
  );
}

/** Asks for the reason of what is not undone by a click, with the name of what it is about. */
function Ask({opened: {issue, newest}, asked, onEnd}: {readonly opened: OpenedIssue; readonly asked: Asked; readonly onEnd: () => void}) {
  const unitName = useUnitName();
  const t = useIssueText();
  const localize = useLocalize();
  const {message} = App.useApp();
  const [reason, setReason] = useState('');
  const [choices, setChoices] = useState<readonly UndoChoice[]>([]);
  const act = useIssueAction();
  const names = {title: localize(issue.catalog), unit: unitName(asked === 'decline' ? issue.from.name : issue.to.name)};
  const help = asked === 'takeBack' ? t('act.takeBackHelp', {unit: unitName(issue.to.name)}) : asked === 'undo' ? t('act.undoHelp', {layer: newest?.name ?? ''}) : null;
  const work = async (): Promise<string> => {
    const body = {lockVersion: issue.lockVersion, reason: reason.trim()};
    if (asked === 'decline') {
      await api.call(catalogIssueRoutes.decline, {params: {issueId: issue.id}, body});
      return t('act.declined');
    }
    if (asked === 'takeBack') {
      await api.call(catalogIssueRoutes.takeBack, {params: {issueId: issue.id}, body});
      return t('act.takenBack');
    }
    const decided = choices.flatMap(({table, key, column, take}) => (take === null ? [] : [{table, key, column, take}]));
    const {layer} = await api.call(catalogIssueRoutes.undo, {params: {catalogId: issue.catalogId}, body: {unitId: issue.to.id, number: newest?.number ?? 1, reason: reason.trim(), ...(decided.length === 0 ? {} : {choices: decided})}});
    return t('act.undone', {layer: layer.name});
  };
  const go = () => {
    if (!act.isPending) act.mutate(async () => message.success(await work()), {onSuccess: onEnd, onError: error => setChoices(before => choicesAsked(before, error))});
  };
  return (
    <Modal open title={t(`act.${asked}Ask`, names)} okText={t(`act.${asked}`)} okButtonProps={{danger: true, disabled: reason.trim() === '' || choices.some(choice => choice.take === null)}} confirmLoading={act.isPending} onOk={go} onCancel={onEnd} maskClosable={false} afterOpenChange={isOpen => isOpen && document.getElementById('issue-reason')?.focus()}>
      {act.error && !(asked === 'undo' && isAskedAbout(act.error)) ? <ErrorPanel error={act.error} /> : null}
      {help ? <p>{help}</p> : null}
      <UndoChoices choices={choices} onChange={setChoices} />
      <label className="banli-field-label" htmlFor="issue-reason">{t('act.reason')}</label>
      <Input.TextArea id="issue-reason" value={reason} maxLength={1_000} autoSize={{minRows: 2, maxRows: 5}} onChange={event => setReason(event.target.value.replaceAll('\n', ' '))} />
    </Modal>
  );
}
