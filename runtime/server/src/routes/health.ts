import {operationRoutes, type Route} from '@banli/api';
import type {Store} from '@banli/store';
import {bindPublicRoute, createOpenApi, within, type BoundRoute, type Metrics} from '../http/index.js';

/** What the pages for machines need. `isEngineUp` answers from memory: nobody waits for the engine here. */
export interface HealthRouteParts {
  readonly store: Pick<Store, 'ping'>;
  readonly isEngineUp: () => boolean;
  readonly metrics: Metrics;
  readonly routes: readonly Route[];
  readonly version: string;
  /** How long the database may take to answer, in milliseconds. Default 2 s. */
  readonly pingWithinMs?: number;
}

/** Binds life, readiness, metrics and the OpenAPI document. */
export function bindHealthRoutes(parts: HealthRouteParts): readonly BoundRoute[] {
  const openApi = createOpenApi(parts.routes, parts.version);
  return [
    bindPublicRoute(operationRoutes.healthz, async () => ({status: 'up' as const})),
    bindPublicRoute(operationRoutes.readyz, async ({reply}) => {
      // A database that hangs is as good as none: whoever asks here must not hang with it.
      const database = await within(parts.pingWithinMs ?? 2_000, parts.store.ping().then(() => 'up' as const, () => 'down' as const), () => 'down' as const);
      const engine = parts.isEngineUp() ? ('up' as const) : ('down' as const);
      // Without the engine everything that reads goes on; without the database nothing does.
      if (database === 'down') reply.status(503);
      return {status: database === 'up' && engine === 'up' ? ('ready' as const) : ('degraded' as const), database, engine};
    }),
    bindPublicRoute(operationRoutes.metrics, () => parts.metrics.text()),
    bindPublicRoute(operationRoutes.openapi, async () => openApi),
  ];
}
