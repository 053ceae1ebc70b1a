import type {Problem} from '@banli/errors';
import type {CompiledBundle} from '@banli/formats';
import {textOrNull} from './context.js';
import type {CaseDeps} from './deps.js';
import {caseErrors} from './errors.js';

/**
 * Looks whether the matter of a new case is handled by the application that it is started in. The catalog of matters names the application (table `handling`); a matter that
 * names none, or one that is not published, may be started in any.
 *
 * @param values - As sent.
 * @returns The problem at the field of the matter, `null` where the case may begin here.
 * @see Source: issue "Catalogs" §1.5 (matter → form, process). That an unpublished process stops nobody is an own rule.
 */
export async function otherProcess(deps: Pick<CaseDeps, 'catalogs' | 'releases'>, release: CompiledBundle, values: Readonly<Record<string, unknown>>, at: number): Promise<Problem | null> {
  const {id, caseFields} = release.bundle.manifest;
  const field = caseFields.matter;
  const matter = field === undefined ? null : textOrNull(values[field]);
  if (field === undefined || matter === null) return null;
  const named = await deps.catalogs.matterHandling(matter, at);
  if (named === null || named.processCode === id) return null;
  const other = await deps.releases.current(named.processCode);
  if (!other) return null;
  const {title} = other.release.bundle.manifest;
  const {code, message, details} = caseErrors.MATTER_OTHER_PROCESS({matter, process: title['zh-CN'], processId: named.processCode, row: named.row, version: named.version});
  return {code, message, details, place: {field}};
}
