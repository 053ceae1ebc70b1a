import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {useFormValues, useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {sourceWords} from '../case/source-words.js';
import {useText} from '../texts/hook.js';
import type {Call} from './use-call.js';

interface NotAcceptedNoticeProps {
  readonly call: Call;
  readonly found: AnswerOf<typeof dispatchRoutes.wordHints>['notAccepted'];
  /** The field in which the clerk says why the case is accepted all the same. */
  readonly reasonField: string;
}

/** What the hotline does not accept: why, by which document, and where the caller goes instead; the clerk answers at once, or accepts with a reason. */
export function NotAcceptedNotice({call, found, reasonField}: NotAcceptedNoticeProps) {
  const t = useText();
  const localize = useLocalize();
  const values = useFormValues(call.model);
  const answers = call.start.registration?.answers ?? [];
  const answered = answers.find(answer => Object.entries(answer.values).every(([name, value]) => values[name] === value));
  const isReasoned = String(values[reasonField] ?? '').trim() !== '';
  return (
    <div className="app-hint app-hint-refused">
      <strong>{t('hints.notAccepted')}</strong>
      <ul className="app-plain-list">
        {found.map(({entry, title, guidance, basis, source, words}) => (
          <li key={entry} className="app-hint-entry">
            <span>{localize(title)}{words.length > 0 ? <span className="banli-secondary"> {t('hints.because', {words: words.map(word => t('hints.word', {word})).join('')})}</span> : null}</span>
            <span>{t('hints.guidance', {text: localize(guidance)})}</span>
            <span className="banli-secondary">{t('hints.basis', {text: basis ?? sourceWords(source, t)})}</span>
          </li>
        ))}
      </ul>
      {answered ? <span className="banli-secondary">{t('hints.answered', {how: localize(answered.title)})}</span> : isReasoned ? <span className="banli-secondary">{t('hints.reasoned')}</span> : (
        <span className="app-hint-ways">
          {answers.map(answer => (
            <Button key={localize(answer.title)} size="small" onClick={() => call.model.fill(answer.values)}>
              {localize(answer.title)}
            </Button>
          ))}
          <Button size="small" type="link" onClick={() => call.model.focus(reasonField)}>
            {t('hints.acceptAnyway')}
          </Button>
        </span>
      )}
    </div>
  );
}
