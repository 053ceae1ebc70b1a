import type {BoardDimension} from '@banli/api';
import type {BoardColumn} from '@banli/cases';
import {levelTitle, type CatalogService} from '@banli/catalogs';
import type {LocalizedText} from '@banli/formats';
import type {People} from '@banli/people';
import type {Clock} from '@banli/time';

/** How values of columns make groups, as of now. */
export interface Grouping {
  /** Columns in the order in which they decide, each with the group of every value that is known. */
  readonly columns: ReadonlyArray<{readonly column: BoardColumn; readonly keys: ReadonlyMap<string, string>}>;
  /** Groups that are shown without a case, too. */
  readonly always: readonly string[];
  /** Groups in their own order; `null` where the numbers decide. */
  readonly order: readonly string[] | null;
  readonly title: (key: string) => LocalizedText;
}

interface GroupingDeps {
  readonly catalogs: Pick<CatalogService, 'rows'>;
  readonly people: Pick<People, 'units'>;
  readonly clock: Clock;
}

type Rows = ReadonlyMap<string, Readonly<Record<string, string | undefined>>>;

const notGiven: LocalizedText = {'zh-CN': '未填写', en: 'Not given'};
const elsewhere: LocalizedText = {'zh-CN': '其他地区', en: 'Elsewhere'};

/** The groups of a dimension; `ownArea` is that of the reader's unit. */
export async function groupingOf(deps: GroupingDeps, by: BoardDimension, ownArea: string | null): Promise<Grouping> {
  const rows = async (catalogId: string): Promise<Rows> => new Map((await deps.catalogs.rows(catalogId, deps.clock.now())).map(row => [row['code'] ?? '', row]));
  switch (by) {
    case 'level':
      return byLevel(await rows('areas'), ownArea);
    case 'area':
      return byArea(await rows('areas'), ownArea);
    case 'unit':
      return byUnit(deps.people);
    case 'matter':
      return byBranch(await rows('matters'));
    case 'industry':
      return byIndustry(await rows('matters'), await rows('industries'));
    default:
      return byUrgency(await rows('urgency'));
  }
}

function byLevel(areas: Rows, ownArea: string | null): Grouping {
  const own = Number(areas.get(ownArea ?? '')?.['level'] ?? 1);
  const order = ['1', '2', '3', '4', '5'];
  const keys = keysOf(areas, code => areas.get(code)?.['level'] ?? '-');
  return {columns: [{column: 'area_code', keys}], always: order.filter(level => Number(level) >= own), order, title: key => (order.includes(key) ? levelTitle(key) : notGiven)};
}

/** The areas right below one's own, one's own by itself, and all others together. */
function byArea(areas: Rows, ownArea: string | null): Grouping {
  const own = ownArea !== null && areas.has(ownArea) ? ownArea : null;
  const keys = keysOf(areas, code => {
    const chain = chainOf(areas, code);
    if (own === null) return chain.at(-1) ?? '-';
    const place = chain.indexOf(own);
    return place < 0 ? '*' : (chain[place - 1] ?? own);
  });
  const title = (key: string): LocalizedText => {
    if (key === '*') return elsewhere;
    const name = titleIn(areas, key);
    return key === own ? {'zh-CN': `${name['zh-CN']}（本级）`, en: `${name.en ?? name['zh-CN']} (itself)`} : name;
  };
  return {columns: [{column: 'area_code', keys}], always: [], order: null, title};
}

function byUnit(people: Pick<People, 'units'>): Grouping {
  const units = new Map(people.units().map(unit => [unit.id, unit]));
  const title = (key: string): LocalizedText => {
    const unit = units.get(key);
    return unit ? {'zh-CN': unit.name, ...(unit.titleEn === undefined ? {} : {en: unit.titleEn})} : {'zh-CN': '未派单', en: 'Not dispatched'};
  };
  return {columns: [{column: 'lead_unit_id', keys: new Map([...units.keys()].map(id => [id, id]))}], always: [], order: null, title};
}

/** The first level of the directory, wherever a matter is filed now. */
function byBranch(matters: Rows): Grouping {
  return {columns: [{column: 'matter', keys: keysOf(matters, code => chainOf(matters, code).at(-1) ?? '-')}], always: [], order: null, title: key => titleIn(matters, key)};
}

/** The section that an enterprise named, or else the matter, belongs to. */
function byIndustry(matters: Rows, industries: Rows): Grouping {
  const sections = keysOf(industries, code => chainOf(industries, code).at(-1) ?? '-');
  const ofMatter = keysOf(matters, code => {
    const named = chainOf(matters, code).map(each => matters.get(each)?.['industryCode']).find(Boolean);
    return (named === undefined ? undefined : sections.get(named)) ?? '-';
  });
  const known = new Map([...ofMatter].filter(([, key]) => key !== '-'));
  return {columns: [{column: 'industry', keys: sections}, {column: 'matter', keys: known}], always: [], order: null, title: key => titleIn(industries, key)};
}

/** The most urgent first. */
function byUrgency(grades: Rows): Grouping {
  const rank = (code: string) => Number(grades.get(code)?.['rank'] ?? 0);
  const order = [...grades.keys()].sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
  return {columns: [{column: 'urgency', keys: new Map(order.map(code => [code, code]))}], always: [], order, title: key => titleIn(grades, key)};
}

function keysOf(rows: Rows, key: (code: string) => string): ReadonlyMap<string, string> {
  return new Map([...rows.keys()].map(code => [code, key(code)]));
}

/** A row and those above it, innermost first. */
function chainOf(rows: Rows, code: string): readonly string[] {
  const chain: string[] = [];
  for (let at: string | undefined = code; at !== undefined && rows.has(at); at = rows.get(at)?.['parentCode']) chain.push(at);
  return chain;
}

function titleIn(rows: Rows, key: string): LocalizedText {
  const row = rows.get(key);
  if (!row) return notGiven;
  const {titleZh = key, titleEn} = row;
  return {'zh-CN': titleZh, ...(titleEn === undefined ? {} : {en: titleEn})};
}
