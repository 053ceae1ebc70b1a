import type {Problem} from '@banli/errors';
import type {Language} from '@banli/ui';
import {problemSentence} from './sentence.js';

/** Number and words of the problems at each element of a drawing. */
export function marksOf(problems: readonly Problem[], language: Language): ReadonlyMap<string, {readonly count: number; readonly text: string}> {
  const marks = new Map<string, {count: number; text: string}>();
  for (const problem of problems) {
    const {element} = problem.place;
    if (element === undefined) continue;
    const before = marks.get(element);
    const sentence = problemSentence(problem, language);
    marks.set(element, {count: (before?.count ?? 0) + 1, text: before ? `${before.text}\n${sentence}` : sentence});
  }
  return marks;
}
