import {caseRoutes} from '@banli/api';
import {api} from '../http/api.js';

/** Links every case just registered with an open one of the same grievance. @throws ApiError of the first that fails. */
export async function linkRegistered(cases: ReadonlyArray<{readonly caseId: string}>, otherCaseId: string): Promise<void> {
  for (const {caseId} of cases) await api.call(caseRoutes.link, {params: {caseId}, body: {otherCaseId}});
}
