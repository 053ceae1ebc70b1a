import type {CaseRecord} from './model.js';

/** What a case is about, where, and who has it. */
export interface CaseSubject {
  /** `null` where the bundle names no field for it, or none was chosen yet. */
  readonly matterCode: string | null;
  readonly areaCode: string;
  /** Units that lead, work and assist; empty before the case is handed to one. */
  readonly unitIds: readonly string[];
}

/** The subject of a case as it stands. */
export function subjectOf({matter, areaCode, leadUnitId, routing: {holding, participants}}: CaseRecord): CaseSubject {
  return {matterCode: matter, areaCode, unitIds: [...new Set([...(leadUnitId === null ? [] : [leadUnitId]), ...holding, ...Object.values(participants).flat()])]};
}
