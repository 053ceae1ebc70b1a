import {problemText, useLanguage} from '@banli/ui';
import {Button, Radio} from 'antd';
import {useIssueText} from '../texts/issue-hook.js';
import {cellOf, forced, type UndoChoice} from './undo-asked.js';

/** Asks for a side of each conflict that keeps the layer before from coming back. */
export function UndoChoices({choices, onChange}: {readonly choices: readonly UndoChoice[]; readonly onChange: (choices: readonly UndoChoice[]) => void}) {
  const t = useIssueText();
  const language = useLanguage();
  if (choices.length === 0) return null;
  return (
    <section className="app-issue-undo" aria-label={t('undo.decide')}>
      <header>
        <strong role="alert">{t('undo.decide')}</strong>
        {choices.length > 1 ? <Button size="small" onClick={() => onChange(choices.map(each => ({...each, take: 'theirs'})))}>{t('allTheirs')}</Button> : null}
      </header>
      <ul className="app-plain-list">
        {choices.map((choice, index) => (
          <li key={cellOf(choice)}>
            <span id={`undo-${index}`}>{choice.problems.map(problem => problemText(problem, language)).join(' ')}</span>
            <Radio.Group aria-labelledby={`undo-${index}`} value={choice.take} onChange={event => onChange(choices.map((each, place) => (place === index ? {...each, take: event.target.value as 'mine' | 'theirs'} : each)))}>
              <Radio value="theirs">{t('row.theirs')}</Radio>
              {choice.problems.some(problem => forced.includes(problem.code)) ? null : <Radio value="mine">{t('row.mine')}</Radio>}
            </Radio.Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
