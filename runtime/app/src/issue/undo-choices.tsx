import {ApiError, type ApiProblem} from '@banli/api';
import {problemText, useLanguage} from '@banli/ui';
import {Button, Radio} from 'antd';
import {useIssueText} from '../texts/issue-hook.js';

/** What a unit decides about one column of a row that the level above changed or locked meanwhile. */
export interface UndoChoice {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  /** The sentence of the conflict. */
  readonly problem: ApiProblem;
  /** Locked above: its own value cannot stay. */
  readonly isLocked: boolean;
  readonly take: 'mine' | 'theirs' | null;
}

/** What a refused undo wants to be decided, added to what was asked before; sides that were chosen stay. */
export function choicesAsked(before: readonly UndoChoice[], error: unknown): readonly UndoChoice[] {
  const problems = error instanceof ApiError ? error.answer.problems : [];
  const next = [...before];
  for (const problem of problems) {
    const isLocked = problem.code === 'CATALOG_ISSUE_LOCKED';
    if (!isLocked && problem.code !== 'CATALOG_ISSUE_CONFLICT') continue;
    const [table, key, column] = [(problem.place.file ?? '').split('/')[1] ?? '', problem.place.element ?? '', problem.place.field ?? ''];
    if (!next.some(each => each.table === table && each.key === key && each.column === column)) next.push({table, key, column, problem, isLocked, take: null});
  }
  return next;
}

/** Asks for a side of each conflict that keeps the layer before from coming back. */
export function UndoChoices({choices, onChange}: {readonly choices: readonly UndoChoice[]; readonly onChange: (choices: readonly UndoChoice[]) => void}) {
  const t = useIssueText();
  const language = useLanguage();
  if (choices.length === 0) return null;
  return (
    <section className="app-issue-undo" aria-label={t('undo.decide')}>
      <header>
        <strong>{t('undo.decide')}</strong>
        {choices.length > 1 ? <Button size="small" onClick={() => onChange(choices.map(each => ({...each, take: 'theirs'})))}>{t('allTheirs')}</Button> : null}
      </header>
      <ul className="app-plain-list">
        {choices.map((choice, index) => (
          <li key={`${choice.table} ${choice.key} ${choice.column}`}>
            <span id={`undo-${index}`}>{problemText(choice.problem, language)}</span>
            <Radio.Group aria-labelledby={`undo-${index}`} value={choice.take} onChange={event => onChange(choices.map((each, place) => (place === index ? {...each, take: event.target.value as 'mine' | 'theirs'} : each)))}>
              <Radio value="theirs">{t('row.theirs')}</Radio>
              {choice.isLocked ? null : <Radio value="mine">{t('row.mine')}</Radio>}
            </Radio.Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
