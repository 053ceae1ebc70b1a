import type {LocalizedText} from '@banli/formats';
import {formatLimit, type LimitUnit} from '@banli/time';
import {areaChainOf} from './area-chain.js';
import {chainOf} from './chain-of.js';
import {materialsOf, type MaterialGuidance} from './guidance-materials.js';
import {handlersOf} from './issue/handling.js';
import type {VersionStore} from './version-store.js';
import {activeRows, type PublishedRow, type PublishedVersion} from './version.js';

/** Where a piece of guidance stands. `source` is a document, or begins with `own:`. */
export interface GuidanceOrigin {
  readonly catalogId: string;
  readonly row: string;
  readonly version: string;
  readonly source: string;
}

/** A part of a unit in an item, from the implementation list. */
export interface ItemPart extends GuidanceOrigin {
  /** The name of the implementation (实施名称); `null` where the row has none. */
  readonly title: LocalizedText | null;
  readonly unitId: string;
  readonly role: 'lead' | 'assist';
  readonly duty: LocalizedText;
  readonly rules: string | null;
  readonly materials: string | null;
  readonly flow: string | null;
}

/** An item of a matter: when it is taken on, which materials it needs, when it may be closed and by what. `limit` is what the list tells the public; clocks count by the limits. */
export interface ItemGuidance extends GuidanceOrigin {
  readonly title: LocalizedText;
  readonly unitId: string;
  readonly limit: LocalizedText;
  readonly acceptance: string;
  readonly materials: readonly MaterialGuidance[];
  /** What to know besides the materials listed; `null` where the item says nothing. */
  readonly materialsNote: string | null;
  readonly closingStandard: string;
  readonly closingBasis: string | null;
  readonly parts: readonly ItemPart[];
}

/** A duty of a unit: where it ends and what it rests on. */
export interface DutyGuidance extends GuidanceOrigin {
  readonly unitId: string;
  readonly title: LocalizedText;
  readonly boundary: string;
  readonly basis: string | null;
}

/** A right that a unit may use for the matter. */
export interface RightGuidance extends GuidanceOrigin {
  readonly unitId: string;
  readonly title: LocalizedText;
  readonly kind: LocalizedText;
  readonly basis: string;
}

/** The responsibility standard of a unit (单位权责标准): what it rests on, and what to know of it. Its duties and rights stand in their own lists. */
export interface StandardGuidance extends GuidanceOrigin {
  readonly unitId: string;
  readonly title: LocalizedText;
  readonly basis: string | null;
  readonly remark: string | null;
}

/** What the lists of items, implementations, duties, rights and standards say to whoever works on a matter. */
export interface Guidance {
  readonly items: readonly ItemGuidance[];
  readonly duties: readonly DutyGuidance[];
  readonly rights: readonly RightGuidance[];
  readonly standards: readonly StandardGuidance[];
}

/** A matter in an area. Without `unitIds` those who may handle it there are meant. */
export interface GuidanceQuestion {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly unitIds?: readonly string[];
  readonly at: number;
}

/** What a branch holds is told up to here: guidance is read, not searched. */
const mostRows = 20;

type Reader = Pick<VersionStore, 'heads' | 'versionAt' | 'versionFor' | 'layeredAreas'>;

/**
 * What the lists say to whoever works on a matter in an area, as of a moment. Items are those of the matter that stand for the area, or else
 * for the nearest area around it; duties and rights are those of the units for the matter or a branch above it, the nearest branch first; standards are those of the units.
 *
 * @returns Empty lists for a matter or an area that nobody knows, and where a list is not published.
 * @see Source: requirements/xinjiang-hotline.md §2.1.2 (closing standard and basis of an item), §2.1.3 (duty text per unit), §2.1.9 (duty boundary, legal basis); requirements/zhengzhou-oa-ding.md §2.4.1 (standard of a unit)
 */
export async function guidanceFor(versions: Reader, question: GuidanceQuestion): Promise<Guidance> {
  const {matterCode, areaCode, at} = question;
  const areas = areaChainOf(await versions.versionAt('areas', at), areaCode);
  const branches = chainOf(await versions.versionAt('matters', at), matterCode).map(row => row.key);
  const list = await readLists(versions, areas, at);
  const items = itemsOf(list, matterCode, areas);
  const parts = items.flatMap(item => item.parts.map(part => part.unitId));
  const units = new Set([...(question.unitIds ?? (await handlersOf(versions, question)).map(right => right.unitId)), ...items.map(item => item.unitId), ...parts]);
  return {items, duties: dutiesOf(list.duties, {areas, branches, units}), rights: rightsOf(list.rights, {branches, units}), standards: standardsOf(list.standards, units)};
}

interface Lists {
  readonly items: PublishedVersion | null;
  readonly implementations: PublishedVersion | null;
  readonly duties: PublishedVersion | null;
  readonly rights: PublishedVersion | null;
  readonly materials: PublishedVersion | null;
  readonly standards: PublishedVersion | null;
}

async function readLists(versions: Reader, areas: readonly string[], at: number): Promise<Lists> {
  const heads = await versions.heads(at);
  const read = async (catalogId: string) => (heads.get(catalogId)?.some(head => head.effectiveAt <= at) ? versions.versionFor(catalogId, areas, at) : null);
  const [items, implementations, duties, rights, materials, standards] = await Promise.all(['items', 'implementations', 'duties', 'rights', 'materials', 'unit-standards'].map(read));
  return {items: items ?? null, implementations: implementations ?? null, duties: duties ?? null, rights: rights ?? null, materials: materials ?? null, standards: standards ?? null};
}

function itemsOf({items, implementations, materials}: Lists, matterCode: string, areas: readonly string[]): readonly ItemGuidance[] {
  if (items === null) return [];
  const named = activeRows(items, 'items').filter(({values}) => values['matterCode'] === matterCode && areas.includes(values['areaCode'] ?? ''));
  const nearest = Math.min(...named.map(({values}) => areas.indexOf(values['areaCode'] ?? '')));
  const parts = implementations === null ? [] : activeRows(implementations, 'implementations').filter(({values}) => areas.includes(values['areaCode'] ?? ''));
  return named
    .filter(({values}) => areas.indexOf(values['areaCode'] ?? '') === nearest)
    .slice(0, mostRows)
    .map(row => itemOf(items, row, materials, implementations === null ? [] : parts.filter(part => part.values['itemCode'] === row.key).map(part => partOf(implementations, part))));
}

function itemOf(version: PublishedVersion, row: PublishedRow, materials: PublishedVersion | null, parts: readonly ItemPart[]): ItemGuidance {
  const {values} = row;
  const limit = {value: Number(values['limitValue']), unit: values['limitUnit'] as LimitUnit};
  return {
    ...originOf(version, row),
    title: titleOf(row, 'title'),
    unitId: values['unitId'] ?? '',
    limit: {'zh-CN': formatLimit(limit, 'zh-CN'), en: formatLimit(limit, 'en')},
    acceptance: values['acceptanceZh'] ?? '',
    materials: materialsOf(version, row.key, materials).slice(0, mostRows),
    materialsNote: values['materialsZh'] || null,
    closingStandard: values['closingStandardZh'] ?? '',
    closingBasis: values['closingBasisZh'] || null,
    parts: [...parts].sort((one, other) => Number(other.role === 'lead') - Number(one.role === 'lead')),
  };
}

function partOf(version: PublishedVersion, row: PublishedRow): ItemPart {
  const {values} = row;
  return {...originOf(version, row), title: values['titleZh'] ? titleOf(row, 'title') : null, unitId: values['unitId'] ?? '', role: values['implementationType'] === 'lead' ? 'lead' : 'assist', duty: titleOf(row, 'duty'), rules: values['rulesZh'] || null, materials: values['materialsZh'] || null, flow: values['flowZh'] || null};
}

interface Scope {
  /** The matter and the branches above it, innermost first. */
  readonly branches: readonly string[];
  readonly units: ReadonlySet<string>;
}

function dutiesOf(version: PublishedVersion | null, {areas, ...scope}: Scope & {readonly areas: readonly string[]}): readonly DutyGuidance[] {
  if (version === null) return [];
  const rows = nearestBranches(activeRows(version, 'duties').filter(({values}) => areas.includes(values['areaCode'] ?? '')), scope);
  return rows.map(row => ({...originOf(version, row), unitId: row.values['unitId'] ?? '', title: titleOf(row, 'title'), boundary: row.values['boundaryZh'] ?? '', basis: row.values['basisZh'] || null}));
}

function rightsOf(version: PublishedVersion | null, scope: Scope): readonly RightGuidance[] {
  if (version === null) return [];
  const kinds = version.tables.get('kinds')?.byKey;
  const kindOf = (code: string): LocalizedText => {
    const kind = kinds?.get(code);
    return kind ? titleOf(kind, 'title') : {'zh-CN': code};
  };
  return nearestBranches(activeRows(version, 'rights'), scope).map(row => ({...originOf(version, row), unitId: row.values['unitId'] ?? '', title: titleOf(row, 'title'), kind: kindOf(row.values['kind'] ?? ''), basis: row.values['basisZh'] ?? ''}));
}

/** Prompts and parameters of a standard are for splitting documents, and not told to whoever handles a case. */
function standardsOf(version: PublishedVersion | null, units: ReadonlySet<string>): readonly StandardGuidance[] {
  if (version === null) return [];
  const rows = activeRows(version, 'unit-standards').filter(({values}) => units.has(values['unitId'] ?? '')).sort((one, other) => Number(one.values['order']) - Number(other.values['order']));
  return rows.slice(0, mostRows).map(row => ({...originOf(version, row), unitId: row.values['unitId'] ?? '', title: titleOf(row, 'title'), basis: row.values['basisZh'] || null, remark: row.values['remarkZh'] || null}));
}

/** Rows of the units for the matter or a branch above it, the nearest branch first. */
function nearestBranches(rows: readonly PublishedRow[], {branches, units}: Scope): readonly PublishedRow[] {
  const place = ({values}: PublishedRow) => branches.indexOf(values['matterCode'] ?? '');
  return rows.filter(row => units.has(row.values['unitId'] ?? '') && place(row) >= 0).sort((one, other) => place(one) - place(other)).slice(0, mostRows);
}

function originOf(version: PublishedVersion, row: PublishedRow): GuidanceOrigin {
  return {catalogId: version.head.catalogId, row: row.key, version: version.head.version, source: row.values['sourceRef'] ?? ''};
}

function titleOf({values}: PublishedRow, column: string): LocalizedText {
  const en = values[`${column}En`];
  return {'zh-CN': values[`${column}Zh`] ?? '', ...(en ? {en} : {})};
}
