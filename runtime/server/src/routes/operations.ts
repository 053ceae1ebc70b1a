import {operationRoutes} from '@banli/api';
import {closeAlarm, countAlarms, countBacklog, listAlarms, retryAlarm, type AlarmDeps, type AlarmReader, type CaseAudit, type RetryDeps} from '@banli/cases';
import type {Permissions} from '@banli/permissions';
import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** How the engine is, from its supervisor. */
export interface EngineView {
  readonly up: boolean;
  readonly product: string | null;
  readonly version: string | null;
  readonly reason: string | null;
}

/** What the routes for operators stand on. */
export interface OperationRouteDeps {
  readonly store: Store;
  readonly people: AlarmDeps['people'];
  readonly clock: Clock;
  readonly audit: CaseAudit;
  readonly permissions: Permissions;
  readonly vault: RetryDeps['vault'];
  /** The engine itself, to give failed steps new attempts. */
  readonly processes: RetryDeps['engine'];
  readonly engine: () => EngineView;
}

/** Whether the engine runs, what waits for it, what went wrong and who saw to it. */
export function bindOperationRoutes(deps: OperationRouteDeps): readonly BoundRoute[] {
  const {store, permissions, engine} = deps;
  const readerOf = (actor: AlarmReader['actor'] & {readonly roles: readonly string[]}): AlarmReader => ({actor, reach: permissions.reach(actor, operationRoutes.alarms.permission)});
  return [
    bindRoute(operationRoutes.engine, async ({actor}) => ({...engine(), ...(await countBacklog({store})), alarms: await countAlarms(deps, readerOf(actor))})),
    bindRoute(operationRoutes.alarms, async ({actor}) => ({alarms: [...(await listAlarms(deps, readerOf(actor)))]})),
    bindRoute(operationRoutes.closeAlarm, ({actor, params, body}) => closeAlarm(deps, actor, {alarmId: params.alarmId, reason: body.reason}, target => permissions.canWith(actor, operationRoutes.closeAlarm.permission, target))),
    bindRoute(operationRoutes.retryAlarm, ({actor, params}) => retryAlarm({...deps, engine: deps.processes}, actor, params.alarmId, target => permissions.canWith(actor, operationRoutes.retryAlarm.permission, target))),
  ];
}
