import {ApiError, caseRoutes, taskRoutes, type CaseTaskView, type CaseViewJson} from '@banli/api';
import type {FieldAccess} from '@banli/formats';
import {createFormModel, useAutosave, useLanguage, useUiText, viewError, type FormModel, type FormValues} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {useEffect, useMemo, useRef} from 'react';
import {api, serverClock} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import type {TaskAction} from './arrange-actions.js';
import {caseContext, caseSchema, useTakeCase} from './case-data.js';

/** Work on one task: its form, what was saved, and the command that ends it. */
export type TaskWork = ReturnType<typeof useTaskWork>;

/** An action with what its dialog asked for. */
export interface TaskCommand {
  readonly action: TaskAction;
  readonly asked: Readonly<Record<string, unknown>>;
}

/**
 * Ties a task's form to autosave and commands. What this computer kept is taken up again if it is newer than the server's draft.
 *
 * @param onDone - Called with the new case after an accepted command.
 */
export function useTaskWork(view: CaseViewJson, task: CaseTaskView, onDone: (view: CaseViewJson, action: TaskAction) => void) {
  const t = useUiText();
  const language = useLanguage();
  const {session} = useSession();
  const cache = useQueryClient();
  const take = useTakeCase(view.head.id);
  const latest = useRef({view, language, t});
  latest.current = {view, language, t};
  const autosave = useAutosave<FormValues>(`task.${session.person.id}.${task.id}`, serverClock, async values => (await api.call(taskRoutes.saveDraft, {params: {taskId: task.id}, body: {values: {...values}}})).savedAt);
  const model = useTaskModel(view, task, autosave, latest);
  const run = useMutation({
    mutationFn: ({action, asked}: TaskCommand) => {
      const {version, form} = latest.current.view;
      const params = {taskId: task.id};
      if (action.kind === 'request') return api.call(caseRoutes.request, {params, body: {actionId: action.id, values: {...asked}, caseVersion: version}});
      return api.call(taskRoutes.complete, {params, body: {outcome: action.id, values: {...model.toSend(form.values), ...asked}, caseVersion: version}});
    },
    onSuccess: (next, {action}) => {
      if (action.kind === 'outcome') autosave.forget();
      take(next);
      onDone(next, action);
    },
    onError: error => {
      if (error instanceof ApiError && error.code === 'CASE_PENDING') void cache.invalidateQueries({queryKey: ['case', view.head.id]});
      const shown = viewError(error, language, new Set(model.fields.keys()));
      if (Object.keys(shown.byField).length > 0) model.show(shown.byField);
    },
  });
  return {view, task, model, saved: autosave.current, run};
}

function useTaskModel(view: CaseViewJson, task: CaseTaskView, autosave: ReturnType<typeof useAutosave<FormValues>>, latest: {readonly current: {view: CaseViewJson; language: 'zh-CN' | 'en'; t: ReturnType<typeof useUiText>}}): FormModel {
  const access = (task.access ?? {}) as Readonly<Record<string, FieldAccess>>;
  const {change, recover} = autosave;
  const start = useMemo(() => {
    const left = recover();
    const isNewer = left !== null && left.at >= (task.draftSavedAt ?? 0);
    return {values: {...view.form.values, ...task.draft, ...(isNewer ? left.value : {})}, unsaved: isNewer ? left.value : null};
    // Only what stood there when the task was opened counts; later answers of the server must not overwrite what is being typed.
  }, [task.id]);
  const model = useMemo(
    () => {
      const made: FormModel = createFormModel({
        id: 'task',
        schema: caseSchema(view),
        access,
        values: start.values,
        context: caseContext(view, task),
        tools: () => latest.current,
        onInput: () => change(made.typed(latest.current.view.form.values)),
      });
      return made;
    },
    // The form is made anew only when the task or the rights change.
    [task.id, JSON.stringify(access)],
  );
  useEffect(() => {
    if (start.unsaved) change(start.unsaved);
  }, [start, change]);
  return model;
}
