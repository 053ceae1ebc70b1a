import type {FormModel} from '@banli/ui/logic';
import type {FormServices, Language} from '@banli/ui';
import {confirmWords, questionOf} from '../case/confirm-words.js';
import type {StartForm} from './start-form.js';

/** What the questions are made with. */
export interface StartQuestioning {
  readonly models: ReadonlyArray<Pick<FormModel, 'fields' | 'values' | 'context'>>;
  readonly services: Pick<FormServices, 'units'>;
  readonly language: Language;
  readonly localize: (text: StartForm['outcomes'][number]['confirm']) => string;
}

/** What the bundle asks before the orders of a call are registered: a question for each order that it asks about, in their order. */
export async function startQuestions(outcome: StartForm['outcomes'][number] | undefined, {models, services, language, localize}: StartQuestioning): Promise<readonly string[]> {
  if (!outcome) return [];
  const asked = models.map(model => ({model, question: questionOf(outcome, model, localize)})).filter(({question}) => question !== '');
  return Promise.all(asked.map(({model, question}) => confirmWords(question, model, services, language)));
}
