import {caseRoutes, type CaseHeadView} from '@banli/api';
import {DueState, ErrorPanel, useFormValues, useLocalize} from '@banli/ui';
import {sleep} from '@banli/time';
import {useMutation, useQuery} from '@tanstack/react-query';
import {App, Button, Tooltip} from 'antd';
import {useState} from 'react';
import {TextDialog} from '../frame/text-dialog.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import type {LinkTo} from './link-registered.js';
import {meaningOf} from './start-form.js';
import type {Call} from './use-call.js';
import {useUnitName} from '../frame/use-unit-name.js';

interface DuplicatesProps {
  readonly call: Call;
  readonly bundleId: string;
  /** The case that the new one will be linked with. */
  readonly linkTo: LinkTo | null;
  readonly onLink: (linkTo: LinkTo | null) => void;
  readonly onAppended: (caseId: string) => void;
}

/** Open cases that look the same, while one types: append to one of them, link with it, or go on. */
export function Duplicates({call, bundleId, linkTo, onLink, onAppended}: DuplicatesProps) {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const [appendTo, setAppendTo] = useState<CaseHeadView | null>(null);
  const values = useFormValues(call.model);
  const phoneField = meaningOf(call.start, 'phone');
  const matterField = meaningOf(call.start, 'matter');
  const phone = phoneField === null ? '' : String(values[phoneField] ?? '');
  const matter = matterField === null ? '' : String(values[matterField] ?? '');
  const isAsked = phone.length >= 7 && matter !== '';
  const found = useQuery({
    queryKey: ['duplicates', bundleId, phone, matter, values['place'] ?? ''],
    queryFn: async ({signal}) => {
      await sleep(600, signal);
      return api.call(caseRoutes.duplicates, {body: {bundleId, values: call.model.toSend(null)}, signal});
    },
    enabled: isAsked,
    staleTime: 30_000,
  });
  const cases = isAsked ? (found.data?.cases ?? []) : [];
  if (cases.length === 0) return null;
  const isLinked = (head: CaseHeadView) => linkTo?.caseId === head.id && linkTo.relation === 'same';
  return (
    <section className="app-rail-part app-duplicates" role="status">
      <h2>{t('duplicates.title', {count: cases.length})}</h2>
      <ul className="app-plain-list">
        {cases.map(head => (
          <li key={head.id} className="app-duplicate">
            <a href={`/cases/${head.id}`} target="_blank" rel="noreferrer" className="app-number">
              {head.number}
            </a>
            <span className="app-two-lines">{head.title}</span>
            <span className="banli-secondary">{[localize(head.state.title), unitName(head.leadUnitName)].filter(Boolean).join(' · ')}</span>
            {head.clock ? <DueState clock={head.clock} /> : null}
            <span className="app-duplicate-actions">
              <Tooltip title={t('duplicates.appendHelp')}>
                <Button size="small" onClick={() => setAppendTo(head)}>
                  {t('duplicates.append')}
                </Button>
              </Tooltip>
              <Tooltip title={t('duplicates.linkHelp')}>
                <Button size="small" type={isLinked(head) ? 'primary' : 'default'} ghost={isLinked(head)} aria-pressed={isLinked(head)} onClick={() => onLink(isLinked(head) ? null : {caseId: head.id, relation: 'same'})}>
                  {t(isLinked(head) ? 'duplicates.linked' : 'duplicates.link')}
                </Button>
              </Tooltip>
            </span>
          </li>
        ))}
      </ul>
      {appendTo ? <AppendDialog head={appendTo} initial={String(values['content'] ?? '')} onClose={() => setAppendTo(null)} onDone={() => onAppended(appendTo.id)} /> : null}
    </section>
  );
}

function AppendDialog({head, initial, onClose, onDone}: {readonly head: CaseHeadView; readonly initial: string; readonly onClose: () => void; readonly onDone: () => void}) {
  const t = useText();
  const {message} = App.useApp();
  const append = useMutation({
    mutationFn: (text: string) => api.call(caseRoutes.append, {params: {caseId: head.id}, body: {text}}),
    onSuccess: () => {
      void message.success(t('duplicates.appended', {number: head.number}));
      onDone();
    },
  });
  return <TextDialog title={t('duplicates.appendTitle', {number: head.number})} help={t('duplicates.appendNote')} label={t('duplicates.text')} okText={t('duplicates.append')} initial={initial} maxLength={2000} minRows={4} error={append.error} isPending={append.isPending} onOk={append.mutate} onCancel={onClose} />;
}
