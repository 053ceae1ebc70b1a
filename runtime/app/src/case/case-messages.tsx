import {caseRoutes, type CaseMessageView} from '@banli/api';
import {formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {api, serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';

/** Text messages of a case: to whom, and what became of them. Nothing while there are none. @param stamp - Looks again when the case has moved. */
export function CaseMessages({caseId, stamp}: {readonly caseId: string; readonly stamp: number}) {
  const t = useText();
  const found = useQuery({queryKey: ['caseMessages', caseId, stamp], queryFn: () => api.call(caseRoutes.messages, {params: {caseId}}), placeholderData: before => before, refetchInterval: 60_000});
  const messages = found.data?.messages ?? [];
  if (messages.length === 0) return null;
  return (
    <section className="app-rail-part">
      <h2>{t('messages.title')}</h2>
      <ul className="app-plain-list app-messages">
        {messages.map(message => (
          <Message key={message.id} message={message} />
        ))}
      </ul>
    </section>
  );
}

const wrong: ReadonlySet<CaseMessageView['state']> = new Set(['undelivered', 'refused', 'failed']);

function Message({message}: {readonly message: CaseMessageView}) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const moment = formatMoment(message.stateAt, serverClock.now(), language);
  return (
    <li>
      <span className="app-two-lines">{message.title ? localize(message.title) : message.kind}</span>
      <span className="banli-secondary">{[message.personName, message.phone].filter(Boolean).join(' ')}</span>
      <span className={wrong.has(message.state) ? 'app-message-wrong' : 'banli-secondary'} title={message.reason ?? undefined}>
        {t(message.isTrial && !wrong.has(message.state) ? 'messages.trial' : `messages.${message.state}`, {moment})}
        {wrong.has(message.state) && message.reason && !message.reasonText ? ` (${message.reason})` : ''}
      </span>
      {message.reasonText && message.state !== 'dropped' && <span className="banli-secondary">{localize(message.reasonText)}</span>}
    </li>
  );
}
