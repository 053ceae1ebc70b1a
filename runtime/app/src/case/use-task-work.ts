import {ApiError, caseRoutes, taskRoutes, type CaseTaskView, type CaseViewJson} from '@banli/api';
import type {FieldAccess, FormSchema} from '@banli/formats';
import {createFormModel, useAutosave, useLanguage, useUiText, viewError, type FormModel, type FormValues} from '@banli/ui';
import {keepPreviousData, useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {useEffect, useMemo, useRef, useState} from 'react';
import {api, serverClock} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import type {TaskAction} from './arrange-actions.js';
import {reasonsKey} from './use-reason-services.js';
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
  const autosave = useAutosave<FormValues>(session.person.id, `task.${task.id}`, serverClock, async values => (await api.call(taskRoutes.saveDraft, {params: {taskId: task.id}, body: {values: {...values}}})).savedAt);
  const {model, formError, retryForm} = useTaskModel(view, task, autosave, latest);
  const run = useMutation({
    // No draft is saved while the task is being ended: the two would meet at one case.
    mutationFn: ({action, asked}: TaskCommand) => autosave.during(() => {
      const {version, form} = latest.current.view;
      const params = {taskId: task.id};
      if (action.kind === 'request') return api.call(caseRoutes.request, {params, body: {actionId: action.id, values: {...asked}, caseVersion: version}});
      return api.call(taskRoutes.complete, {params, body: {outcome: action.id, values: {...model.toSend(form.values), ...asked}, caseVersion: version}});
    }),
    onSuccess: (next, {action}) => {
      if (action.kind === 'outcome') autosave.forget();
      take(next);
      void cache.invalidateQueries({queryKey: reasonsKey(next)});
      onDone(next, action);
    },
    onError: (error, {asked}) => {
      if (error instanceof ApiError && error.code === 'CASE_PENDING') void cache.invalidateQueries({queryKey: ['case', view.head.id]});
      const shown = viewError(error, language, new Set([...model.fields.keys()].filter(name => !Object.hasOwn(asked, name))));
      if (Object.keys(shown.byField).length > 0) model.show(shown.byField);
    },
  });
  return {view, task, model, formError, retryForm, saved: autosave.current, run};
}

function useTaskModel(view: CaseViewJson, task: CaseTaskView, autosave: ReturnType<typeof useAutosave<FormValues>>, latest: {readonly current: {view: CaseViewJson; language: 'zh-CN' | 'en'; t: ReturnType<typeof useUiText>}}) {
  const {change, recover} = autosave;
  const start = useMemo(() => {
    const left = recover();
    const isNewer = left !== null && left.at >= (task.draftSavedAt ?? 0);
    return {values: {...view.form.values, ...task.draft, ...(isNewer ? left.value : {})}, unsaved: isNewer ? left.value : null};
    // Only what stood there when the task was opened counts; later answers of the server must not overwrite what is being typed.
  }, [task.id]);
  const [subject, setSubject] = useState<TaskSubject | null>(() => changedSubject(view, start.values));
  const {schema, access, other, error: formError, retry: retryForm} = useTaskForm(view, task, subject);
  // What is typed now; under another class the form is made anew with it.
  const typed = useRef<FormValues>(start.values);
  const task0 = useRef(task.id);
  if (task0.current !== task.id) typed.current = start.values;
  task0.current = task.id;
  const model = useMemo(
    () => {
      const made: FormModel = createFormModel({
        id: 'task',
        schema,
        access,
        values: typed.current,
        context: caseContext(view, task),
        tools: () => latest.current,
        onInput: () => {
          typed.current = {...Object.fromEntries(Object.entries(typed.current).filter(([name]) => !made.fields.has(name))), ...made.values()};
          setSubject(before => sameSubject(before, changedSubject(latest.current.view, made.values())));
          change(made.typed(latest.current.view.form.values));
        },
      });
      return made;
    },
    // The form is made anew only when the task, the rights or the class change.
    [task.id, JSON.stringify(access), other],
  );
  useEffect(() => {
    if (start.unsaved) change(start.unsaved);
  }, [start, change]);
  return {model, formError, retryForm};
}

/** Another matter or channel than the case has. */
interface TaskSubject {
  readonly matter?: string;
  readonly channel?: string;
}

/** What the form would ask for depends on these two; `null` while they are as the case has them. */
function changedSubject(view: CaseViewJson, values: FormValues): TaskSubject | null {
  const changed = (['matter', 'channel'] as const).flatMap(meaning => {
    const name = view.form.classFields?.[meaning];
    const value = name === undefined ? undefined : values[name];
    return name !== undefined && typeof value === 'string' && value !== '' && value !== view.form.values[name] ? [[meaning, value] as const] : [];
  });
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

function sameSubject(before: TaskSubject | null, now: TaskSubject | null): TaskSubject | null {
  return before?.matter === now?.matter && before?.channel === now?.channel ? before : now;
}

/** The form of the task: the case's own, or that of another class while one is chosen. */
function useTaskForm(view: CaseViewJson, task: CaseTaskView, subject: TaskSubject | null) {
  const query = useQuery({
    queryKey: ['taskForm', task.id, view.version, subject?.matter ?? '', subject?.channel ?? ''],
    queryFn: () => api.call(taskRoutes.form, {params: {taskId: task.id}, query: {...subject}}),
    enabled: subject !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const found = subject === null ? undefined : query.data;
  return {
    schema: found ? (found.schema as unknown as FormSchema) : caseSchema(view),
    access: (found?.access ?? task.access ?? {}) as Readonly<Record<string, FieldAccess>>,
    other: found ?? null,
    error: subject === null ? null : query.error,
    retry: () => void query.refetch(),
  };
}
