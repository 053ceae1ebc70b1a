import type {AnswerOf, operationRoutes} from '@banli/api';

/** An alarm as the server tells it. */
export type Alarm = AnswerOf<typeof operationRoutes.alarms>['alarms'][number];

const kinds = ['compensated', 'incident', 'lost', 'ahead', 'counters', 'nobody', 'unwritten', 'receiver'] as const;

/** A kind of alarm this version has words for, or `other`. */
export type AlarmKind = (typeof kinds)[number] | 'other';

/** The kind as far as there are words for it. */
export function alarmKind(kind: string): AlarmKind {
  return kinds.find(known => known === kind) ?? 'other';
}
