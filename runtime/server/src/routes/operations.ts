import {operationRoutes} from '@banli/api';
import {countBacklog, listAlarms} from '@banli/cases';
import type {Store} from '@banli/store';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** How the engine is, from its supervisor. */
export interface EngineView {
  readonly up: boolean;
  readonly product: string | null;
  readonly version: string | null;
  readonly reason: string | null;
}

/** Whether the engine runs, what waits for it, what went wrong. */
export function bindOperationRoutes({store, engine}: {readonly store: Store; readonly engine: () => EngineView}): readonly BoundRoute[] {
  return [
    bindRoute(operationRoutes.engine, async () => ({...engine(), ...(await countBacklog({store}))})),
    bindRoute(operationRoutes.alarms, async () => ({alarms: [...(await listAlarms({store}))]})),
  ];
}
