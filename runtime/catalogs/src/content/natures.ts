import type {CatalogRow} from '@banli/formats/catalogs';
import {changeErrors} from '../life/errors.js';
import {inUse, type ContentFinding, type ContentRows, type ContentWorld} from './model.js';

const catalog = 'matter-natures';

/** What one filing is held against: a category the matter is filed in, or those of all its like. */
interface Conflict {
  readonly from: string;
  readonly row: CatalogRow;
}

/** New filings of a catalog, each held against the conflicts that stand in the catalog itself. */
export function natureRule(world: ContentWorld, before: ContentWorld | null): readonly ContentFinding[] {
  const stood = before?.rows(catalog);
  return before && stood ? natureFindings(world, before, [...inUse(world.rows(catalog))].filter(([key]) => stood.get(key)?.['status'] !== 'active')) : [];
}

/**
 * A matter that is filed as a question is not filed as a complaint, and the like. What it is filed as in the version before counts, also when the same change takes that away: moving is
 * linking. A matter that is filed for the first time is held against those of its group of limits: what none of them may be filed as it is not, either. `warn` does not refuse.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.8; test A8. That the group tells what a new matter is like is own: matters name no nature of themselves.
 */
export function natureFindings(world: ContentWorld, before: ContentWorld, filings: Iterable<readonly [string, CatalogRow]>): readonly ContentFinding[] {
  const categories = world.rows('categories');
  const conflicts = [...inUse(world.rows('conflicts'))].map(([, row]) => row);
  const filed = filedAs([before.rows(catalog), world.rows(catalog)]);
  return [...filings].flatMap(([key, {matterCode = '', categoryCode: to = ''}]) => {
    const nature = categories.get(to)?.['natureCode'];
    const others = [...(filed.get(matterCode) ?? [])].filter(from => from !== to);
    const against = (from: string): readonly Conflict[] => conflicts.filter(row => row['categoryCode'] === from && row['natureCode'] === nature).slice(0, 1).map(row => ({from, row}));
    const found = others.length > 0 ? others.flatMap(against) : likeThis(world, filed, matterCode, against);
    return found.map(conflict => asFinding(categories, {key, matterCode, to}, conflict));
  });
}

/** Categories of matters, in any of the lists. */
function filedAs(lists: readonly ContentRows[]): ReadonlyMap<string, ReadonlySet<string>> {
  const filed = new Map<string, Set<string>>();
  for (const rows of lists) {
    for (const [, {matterCode = '', categoryCode = ''}] of inUse(rows)) {
      const known = filed.get(matterCode) ?? new Set<string>();
      filed.set(matterCode, known.add(categoryCode));
    }
  }
  return filed;
}

/** The conflict that all other matters of the group have with it, the milder one where they differ; none where one of them may be filed so. */
function likeThis(world: ContentWorld, filed: ReadonlyMap<string, ReadonlySet<string>>, matterCode: string, against: (from: string) => readonly Conflict[]): readonly Conflict[] {
  const matters = world.rows('matters', 'matters');
  const group = matters.get(matterCode)?.['groupCode'];
  if (group === undefined) return [];
  const like = new Set([...filed].flatMap(([other, categories]) => (other !== matterCode && matters.get(other)?.['groupCode'] === group ? [...categories] : [])));
  const found = [...like].sort().map(against);
  if (found.length === 0 || found.some(list => list.length === 0)) return [];
  const all = found.flat();
  return [all.find(({row}) => row['verdict'] !== 'block') ?? all[0]].flatMap(each => each ?? []);
}

function asFinding(categories: ContentRows, {key, matterCode, to}: {readonly key: string; readonly matterCode: string; readonly to: string}, {from, row}: Conflict): ContentFinding {
  const title = (code: string, column: 'titleZh' | 'titleEn'): string => categories.get(code)?.[column] ?? code;
  const blocks = row['verdict'] === 'block';
  const error = (blocks ? changeErrors.NATURE_CONFLICT : changeErrors.NATURE_WARNED)({
    key: matterCode, from: title(from, 'titleEn'), to: title(to, 'titleEn'), reason: row['messageEn'] ?? '', fromZh: title(from, 'titleZh'), toZh: title(to, 'titleZh'), reasonZh: row['messageZh'] ?? '',
  });
  return {error, table: catalog, key, field: 'categoryCode', ...(blocks ? {} : {severity: 'warning' as const})};
}
