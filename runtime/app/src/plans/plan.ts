import type {AnswerOf, limitRoutes} from '@banli/api';

/** A plan as the server tells it. */
export type Plan = AnswerOf<typeof limitRoutes.plans>['plans'][number];

/** Whether a plan is being listed or applied. */
export function isBusy(plan: Plan): boolean {
  return plan.status === 'listing' || plan.status === 'applying';
}
