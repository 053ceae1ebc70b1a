import type {CaseViewJson} from '@banli/api';
import {CopyText, fieldsOf, keptKey, keptStorage, nodeTitle, useLanguage} from '@banli/ui';
import {Button} from 'antd';
import {useMemo} from 'react';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {caseSchema} from './case-data.js';

/** Somebody else did the task: says so, and shows what was typed here but not submitted, to copy. */
export function LostText({view, taskId, onClose}: {readonly view: CaseViewJson; readonly taskId: string; readonly onClose: () => void}) {
  const t = useText();
  const language = useLanguage();
  const {session} = useSession();
  const typed = useMemo(() => readTyped(keptKey(session.person.id, `task.${taskId}`)), [session.person.id, taskId]);
  const texts = fieldsOf(caseSchema(view))
    .filter(field => typeof typed[field.name] === 'string' && typed[field.name] !== '')
    .map(field => ({title: nodeTitle(field.name, field.node, language), text: String(typed[field.name])}));
  return (
    <div className="app-lost" role="status">
      <strong>{t('case.doneElsewhere')}</strong>
      {texts.length > 0 ? <div className="banli-secondary">{t('case.lostHelp')}</div> : null}
      {texts.map(({title, text}) => (
        <div key={title} className="app-lost-text">
          <span className="banli-secondary">{title}</span>
          <span className="banli-read">{text}</span>
          <CopyText text={text} what={title} />
        </div>
      ))}
      <Button size="small" onClick={onClose}>
        {t('common.close')}
      </Button>
    </div>
  );
}

function readTyped(key: string): Readonly<Record<string, unknown>> {
  const text = keptStorage().getItem(key);
  if (text === null) return {};
  const entry = JSON.parse(text) as {value?: Record<string, unknown>};
  return entry.value ?? {};
}
