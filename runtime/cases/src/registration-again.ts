import type {CompiledBundle, FieldAccess} from '@banli/formats';
import type {Problem} from '@banli/errors';
import type {CaseDeps} from './deps.js';
import {acceptedAudit, checkAccepted, type TakenDown} from './registration-hints.js';
import {checkNature, natureAudit} from './registration-nature.js';
import {isSame} from './work.js';

type Values = Readonly<Record<string, unknown>>;

/** A step that may change what a case is about: its values before and after, and what whoever does the step may fill in. */
export interface ChangedCase extends TakenDown {
  readonly stored: Values;
  readonly values: Values;
  readonly access: Readonly<Record<string, FieldAccess>>;
}

/** What is wrong with a changed case, and what is audited of it. */
export interface AskedAgain {
  readonly problems: readonly Problem[];
  readonly audit: Readonly<Record<string, unknown>>;
}

/**
 * Asks the negative list and the filing of the matter again where a later step gives a case another matter or nature, as a registration would. What they say of the case anew wants a reason of its own: one that was
 * given for the former matter does not count. Left alone is a step in which nobody may write the reason.
 */
export async function askAgain(deps: Pick<CaseDeps, 'catalogs' | 'people'>, release: CompiledBundle, {stored, values, access, unitId, at}: ChangedCase): Promise<AskedAgain> {
  const {registration, caseFields} = release.bundle.manifest;
  const isChanged = (name: string | undefined): boolean => name !== undefined && !isSame(stored[name], values[name]);
  const mayWrite = (name: string | undefined): name is string => name !== undefined && (access[name] === 'edit' || access[name] === 'required');
  if (!isChanged(caseFields.matter) && !isChanged(caseFields.nature)) return {problems: [], audit: {}};
  const taken: TakenDown = {unitId, at};
  const without = (name: string): Values => (isChanged(name) ? values : {...values, [name]: null});
  const [before, now] = [await checkAccepted(deps, release, stored, taken), await checkAccepted(deps, release, values, taken)];
  const asksAccept = mayWrite(registration?.acceptReason) && now.entries.some(entry => !before.entries.includes(entry));
  const acceptance = asksAccept ? await checkAccepted(deps, release, without(registration.acceptReason ?? ''), taken) : {...now, problems: []};
  const [filed, filedNow] = [await checkNature(deps, release, stored, {...taken, acceptance: before}), await checkNature(deps, release, values, {...taken, acceptance: now})];
  const asksNature = mayWrite(registration?.natureReason) && filedNow.row !== null && filedNow.row !== filed.row;
  const nature = asksNature ? await checkNature(deps, release, without(registration.natureReason ?? ''), {...taken, acceptance: now}) : {...filedNow, problems: []};
  return {problems: [...acceptance.problems, ...nature.problems], audit: {...(asksAccept ? acceptedAudit(acceptance) : {}), ...(asksNature ? natureAudit(nature) : {})}};
}
