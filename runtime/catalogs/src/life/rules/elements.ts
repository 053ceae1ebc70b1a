import type {Problem} from '@banli/errors';
import {isPattern} from '@banli/formats';
import {elementDemand, type CatalogRow} from '@banli/formats/catalogs';
import {changeErrors} from '../errors.js';
import type {RowChange} from '../model.js';
import {problemOf} from '../problem.js';
import {isActive, placeOf, type Draft} from './draft.js';

const catalog = 'elements';
const withOptions = new Set(['choice', 'multiChoice']);

interface Mismatch {
  readonly other: string;
  readonly kind: string;
  readonly reason: string;
}

/**
 * The type of an element fits its options and the elements linked to it, before and after every change; its rule is a pattern, as forms check it.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.6; test A16.
 */
export function elementRule(draft: Draft): readonly Problem[] {
  if (draft.base.head.catalogId !== catalog) return [];
  const types = new Map([...(draft.tables.get(catalog) ?? [])].filter(([, row]) => isActive(row)).map(([key, row]) => [key, row['type'] ?? '']));
  const links = active(draft, 'dependencies');
  const options = active(draft, 'options');
  return draft.changes.flatMap(change => {
    const code = elementOf(change);
    const type = types.get(code);
    if (type === undefined) return [];
    const linked = links.filter(link => (change.tableName === 'dependencies' ? link === draft.tables.get('dependencies')?.get(change.rowKey) : link['elementCode'] === code || link['otherCode'] === code));
    const rule = change.tableName === catalog ? change.after['rule'] : undefined;
    if (rule !== undefined && !isPattern(rule)) return [problemOf(changeErrors.ELEMENT_RULE({key: code, rule}), placeOf(draft, change, 'rule'))];
    const mismatches = change.tableName === 'uses' ? [] : [...linked.flatMap(link => linkMismatch(link, types, options)), ...(change.tableName === 'dependencies' ? [] : optionMismatch(code, type, options))];
    const field = change.tableName === catalog ? 'type' : 'elementCode';
    return mismatches.map(found => problemOf(changeErrors.ELEMENT_TYPE({key: code, type, other: found.other === code ? found.kind : found.other, kind: found.kind, reason: found.reason}), placeOf(draft, change, field)));
  });
}

/** A row makes an element required only where no layout of a form in use hides it. */
export async function hiddenElementRule(draft: Draft): Promise<readonly Problem[]> {
  const {base, changes, references} = draft;
  const demanding = base.head.catalogId !== catalog ? [] : changes.flatMap(change => {
    const demand = elementDemand(change.tableName, change.after);
    return demand ? [{change, key: demand.code, column: demand.column}] : [];
  });
  if (demanding.length === 0 || !references.hiddenElements) return [];
  const hidden = await references.hiddenElements(catalog);
  return demanding.flatMap(({change, key, column}) => {
    const layouts = hidden.filter(({code}) => code === key).map(({layout}) => layout);
    return layouts.length === 0 ? [] : [problemOf(changeErrors.ELEMENT_HIDDEN({key, layout: layouts.join(', ')}), placeOf(draft, change, column))];
  });
}

function elementOf(change: RowChange): string {
  return change.tableName === catalog ? change.rowKey : (change.after['elementCode'] ?? '');
}

function active(draft: Draft, table: string): readonly CatalogRow[] {
  return [...(draft.tables.get(table)?.values() ?? [])].filter(isActive);
}

function linkMismatch(link: CatalogRow, types: ReadonlyMap<string, string>, options: readonly CatalogRow[]): readonly Mismatch[] {
  const {elementCode = '', otherCode = '', kind = '', value} = link;
  const [own, other] = [types.get(elementCode), types.get(otherCode)];
  if (own === undefined || other === undefined) return [];
  if (kind === 'same-type' && own !== other) return [{other: `${elementCode} / ${otherCode}`, kind, reason: `${own} ≠ ${other}`}];
  if (kind !== 'shown-when' || value === undefined) return [];
  const values = other === 'yesNo' ? ['yes', 'no'] : withOptions.has(other) ? options.filter(option => option['elementCode'] === otherCode).map(option => option['value']) : [];
  return values.includes(value) ? [] : [{other: otherCode, kind, reason: `${otherCode} (${other}) ≠ ${value}`}];
}

function optionMismatch(code: string, type: string, options: readonly CatalogRow[]): readonly Mismatch[] {
  const count = options.filter(option => option['elementCode'] === code).length;
  if (withOptions.has(type) === count > 0) return [];
  return [{other: code, kind: 'options', reason: count > 0 ? `${type} ↔ ${count} options` : `${type} ↔ no options`}];
}
