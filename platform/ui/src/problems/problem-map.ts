import {ApiError, type ApiProblem} from '@banli/api';
import {errorText, type ErrorDetails} from '@banli/errors';
import type {Language} from '../i18n/texts.js';

/** A refusal sorted for the screen: what to do, what belongs to a field, what to tell the help desk. */
export interface ProblemView {
  /** What to do, in the person's language. */
  readonly summary: string;
  readonly code: string;
  /** The person can mend it: typed wrongly, changed meanwhile, not allowed. Else only others can, who need code and request number. */
  readonly isEveryday: boolean;
  /** Empty when the request never reached the server. */
  readonly requestId: string;
  /** First sentence of each field, by field name. */
  readonly byField: Readonly<Record<string, string>>;
  /** Problems without a field of this form, as sentences. */
  readonly others: readonly string[];
}

/** The sentence of one problem in a language: by its own text, else by its code, else its English message. */
export function problemText(problem: ApiProblem, language: Language): string {
  if (language === 'en') return problem.message;
  return problem.messageZh ?? errorText(problem.code, 'zh-CN', (problem.details ?? {}) as ErrorDetails) ?? problem.message;
}

/** Field name of a problem; a problem inside a list (`phones.0`) belongs to the list's field. */
export function problemField(problem: ApiProblem): string | null {
  const field = problem.place.field;
  return field ? (field.split(/[.[/]/).find(part => part !== '') ?? null) : null;
}

/**
 * Sorts whatever was thrown for the screen.
 *
 * @param knownFields - Fields of the form on the screen; a problem of another field is listed under `others` and never lost.
 */
export function viewError(error: unknown, language: Language, knownFields: ReadonlySet<string> = new Set()): ProblemView {
  if (!(error instanceof ApiError)) {
    const message = error instanceof Error ? error.message : String(error);
    if (isPartGone(message)) return {summary: language === 'en' ? 'Banli was updated, or the connection broke. Reload the page.' : '系统已更新或网络中断，请重新加载页面。', code: 'PAGE_PART_GONE', isEveryday: true, requestId: '', byField: {}, others: []};
    return {summary: language === 'en' ? message : `出现未知错误：${message}`, code: 'UNKNOWN', isEveryday: false, requestId: '', byField: {}, others: []};
  }
  const byField: Record<string, string> = {};
  const others: string[] = [];
  for (const problem of error.answer.problems) {
    if (problem.severity === 'warning') continue;
    const field = problemField(problem);
    const text = problemText(problem, language);
    if (field !== null && knownFields.has(field)) byField[field] ??= text;
    else others.push(text);
  }
  const summary = language === 'en' ? error.answer.message : error.answer.messageZh || error.answer.message;
  return {summary, code: error.code, isEveryday: error.status >= 400 && error.status < 500, requestId: error.answer.requestId, byField, others};
}

/** A part of the page that is loaded on demand is no longer there: its name changes with every version. The words are those of Chromium, Firefox and Safari. */
function isPartGone(message: string): boolean {
  return /dynamically imported module|importing a module script failed/i.test(message);
}

/** Text a person pastes into a message to the help desk: one line, no personal data. */
export function errorReport(view: ProblemView, at: string): string {
  return [view.code, view.requestId, at, view.summary].filter(part => part !== '').join(' · ');
}

/** Says that the request may succeed later without a change: no connection, overload, or the server restarting. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 502);
}

/** Says that what was typed can be sent later as it is: the server is away or in trouble, or one has to sign in again. */
export function canSaveLater(error: unknown): boolean {
  return isPassing(error) || (error instanceof ApiError && (error.status === 401 || error.status >= 500));
}

/** Says that somebody else was quicker: the case or the task changed meanwhile. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409;
}
