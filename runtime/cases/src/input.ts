import type {CompiledBundle, FieldAccess, FormNode, FormSchema} from '@banli/formats';
import {isAppError, type Problem} from '@banli/errors';
import type {FeelContext} from '@banli/expressions';
import type {CaseDeps} from './deps.js';
import {factsOf} from './release-facts.js';
import {isSame} from './work.js';

type Values = Readonly<Record<string, unknown>>;

/** What a person sent for one step. */
export interface InputRequest {
  readonly release: CompiledBundle;
  readonly form: FormSchema;
  readonly access: Readonly<Record<string, FieldAccess>>;
  readonly stored: Values;
  readonly sent: Values;
  readonly requires: readonly string[];
  readonly context: FeelContext;
  readonly partial: boolean;
  readonly at: number;
  /** Unit of whoever sent it: rows of catalogs are chosen as they hold for its area. */
  readonly unitId: string;
}

/** Input that was checked: all values of the case as they are now (cleared ones are left out), values of the task alone, and the attachments that are new. */
export interface CheckedInput {
  readonly values: Values;
  readonly taskValues: Values;
  readonly newFiles: readonly string[];
  readonly problems: readonly Problem[];
}

/** Checks input against form, matrix and FEEL, and every changed catalog value against the catalog as of now. */
export async function checkInput(deps: Pick<CaseDeps, 'forms' | 'catalogs' | 'people'>, request: InputRequest): Promise<CheckedInput> {
  const {release, form, access, stored, sent, requires, context, partial} = request;
  const result = deps.forms.submit({form, access, stored, sent, requires, context, partial});
  const facts = factsOf(release);
  const values: Record<string, unknown> = {};
  const taskValues: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(result.values)) (facts.taskScoped.has(name) ? taskValues : values)[name] = value;
  const changed = Object.keys(result.values).filter(name => !isSame(result.values[name], stored[name]));
  const problems = result.problems.length > 0 ? result.problems : await checkCatalogs(deps, facts.fields, result.values, changed, {at: request.at, areaCode: deps.people.unit(request.unitId)?.areaCode});
  const newFiles = changed.filter(name => facts.fields.get(name)?.['x-component'] === 'FileUpload').flatMap(name => fileIds(result.values[name]).filter(id => !fileIds(stored[name]).includes(id)));
  return {values, taskValues, newFiles, problems};
}

/** When and where a row is chosen. */
interface Chosen {
  readonly at: number;
  readonly areaCode: string | undefined;
}

async function checkCatalogs(deps: Pick<CaseDeps, 'catalogs'>, fields: ReadonlyMap<string, FormNode>, values: Values, changed: readonly string[], chosen: Chosen): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const name of changed) {
    const catalog = fields.get(name)?.['x-banli']?.catalog;
    const keys = catalog ? textsOf(values[name]) : [];
    for (const key of keys) {
      const problem = await catalogProblem(deps, catalog?.id ?? '', key, name, chosen);
      if (problem) problems.push(problem);
    }
  }
  return problems;
}

async function catalogProblem(deps: Pick<CaseDeps, 'catalogs'>, catalogId: string, key: string, field: string, {at, areaCode}: Chosen): Promise<Problem | null> {
  try {
    await deps.catalogs.checkRow(catalogId, key, at, areaCode);
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return {code: error.code, message: error.message, place: {field}, details: error.details};
  }
}

/** Ids of attachments: a field holds them as a list of ids, or of objects with an `id`. */
export function fileIds(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    if (typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string') return [item.id];
    return [];
  });
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
