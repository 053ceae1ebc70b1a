import {PauseCircleOutlined, UserOutlined} from '@ant-design/icons';
import {taskRoutes, type CaseTaskView, type CaseViewJson} from '@banli/api';
import {ErrorPanel, formatMoment, FormProblems, SchemaForm, useJoints, useLanguage, useLocalize} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {Button} from 'antd';
import {useMemo} from 'react';
import {api, serverClock} from '../http/api.js';
import {widgets} from '../plugins.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {arrangeActions} from './arrange-actions.js';
import {ReadForm} from './read-form.js';
import {useReasonServices} from './use-reason-services.js';
import {requiredNotes} from './asked-fields.js';
import type {TaskWork} from './use-task-work.js';
import {useUnitName} from '../frame/use-unit-name.js';

/** 办理: whose turn, the form of the task, and above it everything that has to be corrected. */
export function TaskPanel({work}: {readonly work: TaskWork}) {
  const t = useText();
  const joints = useJoints();
  const localize = useLocalize();
  const {task, model, view} = work;
  const actions = useMemo(() => {
    const {primary, beside, more} = arrangeActions(task);
    return [...(primary ? [primary] : []), ...beside, ...more];
  }, [task]);
  const services = useReasonServices(view, actions);
  const notes = useMemo(() => requiredNotes(actions, t('case.required'), names => t('case.requiredFor', {names: joints.list(names)}), action => localize(action.item.name)), [actions, t, localize, joints]);
  return (
    <div className="app-task">
      <TaskStrip work={work} />
      {task.outcomes.length === 0 && view.head.marks.includes('paused') ? (
        <p className="app-task-paused" role="note">
          <PauseCircleOutlined aria-hidden /> {t('case.pausedHelp')}
        </p>
      ) : null}
      <FormProblems model={model} />
      {work.formError ? <ErrorPanel error={work.formError} onRetry={work.retryForm} /> : null}
      <SchemaForm model={model} services={services} widgets={widgets} notes={notes} hideEmpty />
    </div>
  );
}

function TaskStrip({work: {task, view}}: {readonly work: TaskWork}) {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  return (
    <div className="app-task-strip">
      <h2>{localize(task.stepName)}</h2>
      <span className="banli-secondary">
        {task.strand?.number ? `${task.strand.number} · ` : ''}
        {task.unitName ? `${unitName(task.unitName)} · ` : ''}
        {t('case.since', {moment: formatMoment(task.createdAt, serverClock.now(), language)})}
      </span>
      <span className="app-top-space" />
      {view.pending ? null : <ClaimButton task={task} caseId={view.head.id} />}
    </div>
  );
}

/** Who has taken the task; takes it for oneself or gives it back. */
function ClaimButton({task, caseId}: {readonly task: CaseTaskView; readonly caseId: string}) {
  const t = useText();
  const cache = useQueryClient();
  const {session} = useSession();
  const isOwn = task.assignee?.id === session.person.id;
  const change = useMutation({
    mutationFn: () => api.call(isOwn ? taskRoutes.release : taskRoutes.claim, {params: {taskId: task.id}}),
    onSettled: () => Promise.all([cache.invalidateQueries({queryKey: ['case', caseId]}), cache.invalidateQueries({queryKey: ['box']})]),
  });
  return (
    <span className="app-claim">
      {change.error ? <ErrorPanel error={change.error} /> : null}
      {task.assignee ? (
        <span className="banli-secondary">
          <UserOutlined aria-hidden /> {isOwn ? t('case.claimedByMe') : t('case.claimedBy', {name: task.assignee.name})}
        </span>
      ) : null}
      {task.assignee === null || isOwn ? (
        <Button size="small" loading={change.isPending} onClick={() => change.mutate()}>
          {isOwn ? t('case.release') : t('case.claim')}
        </Button>
      ) : null}
    </span>
  );
}

/** 办理 for whoever has nothing to do here: whose turn it is, and the case to read. */
export function WaitingPanel({view}: {readonly view: CaseViewJson}) {
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const open = view.tasks.filter(task => task.state === 'open' || task.state === 'submitting');
  return (
    <div className="app-waiting">
      <h2>{t(open.length > 0 ? 'case.notMine' : view.ended ? 'case.ended' : 'case.working')}</h2>
      {open.length === 0 ? <p className="banli-secondary">{t(view.ended ? 'case.endedHelp' : 'case.workingHelp')}</p> : null}
      <ul className="app-plain-list">
        {open.map(task => (
          <li key={task.id} className="app-waiting-row">
            <strong>{localize(task.stepName)}</strong>
            <span>{[unitName(task.unitName), task.assignee?.name].filter(Boolean).join(' · ')}</span>
            <span className="banli-secondary">{t('case.since', {moment: formatMoment(task.createdAt, serverClock.now(), language)})}</span>
          </li>
        ))}
      </ul>
      <ReadForm view={view} id="waiting" />
    </div>
  );
}
