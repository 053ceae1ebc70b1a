import type {CompiledBundle, Effect} from '@banli/formats';
import {textOrNull} from './context.js';
import type {CaseDeps} from './deps.js';
import {factsOf} from './release-facts.js';

/** Reasons by the form field that holds them: the key, and whether its row says that the unit was the wrong one. */
export type JudgedReasons = ReadonlyMap<string, {readonly reason: string | null; readonly isWrongUnit: boolean}>;

/**
 * Looks up in their catalogs what the reasons of returns say, before effects are carried out: these ask nobody. A reason that is missing or that nobody knows does not blame the
 * choice of the unit; a retired one speaks as before.
 *
 * @param values - Of the case and of the task, as sent.
 * @see Source: requirements/xinjiang-hotline.md §2.1.12 (beyond the unit's authority: the rule is looked at).
 */
export async function judgeReturns(deps: Pick<CaseDeps, 'catalogs'>, release: CompiledBundle, effects: readonly Effect[], values: Readonly<Record<string, unknown>>, at: number): Promise<JudgedReasons> {
  const judged = new Map<string, {readonly reason: string | null; readonly isWrongUnit: boolean}>();
  for (const effect of effects) {
    if (effect.kind !== 'excludeUnit' || !effect.judge) continue;
    const {field, column} = effect.judge;
    const reason = textOrNull(values[field]);
    const catalog = factsOf(release).fields.get(field)?.['x-banli']?.catalog?.id;
    const said = reason === null || catalog === undefined ? null : await deps.catalogs.cell(catalog, reason, column, at);
    judged.set(field, {reason, isWrongUnit: said === 'yes'});
  }
  return judged;
}
