import {join} from 'node:path';
import type {Problem} from '@banli/errors';
import {peopleErrors} from '../errors.js';
import {readTable, toPlaced, type TableLine} from './read-table.js';

/** The organisation as its text files say, checked: every reference holds, levels go down, nobody is his own superior. */
export interface Organisation {
  readonly units: ReadonlyArray<{readonly id: string; readonly name: string; readonly titleEn?: string | null; readonly kind: string; readonly level: number; readonly areaCode: string; readonly parentId: string | null; readonly status: 'active' | 'retired'}>;
  readonly roles: ReadonlyArray<{readonly id: string; readonly titleZh: string; readonly titleEn: string}>;
  readonly persons: ReadonlyArray<{readonly id: string; readonly name: string; readonly phone: string | null; readonly status: 'active' | 'retired'}>;
  readonly posts: ReadonlyArray<{readonly id: string; readonly personId: string; readonly unitId: string; readonly title: string; readonly roles: readonly string[]; readonly status: 'active' | 'retired'}>;
  readonly accounts: ReadonlyArray<{readonly login: string; readonly personId: string}>;
}

/**
 * Reads units.csv, roles.csv, persons.csv, posts.csv and accounts.csv of a folder.
 *
 * @throws AppError `PEOPLE_ORGANISATION_BROKEN` with every problem and its place; `PEOPLE_FILE_BROKEN`.
 */
export async function readOrganisation(folder: string): Promise<Organisation> {
  const problems: Problem[] = [];
  const [units, roles, persons, posts, accounts] = await Promise.all([
    readTable(join(folder, 'units.csv'), {key: 'id', required: ['id', 'name', 'kind', 'level', 'areaCode', 'status'], optional: ['parentId', 'titleEn']}, problems),
    readTable(join(folder, 'roles.csv'), {key: 'id', required: ['id', 'titleZh', 'titleEn']}, problems),
    readTable(join(folder, 'persons.csv'), {key: 'id', required: ['id', 'name', 'status'], optional: ['phone']}, problems),
    readTable(join(folder, 'posts.csv'), {key: 'id', required: ['id', 'personId', 'unitId', 'title', 'roles', 'status']}, problems),
    readTable(join(folder, 'accounts.csv'), {key: 'login', required: ['login', 'personId']}, problems),
  ]);
  checkUnits(units, problems);
  checkReferences('posts.csv', posts, [{column: 'personId', ids: idsOf(persons)}, {column: 'unitId', ids: idsOf(units)}, {column: 'roles', ids: idsOf(roles), list: true}], problems);
  checkReferences('accounts.csv', accounts, [{column: 'personId', ids: idsOf(persons)}], problems);
  for (const [file, lines] of [['units.csv', units], ['persons.csv', persons], ['posts.csv', posts]] as const) checkStatus(file, lines, problems);
  if (problems[0]) throw peopleErrors.ORGANISATION_BROKEN({count: problems.length, first: `${problems[0].place.file ?? ''}:${problems[0].place.line ?? 0} ${problems[0].message}`}, {problems});
  return {
    units: units.map(({cells}) => ({id: text(cells, 'id'), name: text(cells, 'name'), titleEn: cells['titleEn'] || null, kind: text(cells, 'kind'), level: Number(cells['level']), areaCode: text(cells, 'areaCode'), parentId: cells['parentId'] || null, status: status(cells)})),
    roles: roles.map(({cells}) => ({id: text(cells, 'id'), titleZh: text(cells, 'titleZh'), titleEn: text(cells, 'titleEn')})),
    persons: persons.map(({cells}) => ({id: text(cells, 'id'), name: text(cells, 'name'), phone: cells['phone'] || null, status: status(cells)})),
    posts: posts.map(({cells}) => ({id: text(cells, 'id'), personId: text(cells, 'personId'), unitId: text(cells, 'unitId'), title: text(cells, 'title'), roles: words(cells['roles']), status: status(cells)})),
    accounts: accounts.map(({cells}) => ({login: text(cells, 'login'), personId: text(cells, 'personId')})),
  };
}

function checkUnits(units: readonly TableLine[], problems: Problem[]): void {
  const file = 'units.csv';
  const byId = new Map(units.map(unit => [text(unit.cells, 'id'), unit]));
  for (const {cells, line} of units) {
    if (!/^[1-5]$/.test(text(cells, 'level'))) problems.push(toPlaced(peopleErrors.CELL_WRONG({column: 'level', value: text(cells, 'level')}), file, line));
    if (!/^(\d{6}|\d{9}|\d{12})$/.test(text(cells, 'areaCode'))) problems.push(toPlaced(peopleErrors.CELL_WRONG({column: 'areaCode', value: text(cells, 'areaCode')}), file, line));
    const parentId = text(cells, 'parentId');
    if (parentId === '') continue;
    const parent = byId.get(parentId);
    if (!parent) problems.push(toPlaced(peopleErrors.REFERENCE_UNKNOWN({column: 'parentId', value: parentId}), file, line));
    else if (Number(parent.cells['level']) > Number(cells['level'])) problems.push(toPlaced(peopleErrors.UNIT_LEVEL({value: text(cells, 'id')}), file, line));
    if (isCircle(text(cells, 'id'), byId)) problems.push(toPlaced(peopleErrors.UNIT_CIRCLE({value: text(cells, 'id')}), file, line));
  }
}

function isCircle(id: string, byId: ReadonlyMap<string, TableLine>): boolean {
  const seen = new Set<string>();
  for (let next = byId.get(id)?.cells['parentId'] ?? ''; next !== '' && !seen.has(next); next = byId.get(next)?.cells['parentId'] ?? '') {
    if (next === id) return true;
    seen.add(next);
  }
  return false;
}

function checkReferences(file: string, lines: readonly TableLine[], references: ReadonlyArray<{readonly column: string; readonly ids: ReadonlySet<string>; readonly list?: boolean}>, problems: Problem[]): void {
  for (const {cells, line} of lines) {
    for (const {column, ids, list} of references) {
      const values = list ? words(cells[column]) : [text(cells, column)];
      for (const value of values) if (!ids.has(value)) problems.push(toPlaced(peopleErrors.REFERENCE_UNKNOWN({column, value}), file, line));
    }
  }
}

function checkStatus(file: string, lines: readonly TableLine[], problems: Problem[]): void {
  for (const {cells, line} of lines) {
    const value = text(cells, 'status');
    if (value !== 'active' && value !== 'retired') problems.push(toPlaced(peopleErrors.CELL_WRONG({column: 'status', value}), file, line));
  }
}

function idsOf(lines: readonly TableLine[]): ReadonlySet<string> {
  return new Set(lines.map(line => text(line.cells, 'id')));
}

function text(cells: TableLine['cells'], column: string): string {
  return cells[column] ?? '';
}

function status(cells: TableLine['cells']): 'active' | 'retired' {
  return cells['status'] === 'retired' ? 'retired' : 'active';
}

function words(value: string | undefined): readonly string[] {
  return (value ?? '').split(/\s+/).filter(Boolean);
}
