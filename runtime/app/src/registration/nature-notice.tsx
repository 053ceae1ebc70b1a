import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {useFormValues, useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {sourceWords} from '../case/source-words.js';
import {useText} from '../texts/hook.js';
import type {Call} from './use-call.js';

interface NatureNoticeProps {
  readonly call: Call;
  readonly found: NonNullable<AnswerOf<typeof dispatchRoutes.wordHints>['natureConflict']>;
  readonly natureField: string;
  /** The field in which the clerk says why the nature is right all the same. */
  readonly reasonField: string;
}

/** What the catalog says against the chosen nature: the clerk takes one that fits, or, where it is only doubted, says why it is right. */
export function NatureNotice({call, found, natureField, reasonField}: NatureNoticeProps) {
  const t = useText();
  const localize = useLocalize();
  const values = useFormValues(call.model);
  const isReasoned = found.verdict === 'warn' && String(values[reasonField] ?? '').trim() !== '';
  return (
    <div className="app-hint app-hint-refused">
      <strong>{t('hints.nature')}</strong>
      <span>{t('hints.natureFiled', {name: localize(found.filedAs), reason: localize(found.reason)})}</span>
      <span className="banli-secondary">{t('hints.basis', {text: sourceWords(found.source, t)})}</span>
      {isReasoned ? <span className="banli-secondary">{t('hints.natureReasoned')}</span> : (
        <span className="app-hint-ways">
          {found.fitting.map(({key, title}) => (
            <Button key={key} size="small" onClick={() => call.model.fill({[natureField]: key})}>
              {t('hints.natureTake', {name: localize(title)})}
            </Button>
          ))}
          {found.verdict === 'warn' ? (
            <Button size="small" type="link" onClick={() => call.model.focus(reasonField)}>
              {t('hints.natureConfirm')}
            </Button>
          ) : null}
        </span>
      )}
    </div>
  );
}
