import type {CompiledBundle, FormNode} from '@banli/formats';
import {executeLast, insertRowsLast, type Tx} from '@banli/store';
import type {CaseRecord} from './model.js';
import {factsOf} from './release-facts.js';
import {proposalCatalog} from './views/dispatch-reason.js';

/** A row of a catalog that an open case stands on by what its form holds, as `case_held_row` keeps it: the row it was dispatched by, or the option of an element (`name`). */
export interface HeldRow {
  readonly catalogId: string;
  readonly name: string;
  readonly value: string;
}

/** What the column holds; a longer value is found by its beginning. */
const longestValue = 255;

/** The value as it is kept and asked for. */
export function heldValue(value: string): string {
  return value.slice(0, longestValue);
}

/** The rows that values of a form stand on. What is stored encrypted is left out, and so is what cannot be chosen from options. */
export function heldRowsOf(release: CompiledBundle, values: CaseRecord['values']): readonly HeldRow[] {
  const {caseFields, classForm} = release.bundle.manifest;
  const {fields, sealed} = factsOf(release);
  const rows = new Map<string, HeldRow>();
  const add = (catalogId: string, name: string, held: unknown) => {
    for (const value of Array.isArray(held) ? held : [held]) {
      if (typeof value === 'string' && value !== '') rows.set(`${catalogId}|${name}|${value}`, {catalogId, name, value: heldValue(value)});
    }
  };
  if (caseFields.proposalRow !== undefined) add(proposalCatalog, '', values[caseFields.proposalRow]);
  for (const name of classForm ? Object.keys(values) : []) {
    const element = sealed.has(name) ? undefined : elementOf(fields.get(name));
    if (classForm && element !== undefined) add(classForm.catalog, element, values[name]);
  }
  return [...rows.values()];
}

const elementId = /^element\.(.+)$/;

function elementOf(node: FormNode | undefined): string | undefined {
  return node?.enum === undefined ? undefined : (node['x-banli']?.element ?? elementId.exec(node['x-banli']?.id ?? '')?.[1]);
}

/** Keeps the rows of a case that has just been started. */
export async function keepHeldRows(tx: Tx, release: CompiledBundle, record: Pick<CaseRecord, 'id' | 'values'>): Promise<void> {
  await insertRowsLast(tx, 'case_held_row', heldRowsOf(release, record.values).map(({catalogId, name, value}) => ({case_id: record.id, catalog_id: catalogId, name, value})));
}

/** Keeps the rows up with a case that changed: of one that is not open any more there are none. */
export async function changeHeldRows(tx: Tx, release: CompiledBundle, before: CaseRecord, now: Pick<CaseRecord, 'values' | 'status'>): Promise<void> {
  if (before.values === now.values && before.status === now.status) return;
  const [was, is] = [before, now].map(({status, values}) => (status === 'open' ? heldRowsOf(release, values) : null));
  if (JSON.stringify(was) === JSON.stringify(is)) return;
  if (was) executeLast(tx, 'delete from case_held_row where case_id = ?', [before.id]);
  if (is) await keepHeldRows(tx, release, {id: before.id, values: now.values});
}
