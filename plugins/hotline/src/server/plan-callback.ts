import {dayMs, dayOf, formatMoment, hourMs, startOfDay, type WorkerDefinition} from '@banli/sdk/server';

interface Input {
  readonly unreachedCount: number;
  readonly vulnerable: boolean | null;
}

/** Nobody is called before or after these hours, Beijing time (own). */
const firstHour = 10;
const lastHour = 20;

/**
 * Plans a callback: at once when it is a decent hour, after an unanswered call a day later; vulnerable callers are called by a person.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.9 (two attempts); hours, the day between and the person: own.
 */
export function planCallback(): WorkerDefinition<Input> {
  return {
    topic: 'hotline.planCallback',
    title: {'zh-CN': '回访计划', en: 'Callback plan'},
    inputSchema: {type: 'object', required: ['unreachedCount'], properties: {unreachedCount: {type: 'number', minimum: 0}, vulnerable: {type: ['boolean', 'null']}}},
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, now, effects}) {
      const plannedAt = decentHour(input.unreachedCount > 0 ? now + dayMs : now);
      // The first call may come early and count; one that is to follow an unanswered call must not be made up at once.
      effects.setVariables({callbackNotBefore: input.unreachedCount > 0 ? plannedAt : 0});
      effects.setFields({callbackPlannedAt: new Date(plannedAt).toISOString(), callbackWay: input.vulnerable === true ? 'person' : 'phone'});
      effects.note({'zh-CN': `计划于 ${formatMoment(plannedAt)} 回访（第 ${input.unreachedCount + 1} 次）`, en: `Callback ${input.unreachedCount + 1} planned for ${formatMoment(plannedAt)}`});
    },
  };
}

/** The same moment if it lies in calling hours, else the next beginning of them. UTC milliseconds. */
export function decentHour(moment: number): number {
  const midnight = startOfDay(dayOf(moment));
  if (moment < midnight + firstHour * hourMs) return midnight + firstHour * hourMs;
  if (moment >= midnight + lastHour * hourMs) return midnight + dayMs + firstHour * hourMs;
  return moment;
}
