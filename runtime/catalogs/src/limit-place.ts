import type {Tx} from '@banli/store';
import {areaChainOf} from './area-chain.js';
import {chainOf} from './chain-of.js';
import {titleOf} from './choices.js';
import type {LimitQuestion} from './find-limit.js';
import {activeRows, type PublishedRow, type PublishedVersion} from './version.js';
import type {VersionStore} from './version-store.js';

interface Place {
  readonly areaCode?: string;
  readonly industryCode?: string;
  readonly urgency: string;
}

/**
 * What the matrix of limits asks besides: the industries from the inside out, of the enterprise or else of the matter, and the level of the area or the nearest one that is listed.
 *
 * @param matters - The matter and those above it, innermost first.
 */
export async function limitPlace(versions: VersionStore, {areaCode, urgency, ...own}: Place, matters: readonly PublishedRow[], at: number, tx?: Tx): Promise<Pick<LimitQuestion, 'industries' | 'level' | 'titles'>> {
  const industryCode = own.industryCode ?? industryOf(matters);
  const chain = industryCode === undefined ? [] : chainOf(await versions.versionAt('industries', at, tx), industryCode);
  const grade = (await versions.knownAt('urgency', at, tx))?.tables.get('urgency')?.byKey.get(urgency);
  const titles = new Map([...chain.map(row => [`industry ${row.key}`, titleOf(row)] as const), ...(grade ? [[`urgency ${urgency}`, titleOf(grade)] as const] : [])]);
  return {industries: chain.map(row => row.key), titles, level: areaCode === undefined ? null : await levelOf(versions, areaCode, at, tx)};
}

/**
 * What a limit is looked up by: of a matter its group and industry; without one (`null`) the general group. An urgency that nobody named is that of the matter, or else the lowest one of the catalog of urgencies.
 * @see Source: own rule, ADR 0043.
 */
export async function limitQuestion(versions: VersionStore, {urgency, ...place}: Omit<Place, 'urgency'> & {readonly urgency: string | null}, {matters, matter, at}: {readonly matters: PublishedVersion; readonly matter: PublishedRow | null; readonly at: number}, tx?: Tx): Promise<LimitQuestion> {
  const grade = urgency ?? matter?.values['urgencyCode'] ?? (await lowestUrgency(versions, at, tx));
  const more = await limitPlace(versions, {...place, urgency: grade}, matter ? chainOf(matters, matter.key) : [], at, tx);
  return {group: matter ? (matter.values['groupCode'] ?? '') : null, urgency: grade, ...more};
}

async function lowestUrgency(versions: VersionStore, at: number, tx?: Tx): Promise<string> {
  const version = await versions.knownAt('urgency', at, tx);
  const [lowest] = version ? [...activeRows(version, 'urgency')].sort((a, b) => Number(a.values['rank'] ?? 0) - Number(b.values['rank'] ?? 0)) : [];
  return lowest?.key ?? '';
}

/** The level of an area or the nearest one that is listed; `null` for none. */
export async function levelOf(versions: VersionStore, areaCode: string, at: number, tx?: Tx): Promise<string | null> {
  const areas = await versions.versionAt('areas', at, tx);
  const [nearest] = areaChainOf(areas, areaCode);
  return (nearest === undefined ? undefined : areas.tables.get('areas')?.byKey.get(nearest)?.values['level']) ?? null;
}

/** The group and the industry of a matter as one text: all that limits are looked up by. `null` for an unknown matter. */
export function matterKeyOf(matters: PublishedVersion, matterCode: string): string | null {
  const matter = matters.tables.get('matters')?.byKey.get(matterCode);
  return matter ? `${matter.values['groupCode'] ?? ''}|${industryOf(chainOf(matters, matter.key)) ?? ''}` : null;
}

function industryOf(matters: readonly PublishedRow[]): string | undefined {
  return matters.find(row => row.values['industryCode'] !== undefined)?.values['industryCode'];
}
