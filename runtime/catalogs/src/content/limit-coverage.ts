import {formatLimit, type Limit} from '@banli/time';
import {chainOf} from '../chain-of.js';
import {leavesOf} from '../choices.js';
import {findLimitRow, levelTitle} from '../find-limit.js';
import {activeRows, type PublishedVersion} from '../version.js';
import {contentErrors} from './errors.js';
import {isSurelyLonger} from './limits.js';
import type {ContentFinding, ContentWorld} from './model.js';

/** A limit that leaves share, and the row it is found in; `null` where orders would end in `CATALOG_LIMIT_MISSING`. */
export interface SharedLimit {
  readonly urgency: string;
  readonly kind: 'respond' | 'resolve';
  /** Levels of areas. */
  readonly level: string;
  readonly row: string | null;
  readonly limit: Limit | null;
}

/** What a leaf finds, and what it found before. */
interface Compared {
  readonly matterCode: string;
  readonly now: SharedLimit;
  readonly was: SharedLimit | null;
}

/** The catalogs whose versions decide which limit an order gets. */
export interface LimitParts {
  readonly matters: PublishedVersion;
  readonly urgency: PublishedVersion;
  readonly limits: PublishedVersion;
  readonly areas: PublishedVersion | null;
  readonly industries: PublishedVersion | null;
}

const kinds = ['respond', 'resolve'] as const;

/** What leaves find, looked up once for all leaves of one group and industry. */
export interface LimitCoverage {
  /** Leaf → what it shares with others. */
  readonly leaves: ReadonlyMap<string, string>;
  readonly found: ReadonlyMap<string, readonly SharedLimit[]>;
}

/** Leaves that are gone through before others may have a turn. */
const chunk = 500;

/** Every limit that orders may ask for: leaf × urgency × level × kind. */
export function* limitCoverage(parts: LimitParts): Generator<void, LimitCoverage> {
  const {matters, urgency, areas, industries} = parts;
  const grades = activeRows(urgency, 'urgency').map(row => row.key);
  const levels = areas ? [...new Set(activeRows(areas, 'areas').map(row => row.values['level'] ?? ''))].sort() : [''];
  const asked = grades.flatMap(grade => levels.flatMap(level => kinds.map(kind => ({urgency: grade, level, kind}))));
  const branches = leavesOf(matters);
  const leaves = new Map<string, string>();
  const found = new Map<string, readonly SharedLimit[]>();
  for (const [index, matter] of activeRows(matters, 'matters').entries()) {
    if (index % chunk === 0) yield;
    if (!branches.has(matter.key)) continue;
    const group = matter.values['groupCode'] ?? '';
    const code = industryOf(matters, matter.key);
    const shared = `${group} ${code ?? ''}`;
    leaves.set(matter.key, shared);
    if (found.has(shared)) continue;
    yield;
    const chain = code === undefined || !industries ? [] : chainOf(industries, code).map(row => row.key);
    found.set(shared, asked.map(place => {
      const limit = findLimitRow(parts.limits, {group, urgency: place.urgency, industries: chain, level: place.level === '' ? null : place.level}, place.kind);
      return {...place, row: limit?.row ?? null, limit: limit?.limit ?? null};
    }));
  }
  return {leaves, found};
}

/** The industry of a matter, its own or that of the nearest branch. */
export function industryOf(matters: PublishedVersion, matterCode: string): string | undefined {
  return chainOf(matters, matterCode).find(row => row.values['industryCode'] !== undefined)?.values['industryCode'];
}

/** The parts as a world has them; `null` while one of them is not published. */
export function limitParts(world: ContentWorld): LimitParts | null {
  const [matters, urgency, limits] = ['matters', 'urgency', 'limits'].map(id => world.version(id));
  return matters && urgency && limits ? {matters, urgency, limits, areas: world.version('areas'), industries: world.version('industries')} : null;
}

/**
 * Limits that a change takes away: orders that find none any more, and those that fall back from a row that goes out of use to a longer one. Both want a confirmation.
 * @see Source: requirements/xinjiang-hotline.md §2.1.10; that gaps are confirmed and not refused is own, as for coverage.
 */
export function* lostLimitRule(world: ContentWorld, before: ContentWorld | null): Generator<void, readonly ContentFinding[]> {
  const [now, then] = [limitParts(world), before && limitParts(before)];
  if (!now || !then) return [];
  const [after, earlier] = [yield* limitCoverage(now), yield* limitCoverage(then)];
  const [gaps, longer] = [new Map<string, Compared[]>(), new Map<string, Compared[]>()];
  const worse = new Map<string, ReadonlyArray<Omit<Compared, 'matterCode'>>>();
  let passed = 0;
  for (const [matterCode, shared] of after.leaves) {
    if (passed++ % chunk === 0) yield;
    const before = earlier.leaves.get(matterCode);
    const pair = JSON.stringify([before, shared]);
    const differences = worse.get(pair) ?? comparedWith(world, after.found.get(shared) ?? [], earlier.found.get(before ?? '') ?? []);
    worse.set(pair, differences);
    for (const each of differences) {
      if (each.now.row === null) add(gaps, JSON.stringify([each.now.urgency, each.now.kind, each.was?.row ?? '']), {matterCode, ...each});
      else add(longer, JSON.stringify([each.was?.row, each.now.row]), {matterCode, ...each});
    }
  }
  const levels = new Set([...earlier.found.values()].flatMap(list => list.map(each => each.level))).size;
  return [...[...gaps.values()].flatMap(list => gapFinding(world, list, levels)), ...[...longer.values()].flatMap(list => longerFinding(world, list))];
}

/** Limits that are missing now, or longer because the row that held went out of use. */
function comparedWith(world: ContentWorld, now: readonly SharedLimit[], then: readonly SharedLimit[]): ReadonlyArray<Omit<Compared, 'matterCode'>> {
  const was = new Map(then.map(each => [nameOf(each), each]));
  return now.flatMap(each => {
    const old = was.get(nameOf(each)) ?? null;
    const isGap = each.row === null && old?.row !== null;
    const isLonger = each.limit && old?.limit && old.row !== each.row && isGone(world, old.row) && isSurelyLonger(each.limit, old.limit);
    return isGap || isLonger ? [{now: each, was: old}] : [];
  });
}

function nameOf({urgency, kind, level}: SharedLimit): string {
  return `${urgency}|${kind}|${level}`;
}

function add(groups: Map<string, Compared[]>, key: string, each: Compared): void {
  const group = groups.get(key);
  if (group) group.push(each);
  else groups.set(key, [each]);
}

function isGone(world: ContentWorld, row: string | null): boolean {
  const found = ['limits', 'matrix'].map(table => world.rows(table, 'limits').get(row ?? '')).find(each => each !== undefined);
  return found?.['status'] === 'retired';
}

const kindZh = {respond: '响应', resolve: '办结'} as const;

function gapFinding(world: ContentWorld, list: readonly Compared[], every: number): readonly ContentFinding[] {
  const [first] = list;
  if (!first) return [];
  const {kind, urgency} = first.now;
  const grade = world.rows('urgency', 'urgency').get(urgency);
  const levels = [...new Set(list.map(each => each.now.level))].filter(level => level !== '');
  const some = levels.length > 0 && levels.length < every;
  const error = contentErrors.LIMIT_GAP({
    kind, kindZh: kindZh[kind], ...counted(list), urgencyZh: grade?.['titleZh'] ?? urgency, urgencyEn: grade?.['titleEn'] ?? urgency,
    levels: some ? ` in areas of level ${levels.join(', ')}` : '', levelsZh: some ? `、${levels.map(level => levelTitle(level)['zh-CN']).join('、')}` : '',
  });
  return [{error, ...placeOf(world, first), severity: 'warning'}];
}

function longerFinding(world: ContentWorld, list: readonly Compared[]): readonly ContentFinding[] {
  const [first] = list;
  if (!first?.now.limit || !first.was?.limit) return [];
  const {now, was} = first;
  const error = contentErrors.LIMIT_LONGER({
    key: was?.row ?? '', other: now.row ?? '', ...counted(list),
    own: formatLimit(first.was.limit, 'en'), ownZh: formatLimit(first.was.limit, 'zh-CN'), theirs: formatLimit(first.now.limit, 'en'), theirsZh: formatLimit(first.now.limit, 'zh-CN'),
  });
  return [{error, ...placeOf(world, first), severity: 'warning'}];
}

function counted(list: readonly Compared[]): {readonly count: number; readonly example: string} {
  const matters = [...new Set(list.map(each => each.matterCode))];
  return {count: matters.length, example: matters.slice(0, 3).join(', ')};
}

/** Where the change stands that takes a limit away: the row of the limit, or the row of the catalog that asks otherwise now. */
function placeOf(world: ContentWorld, {matterCode, now, was}: Compared): Pick<ContentFinding, 'table' | 'key' | 'field'> {
  const {catalogId} = world.own.head;
  const key = was?.row ?? '';
  if (catalogId === 'limits') return {table: world.rows('matrix').has(key) ? 'matrix' : 'limits', key, field: 'status'};
  if (catalogId === 'urgency') return {table: 'urgency', key: now.urgency, field: 'status'};
  const matters = world.version('matters');
  if (catalogId === 'industries') return {table: 'industries', key: (matters && industryOf(matters, matterCode)) ?? '', field: 'parentCode'};
  return {table: 'matters', key: matterCode, field: 'groupCode'};
}
