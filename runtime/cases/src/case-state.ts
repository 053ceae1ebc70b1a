import type {CompiledBundle} from '@banli/formats';
import {isTrueOr, type FeelContext} from '@banli/expressions';
import type {CaseRecord, TaskRow} from './model.js';

/** The state that staff see, and the one that citizens see meanwhile. */
export interface CaseStates {
  readonly stateId: string;
  readonly publicState: string | null;
}

/** State of a cancelled case, and of one that the engine refused to start: every bundle has them. */
export const builtInStates = {
  cancelled: {'zh-CN': '已撤销', en: 'Cancelled'},
  failed: {'zh-CN': '启动失败', en: 'Not started'},
} as const;

/**
 * Works out the state: the first of the bundle's states (they stand in falling priority) that an open step names, or the paused
 * state while the case is paused; an ended case, and one whose steps name none, has the end state.
 */
export function stateOf(release: CompiledBundle, record: Pick<CaseRecord, 'status' | 'stateId' | 'routing'>, tasks: ReadonlyArray<Pick<TaskRow, 'stepId'>>, context: FeelContext): CaseStates {
  const {manifest} = release.bundle;
  if (record.status === 'cancelled' || record.status === 'failed') return {stateId: record.status, publicState: null};
  const named = new Set([...tasks.map(task => task.stepId), ...record.routing.work.map(work => work.stepId)].map(stepId => release.steps[stepId]?.state));
  if (record.routing.paused) named.add(manifest.pausedState);
  const fit = record.status === 'ended' ? undefined : manifest.states.find(state => named.has(state.id));
  const stateId = fit?.id ?? manifest.endState ?? record.stateId;
  const state = manifest.states.find(each => each.id === stateId);
  const other = state?.publicWhen?.find(rule => isTrueOr(rule.when, context, false));
  return {stateId, publicState: other?.public ?? state?.public ?? null};
}

/** State of a case that was accepted but has not reached the engine yet: that of the nearest step after the start that names one. */
export function firstStateOf(release: CompiledBundle): string {
  const seen = new Set([release.startStep]);
  const queue = [release.startStep];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const state = id === release.startStep ? null : release.steps[id]?.state;
    if (state) return state;
    for (const flow of release.flows) {
      if (flow.source !== id || seen.has(flow.target)) continue;
      seen.add(flow.target);
      queue.push(flow.target);
    }
  }
  return release.bundle.manifest.endState ?? release.bundle.manifest.states[0]?.id ?? 'open';
}
