import type {CaseTaskView, CaseViewJson} from '@banli/api';
import {EmptyState, ErrorPanel, useLocalize} from '@banli/ui';
import {Segmented} from 'antd';
import {useCallback, useMemo, useState} from 'react';
import {Link, useParams, useSearchParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {isMissing} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {ActionBar} from './action-bar.js';
import type {TaskAction} from './arrange-actions.js';
import {myTasks, useCase, viewAt} from './case-data.js';
import {CaseBody} from './case-body.js';
import {DoneStrip} from './done-strip.js';
import {LostText} from './lost-text.js';
import {TaskPanel, WaitingPanel} from './task-panel.js';
import {useTaskWork} from './use-task-work.js';

/** One case: everything about it, and what this person may do with it now. */
export function CasePage() {
  const {caseId = ''} = useParams();
  const t = useText();
  const loaded = useCase(caseId);
  if (loaded.data) return <Case key={caseId} view={loaded.data} staleError={loaded.error} onReload={() => void loaded.refetch()} />;
  if (isMissing(loaded.error)) {
    return (
      <EmptyState isPage title={t('case.missing')} help={t('case.missingHelp')}>
        <Link to="/inbox/todo">{t('case.toInbox')}</Link>
      </EmptyState>
    );
  }
  return <div className="app-pad">{loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : <PageSkeleton rows={10} />}</div>;
}

function Case({view, staleError, onReload}: {readonly view: CaseViewJson; readonly staleError: unknown; readonly onReload: () => void}) {
  const t = useText();
  const localize = useLocalize();
  const [search, setSearch] = useSearchParams();
  const [done, setDone] = useState<TaskAction | null>(null);
  const [shownTask, setShownTask] = useState<string | null>(null);
  const mine = done && view.pending ? [] : myTasks(view);
  const asked = search.get('task');
  const task = mine.find(each => each.id === asked) ?? mine[0];
  const onDone = useCallback(
    (_next: CaseViewJson, action: TaskAction) => {
      setDone(action);
      setShownTask(null);
      document.getElementById('page')?.scrollTo({top: 0});
    },
    [],
  );
  const current = task?.id ?? null;
  if (current !== null && current !== shownTask) setShownTask(current);
  const notices = (
    <>
      {staleError ? <ErrorPanel error={staleError} onRetry={onReload} /> : null}
      {done ? <DoneStrip view={view} action={done} onClose={() => setDone(null)} /> : null}
      {shownTask !== null && current !== shownTask && !done ? <LostText view={view} taskId={shownTask} onClose={() => setShownTask(current)} /> : null}
      {mine.length > 1 && task ? (
        <Segmented
          value={task.id}
          aria-label={t('case.myTasks')}
          options={mine.map(each => ({value: each.id, label: [localize(each.stepName), mine.some(other => other !== each && other.stepId === each.stepId) ? each.strand?.number : null].filter(Boolean).join(' ')}))}
          onChange={id => setSearch({task: id}, {replace: true})}
        />
      ) : null}
    </>
  );
  if (!task) return <CaseBody view={view} notices={notices} work={<WaitingPanel view={view} />} actions={null} saved={null} />;
  return <WorkOnTask key={task.id} view={view} task={task} notices={notices} onDone={onDone} onReload={onReload} />;
}

interface WorkProps {
  readonly view: CaseViewJson;
  readonly task: CaseTaskView;
  readonly notices: React.ReactNode;
  readonly onDone: (view: CaseViewJson, action: TaskAction) => void;
  readonly onReload: () => void;
}

function WorkOnTask({view: whole, task, notices, onDone, onReload}: WorkProps) {
  const [, setSearch] = useSearchParams();
  const view = useMemo(() => viewAt(whole, task), [whole, task]);
  const work = useTaskWork(view, task, onDone);
  const showForm = () =>
    setSearch(
      before => {
        before.delete('tab');
        return before;
      },
      {replace: true},
    );
  return <CaseBody view={view} notices={notices} work={<TaskPanel work={work} />} actions={<ActionBar work={work} onShowForm={showForm} onReload={onReload} />} saved={work.saved} />;
}
