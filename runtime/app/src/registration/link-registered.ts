import {caseRoutes} from '@banli/api';
import {api} from '../http/api.js';

/** The case that the new ones will be linked with, and how: the same grievance that is open, or a former one that they repeat. */
export interface LinkTo {
  readonly caseId: string;
  readonly relation: 'same' | 'repeat';
}

/** Links every case just registered with another one. @throws ApiError of the first that fails. */
export async function linkRegistered(cases: ReadonlyArray<{readonly caseId: string}>, {caseId: otherCaseId, relation}: LinkTo): Promise<void> {
  for (const {caseId} of cases) await api.call(caseRoutes.link, {params: {caseId}, body: {otherCaseId, relation}});
}
