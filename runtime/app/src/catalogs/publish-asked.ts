import type {AnswerOf, catalogLifeRoutes} from '@banli/api';

/** What publishing a change would find. */
export type PublishCheck = AnswerOf<typeof catalogLifeRoutes.check>;

/**
 * Names what a check asks whoever publishes to acknowledge, so that an acknowledgement counts for these findings and no others.
 *
 * @returns Empty names where nothing is asked, and while nothing is known.
 */
export function askedOf(check: PublishCheck | undefined): {readonly warnings: string; readonly gaps: string} {
  const coverage = check?.coverage;
  return {
    warnings: check && check.toConfirm > 0 ? check.problems.filter(problem => problem.severity === 'warning').map(({code, message, place}) => `${code} ${place.element ?? ''} ${message}`).join('\n') : '',
    gaps: coverage && coverage.gaps + coverage.overlaps > 0 ? `${coverage.gaps} ${coverage.overlaps} ${coverage.findings.map(({kind, matterCode, areaCode}) => `${kind} ${matterCode} ${areaCode}`).join()}` : '',
  };
}
