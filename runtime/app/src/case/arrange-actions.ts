import type {CaseTaskView} from '@banli/api';

/** One thing to do with a task: finish it with an outcome, or ask for something. */
export type TaskAction =
  | {readonly kind: 'outcome'; readonly id: string; readonly item: CaseTaskView['outcomes'][number]; readonly isDanger: boolean; readonly isPrimary: boolean}
  | {readonly kind: 'request'; readonly id: string; readonly item: CaseTaskView['actions'][number]; readonly isDanger: false; readonly isPrimary: false};

/** The action bar from right to left: `primary`, up to three `beside` it, the rest under 更多. */
export interface ArrangedActions {
  readonly primary: TaskAction | null;
  /** Nearest to the primary first; a dangerous one is never the first. */
  readonly beside: readonly TaskAction[];
  readonly more: readonly TaskAction[];
}

/** How many actions stand beside the primary one, by width of the screen. */
export const besideAtMost = {wide: 3, phone: 1} as const;

/**
 * Arranges what a person may do: one primary action (the first the bundle calls so), at most `atMost` more, the rest under 更多.
 * A dangerous action never stands next to the primary: it goes to the far end of them, or under 更多 where nothing stands between.
 */
export function arrangeActions(task: Pick<CaseTaskView, 'outcomes' | 'actions'>, atMost: number = besideAtMost.wide): ArrangedActions {
  const outcomes = task.outcomes.map((item): TaskAction => ({kind: 'outcome', id: item.id, item, isDanger: item.tone === 'danger', isPrimary: item.tone === 'primary'}));
  const requests = task.actions.map((item): TaskAction => ({kind: 'request', id: item.id, item, isDanger: false, isPrimary: false}));
  const primary = outcomes.find(action => action.isPrimary) ?? null;
  const safe = [...outcomes.filter(action => action !== primary && !action.isDanger), ...requests];
  const dangerous = outcomes.filter(action => action.isDanger);
  const shownDangers = (safe.length > 0 && atMost > 1) || primary === null ? dangerous.slice(0, 1) : [];
  const shownSafe = safe.slice(0, atMost - shownDangers.length);
  const beside = [...shownSafe, ...shownDangers];
  const shown = new Set<TaskAction>(beside);
  return {primary, beside, more: [...safe, ...dangerous].filter(action => !shown.has(action))};
}
