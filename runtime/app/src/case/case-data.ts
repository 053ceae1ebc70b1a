import {caseRoutes, type AnswerOf, type CaseTaskView, type CaseViewJson} from '@banli/api';
import type {FieldAccess, FormSchema} from '@banli/formats';
import {useQuery, useQueryClient} from '@tanstack/react-query';
import {useCallback} from 'react';
import {api} from '../http/api.js';

/** The case moves by itself: a command waits for the engine, or a worker is at it. */
function isWorking(view: CaseViewJson | undefined): boolean {
  return view !== undefined && (view.pending !== null || (!view.ended && view.tasks.length === 0));
}

/** How long one question waits for the case to move, and the pause before the next; milliseconds. */
const waitMs = 10_000;
const pauseMs = 500;

/** A case, looked at again every 15 seconds; while it moves by itself the server answers as soon as it has. */
export function useCase(caseId: string) {
  const cache = useQueryClient();
  return useQuery({
    queryKey: ['case', caseId],
    queryFn: () => {
      const known = cache.getQueryData<CaseViewJson>(['case', caseId]);
      return api.call(caseRoutes.view, {params: {caseId}, query: known && isWorking(known) ? {stamp: known.stamp, waitMs} : {}});
    },
    refetchInterval: query => (isWorking(query.state.data) ? pauseMs : 15_000),
  });
}

/** Takes a case that the server answered, and lets go of lists and counters that it changes. */
export function useTakeCase(caseId: string): (view: CaseViewJson) => void {
  const cache = useQueryClient();
  return useCallback(
    view => {
      cache.setQueryData(['case', caseId], view);
      for (const key of [['box'], ['counts'], ['timeline', caseId], ['diagram', caseId], ['explain', caseId], ['files', caseId]]) void cache.invalidateQueries({queryKey: key});
    },
    [cache, caseId],
  );
}

/** What happened to the case. */
export function useTimeline(caseId: string, isShown: boolean) {
  return useQuery({queryKey: ['timeline', caseId], queryFn: () => api.call(caseRoutes.timeline, {params: {caseId}}), enabled: isShown});
}

/** The drawing and its marks. */
export function useDiagram(caseId: string, isShown: boolean) {
  return useQuery({queryKey: ['diagram', caseId], queryFn: () => api.call(caseRoutes.diagram, {params: {caseId}}), enabled: isShown, refetchInterval: 30_000});
}

/** A drawing's mark. */
export type DiagramMarkView = AnswerOf<typeof caseRoutes.diagram>['marks'][number];

/** The form of a case in the renderer's terms. */
export function caseSchema(view: CaseViewJson): FormSchema {
  return view.form.schema as unknown as FormSchema;
}

/** The FEEL context beside `form`: what the server gave, else what the header tells. */
export function caseContext(view: CaseViewJson, task?: CaseTaskView): Record<string, unknown> {
  const {head} = view;
  const told = {caseNumber: head.number, round: head.round, acceptedAt: head.acceptedAt, anonymous: head.marks.includes('anonymous'), confidential: head.marks.includes('confidential'), vulnerable: head.marks.includes('vulnerable'), paused: head.marks.includes('paused')};
  return {...told, step: task?.stepId ?? null, ...view.form.context, ...(task ? {step: task.stepId} : {})};
}

/** The case as the form of a task shows it: a task of a strand has the values of its own strand. */
export function viewAt(view: CaseViewJson, {values}: CaseTaskView): CaseViewJson {
  if (values === undefined) return view;
  const own = Object.entries(values).filter(([, value]) => value !== null);
  const others = Object.entries(view.form.values).filter(([name]) => !(name in values));
  return {...view, form: {...view.form, values: Object.fromEntries([...others, ...own])}};
}

/** The same access, but nothing may be written. */
export function readOnly(access: Readonly<Record<string, FieldAccess>>): Readonly<Record<string, FieldAccess>> {
  return Object.fromEntries(Object.entries(access).map(([name, level]) => [name, level === 'hidden' ? 'hidden' : 'read']));
}

/** The tasks this person works on: those open for him, and while a command is on its way those that stay his, so that typing goes on. */
export function myTasks(view: CaseViewJson): readonly CaseTaskView[] {
  return view.tasks.filter(task => task.access !== undefined && (view.pending !== null || (task.mine && task.state === 'open')));
}
