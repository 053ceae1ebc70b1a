import type {AppError, Problem} from '@banli/errors';
import {readShape} from '@banli/formats/catalogs';
import {contentErrors} from '../../content/errors.js';
import {isUnborn} from '../../version.js';
import {changeErrors} from '../errors.js';
import {maintainedIn, settingsTable} from '../fields/settings-row.js';
import type {RowChange} from '../model.js';
import {problemOf} from '../problem.js';
import {placeOf, type Draft} from './draft.js';

/** Figure of our own. */
const mostTitle = 40;
const titleText = /^[^\u0000-\u001f\u007f]+$/;

type Found = (error: AppError, cell: string) => Problem;

/** What a catalog says of itself: it has titles, an owner where somebody works, a kind of review, and keepers named by a column that refers to units. */
export async function settingsRule(draft: Draft): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const change of draft.fields) {
    if (change.tableName !== settingsTable) continue;
    const found: Found = (error, cell) => problemOf(error, placeOf(draft, change, cell));
    if (change.op !== (isUnborn(draft.base.head) ? 'add' : 'modify') || change.rowKey !== draft.base.manifest.id || change.after['catalog'] !== change.rowKey) return [found(changeErrors.SETTING_KEPT(), 'catalog')];
    problems.push(...titleProblems(change, found), ...keeperProblems(draft, change, found), ...ownerProblems(draft, change, found), ...(await issuedProblems(draft, change)));
  }
  return problems;
}

function titleProblems({after}: RowChange, found: Found): readonly Problem[] {
  const broken = ['titleZh', 'titleEn'].filter(cell => {
    const title = after[cell] ?? '';
    return title !== title.trim() || title.length > mostTitle || !titleText.test(title);
  });
  const {risk} = after;
  return [...broken.map(cell => found(changeErrors.SETTING_TITLE({most: mostTitle}), cell)), ...(risk === undefined || risk === 'low' || risk === 'high' ? [] : [found(changeErrors.SETTING_RISK({risk}), 'risk')])];
}

function ownerProblems({references: {isUnit, hasPeople}, unitName}: Draft, {before, after}: RowChange, found: Found): readonly Problem[] {
  const owner = after['owner'] ?? '';
  if (owner === before?.['owner']) return [];
  if (owner === '' || isUnit?.(owner) === false) return [found(changeErrors.SETTING_OWNER({unit: owner}), 'owner')];
  return hasPeople?.(owner) === false ? [found(changeErrors.SETTING_OWNER_EMPTY({unit: unitName(owner) ?? owner}), 'owner')] : [];
}

/** A keeper stands in a column in use that refers to units. */
function keeperProblems({base: {manifest}, shape}: Draft, {after}: RowChange, found: Found): readonly Problem[] {
  return Object.entries(after).flatMap(([cell, column]) => {
    const table = maintainedIn(cell);
    if (table === null) return [];
    const definition = Object.hasOwn(manifest.tables, table) ? manifest.tables[table] : undefined;
    const named = definition && shape ? readShape(shape.schemas[definition.schema] ?? '{}').columns.find(each => each.name === column && !each.isRetired) : undefined;
    const isUnits = definition?.references?.some(reference => reference.column === column && reference.elsewhere === true) ?? false;
    return named && isUnits ? [] : [found(changeErrors.SETTING_KEEPER({column, table}), cell)];
  });
}

/** Units that have the catalog from the owner of before get it from the new one from then on. */
async function issuedProblems(draft: Draft, change: RowChange): Promise<readonly Problem[]> {
  const {owner = ''} = change.after;
  if (owner === change.before?.['owner']) return [];
  const below = (await draft.references.layersBelow?.(draft.base.head.catalogId)) ?? [];
  const units = below.map(({unitId}) => draft.unitName(unitId) ?? unitId);
  if (units.length === 0) return [];
  return [problemOf(contentErrors.OWNER_ISSUED({key: change.rowKey, owner: draft.unitName(owner) ?? owner, count: units.length, units: units.slice(0, 5).join('、')}), placeOf(draft, change, 'owner'), 'warning')];
}
