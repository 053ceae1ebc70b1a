import {caseRoutes, type CaseHeadView} from '@banli/api';
import {ErrorPanel, formatFull, useFormValues, useLocalize} from '@banli/ui';
import {sleep} from '@banli/time';
import {useMutation, useQuery} from '@tanstack/react-query';
import {App, Button, Tooltip} from 'antd';
import {useState} from 'react';
import {matterWords} from '../case/head-words.js';
import {TextDialog} from '../frame/text-dialog.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {isWholePhone} from './whole-phone.js';
import type {LinkTo} from './link-registered.js';
import {meaningOf} from './start-form.js';
import type {Call} from './use-call.js';

interface HistoryProps {
  readonly call: Call;
  readonly bundleId: string;
  readonly linkTo: LinkTo | null;
  readonly onLink: (linkTo: LinkTo | null) => void;
}

/** 来电历史: former cases of the number that calls, once it is whole: open one, have the new case repeat it, or urge those who have it. */
export function CallerHistory({call, bundleId, linkTo, onLink}: HistoryProps) {
  const t = useText();
  const [urged, setUrged] = useState<CaseHeadView | null>(null);
  const values = useFormValues(call.model);
  const field = meaningOf(call.start, 'phone');
  const phone = field === null ? '' : String(values[field] ?? '').trim();
  const isAsked = isWholePhone(phone);
  const found = useQuery({
    queryKey: ['callerHistory', bundleId, phone],
    queryFn: async ({signal}) => {
      await sleep(600, signal);
      return api.call(caseRoutes.callerHistory, {body: {bundleId, phone}, signal});
    },
    enabled: isAsked,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  if (!isAsked) return null;
  if (found.error && !found.data) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  const {cases = [], more = false} = found.data ?? {};
  if (cases.length === 0) return found.data ? <p className="banli-secondary" role="status">{t('caller.first')}</p> : null;
  return (
    <section className="app-rail-part" aria-label={t('caller.label')}>
      <h2>
        <span role="status">{t(more ? 'caller.titleMore' : 'caller.title', {count: cases.length})}</span>
      </h2>
      <ul className="app-plain-list app-caller-list">
        {cases.map(({head, open}) => (
          <FormerCase key={head.id} head={head} isOpen={open} isLinked={linkTo?.caseId === head.id && linkTo.relation === 'repeat'} onLink={isOn => onLink(isOn ? {caseId: head.id, relation: 'repeat'} : null)} onUrge={() => setUrged(head)} />
        ))}
      </ul>
      {urged ? <UrgeDialog head={urged} onClose={() => setUrged(null)} /> : null}
    </section>
  );
}

interface FormerCaseProps {
  readonly head: CaseHeadView;
  readonly isOpen: boolean;
  readonly isLinked: boolean;
  readonly onLink: (isOn: boolean) => void;
  readonly onUrge: () => void;
}

function FormerCase({head, isOpen, isLinked, onLink, onUrge}: FormerCaseProps) {
  const t = useText();
  const unitName = useUnitName();
  const localize = useLocalize();
  return (
    <li className="app-duplicate">
      <span className="app-caller-head">
        <a href={`/cases/${head.id}`} target="_blank" rel="noreferrer" className="app-number" aria-label={t('caller.open', {number: head.number})}>
          {head.number}
        </a>
        <span className={isOpen ? 'app-mark' : 'banli-secondary'}>{localize(head.state.title)}</span>
      </span>
      <span className="app-two-lines">{head.title}</span>
      <span className="banli-secondary">{[formatFull(head.acceptedAt).slice(0, 10), localize(matterWords(head)), unitName(head.leadUnitName)].filter(Boolean).join(' · ')}</span>
      <span className="app-duplicate-actions">
        <Tooltip title={t('caller.repeatHelp')}>
          <Button size="small" type={isLinked ? 'primary' : 'default'} ghost={isLinked} aria-pressed={isLinked} onClick={() => onLink(!isLinked)}>
            {t(isLinked ? 'caller.repeats' : 'caller.repeat')}
          </Button>
        </Tooltip>
        {isOpen ? (
          <Tooltip title={t('caller.urgeHelp')}>
            <Button size="small" onClick={onUrge}>
              {t('caller.urge')}
            </Button>
          </Tooltip>
        ) : null}
      </span>
    </li>
  );
}

function UrgeDialog({head, onClose}: {readonly head: CaseHeadView; readonly onClose: () => void}) {
  const t = useText();
  const {message} = App.useApp();
  const urge = useMutation({
    mutationFn: (text: string) => api.call(caseRoutes.urge, {params: {caseId: head.id}, body: {text}}),
    onSuccess: () => {
      void message.success(t('caller.urged', {number: head.number}));
      onClose();
    },
  });
  return <TextDialog title={t('caller.urgeTitle', {number: head.number})} help={t('caller.urgeNote')} label={t('caller.urgeLabel')} okText={t('caller.urge')} initial={t('caller.urgeText')} maxLength={500} minRows={3} error={urge.error} isPending={urge.isPending} onOk={urge.mutate} onCancel={onClose} />;
}
