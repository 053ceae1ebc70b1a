import type {Problem} from '@banli/errors';
import type {CompiledBundle} from '@banli/formats';
import {textOrNull} from './context.js';
import type {CaseDeps} from './deps.js';
import {caseErrors} from './errors.js';
import type {Acceptance, TakenDown} from './registration-hints.js';

type Values = Readonly<Record<string, unknown>>;

/** What the catalog says against the nature of a new case: the `row` of the conflict, the `reason` given for it, and what is wrong without one. */
export interface NatureCheck {
  readonly row: string | null;
  readonly reason: string | null;
  readonly problems: readonly Problem[];
}

const nothing: NatureCheck = {row: null, reason: null, problems: []};

/**
 * Holds the nature of a new case against its matter. What the catalog blocks is refused; what it warns of needs a reason, unless the case is only answered because the hotline does not accept it. An
 * application without a field for the reason is left alone.
 */
export async function checkNature(deps: Pick<CaseDeps, 'catalogs' | 'people'>, release: CompiledBundle, values: Values, taken: TakenDown & {readonly acceptance: Acceptance}): Promise<NatureCheck> {
  const {registration, caseFields} = release.bundle.manifest;
  const field = registration?.natureReason;
  const valueOf = (name: string | undefined): string | null => (name === undefined ? null : textOrNull(values[name]));
  const [matter, nature] = [valueOf(caseFields.matter), valueOf(caseFields.nature)];
  if (field === undefined || !deps.catalogs.words || matter === null || nature === null) return nothing;
  const found = await deps.catalogs.words.natureConflict({matter, nature, at: taken.at, areaCode: deps.people.unit(taken.unitId)?.areaCode});
  if (!found) return nothing;
  const reason = valueOf(field)?.trim() ?? '';
  const details = {reason: found.reason['zh-CN'], filedAs: found.filedAs['zh-CN'], reasonEn: found.reason.en ?? found.reason['zh-CN'], filedAsEn: found.filedAs.en ?? found.filedAs['zh-CN']};
  if (found.verdict === 'block') return {row: found.row, reason: null, problems: [problemOf(caseErrors.NATURE_REFUSED(details), caseFields.nature ?? field)]};
  if (reason !== '') return {row: found.row, reason, problems: []};
  return taken.acceptance.answered ? nothing : {row: found.row, reason: null, problems: [problemOf(caseErrors.NATURE_DOUBTED(details), field)]};
}

function problemOf({code, message, details}: ReturnType<typeof caseErrors.NATURE_REFUSED>, field: string): Problem {
  return {code, message, place: {field}, details};
}

/** What is audited of a case whose nature hardly fits its matter. */
export function natureAudit(nature: NatureCheck | undefined): Readonly<Record<string, unknown>> {
  return nature && nature.reason !== null ? {natureConflict: nature.row, natureReason: nature.reason} : {};
}
