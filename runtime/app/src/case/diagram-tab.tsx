import type {CaseViewJson} from '@banli/api';
import {ErrorPanel, Skeleton} from '@banli/ui';
import {lazy, Suspense} from 'react';
import {myTasks, useDiagram} from './case-data.js';

const DiagramView = lazy(async () => ({default: (await import('../diagram/diagram-view.js')).DiagramView}));

/** The live diagram; its library is loaded when the tab is opened for the first time. */
export function DiagramTab({view, isShown}: {readonly view: CaseViewJson; readonly isShown: boolean}) {
  const diagram = useDiagram(view.head.id, isShown);
  if (!diagram.data) return diagram.error ? <ErrorPanel error={diagram.error} onRetry={() => void diagram.refetch()} /> : <Skeleton rows={8} />;
  return (
    <>
      {diagram.error ? <ErrorPanel error={diagram.error} onRetry={() => void diagram.refetch()} /> : null}
      <Suspense fallback={<Skeleton rows={8} />}>
        <DiagramView xml={diagram.data.xml} marks={diagram.data.marks} flows={diagram.data.flows} mine={myTasks(view).map(task => task.stepId)} />
      </Suspense>
    </>
  );
}
