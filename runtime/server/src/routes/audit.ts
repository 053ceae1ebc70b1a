import {operationRoutes} from '@banli/api';
import {verifyAudit, type OpenAudit} from '@banli/audit';
import type {Store} from '@banli/store';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** Binds the routes of the audit log. */
export function bindAuditRoutes({audit, store}: {readonly audit: OpenAudit; readonly store: Store}): readonly BoundRoute[] {
  return [
    bindRoute(operationRoutes.audit, async ({query}) => {
      const page = await audit.log.list({limit: query.limit ?? 50, ...(query.cursor === undefined ? {} : {cursor: query.cursor}), ...(query.subject === undefined ? {} : {subject: query.subject})});
      const rows = page.rows.map(({seq, at, actorName, action, subject, result, address}) => ({seq, at, actorName, action, subject, result, address}));
      return {rows, nextCursor: page.nextCursor};
    }),
    bindRoute(operationRoutes.verifyAudit, async () => {
      const report = await verifyAudit(store, audit);
      const told = (list: typeof report.faults) => list.map(({seq, what}) => ({seq, what}));
      return {good: report.good, checked: report.checked, faults: told(report.faults), doubts: told(report.doubts)};
    }),
  ];
}
