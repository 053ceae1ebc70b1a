import type {Problem} from '@banli/errors';
import {keyColumns, readShape, type CatalogKind, type CatalogTable} from '@banli/formats/catalogs';
import {isUnborn} from '../../version.js';
import {isCreatableKind} from '../creation/kinds.js';
import {changeErrors} from '../errors.js';
import {fieldsTable} from '../fields/field-rows.js';
import {settingsTable} from '../fields/settings-row.js';
import type {RowChange} from '../model.js';
import {problemOf} from '../problem.js';
import {keyOf} from '../tables.js';
import {isActive, placeOf, type Draft} from './draft.js';

/**
 * What only a catalog that is being made may say, its kind and what its rows are found by, and what these ask of each other; of one that was published both stay.
 * @see Source: own decision, ADR 0032.
 */
export function creationRule(draft: Draft): readonly Problem[] {
  return isUnborn(draft.base.head) ? unbornProblems(draft) : draft.fields.flatMap(change => keptProblems(draft, change));
}

/** Kind and key of a catalog that was published. */
function keptProblems(draft: Draft, change: RowChange): readonly Problem[] {
  if (change.tableName === settingsTable) return change.after['kind'] === undefined ? [] : [problemOf(changeErrors.SETTING_KIND(), placeOf(draft, change, 'kind'))];
  if (change.tableName !== fieldsTable) return [];
  const {table = '', column = '', key, required} = change.after;
  const definition = Object.hasOwn(draft.base.manifest.tables, table) ? draft.base.manifest.tables[table] : undefined;
  const problems = key === undefined ? [] : [problemOf(changeErrors.FIELD_KEY_KEPT(), placeOf(draft, change, 'key'))];
  // Of columns that the platform reads nothing of this changes anyway.
  if (!definition || !keyColumns(definition).includes(column) || !columnsIn(draft, definition).includes(column)) return problems;
  const loosened = !isActive(change.after) ? ['status'] : required === 'yes' || !definition.key.includes(column) ? [] : ['required'];
  return [...problems, ...loosened.map(cell => problemOf(changeErrors.FIELD_KEY_KEPT(), placeOf(draft, change, cell)))];
}

function unbornProblems(draft: Draft): readonly Problem[] {
  const {manifest, head} = draft.base;
  const definition = manifest.tables[head.catalogId];
  const settings = draft.fields.find(change => change.tableName === settingsTable);
  const place = {file: `${head.catalogId}/${settingsTable}`, element: head.catalogId};
  const rows = [...(draft.tables.get(head.catalogId) ?? [])];
  const kind = settings?.after['kind'];
  const problems: Problem[] = [];
  if (settings && !isCreatableKind(kind ?? '')) problems.push(problemOf(changeErrors.KIND_UNKNOWN({kind: kind ?? ''}), {...place, field: 'kind'}));
  if (!definition) return problems;
  const wrong = keyFault(manifest.kind, definition, columnsIn(draft, definition));
  if (wrong) problems.push(problemOf(wrong, {...place, field: 'key'}));
  problems.push(...draft.fields.filter(({after}) => after['key'] !== undefined).flatMap(change => [
    ...(change.after['key'] === 'yes' ? [] : [problemOf(changeErrors.FIELD_FORMAT({type: 'key'}), placeOf(draft, change, 'key'))]),
    ...(change.after['required'] === 'yes' ? [] : [problemOf(changeErrors.FIELD_KEY_REQUIRED(), placeOf(draft, change, 'required'))]),
  ]));
  const moved = wrong ? undefined : rows.find(([key, row]) => keyOf(definition, row) !== key);
  if (moved) problems.push(problemOf(changeErrors.FIELD_KEY_ROWS({key: moved[0]}), {...place, field: 'key'}));
  if (rows.length === 0) problems.push(problemOf(changeErrors.NO_ROWS(), place, 'warning'));
  return problems;
}

/** Columns that administrators made. */
function columnsIn(draft: Draft, definition: CatalogTable): readonly string[] {
  return readShape(draft.shape?.schemas[definition.schema] ?? '{}').columns.filter(column => column.isOwn).map(column => column.name);
}

/** What a kind asks of the key; `null` when it has that. */
function keyFault(kind: CatalogKind, {key, references = []}: CatalogTable, columns: readonly string[]): ReturnType<typeof changeErrors.KEY_MISSING> | null {
  if (key.length === 0) return changeErrors.KEY_MISSING();
  if (kind === 'tree' && key.length > 1) return changeErrors.KEY_TREE();
  if (kind === 'relation' && (key.length < 2 || key.some(column => !references.some(reference => reference.column === column)))) return changeErrors.KEY_RELATION();
  return kind === 'matrix' && (key.length < 2 || columns.length === key.length) ? changeErrors.KEY_MATRIX() : null;
}
