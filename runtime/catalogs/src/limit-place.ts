import type {Tx} from '@banli/store';
import {areaChainOf} from './area-chain.js';
import {chainOf} from './chain-of.js';
import {titleOf} from './choices.js';
import type {LimitQuestion} from './find-limit.js';
import type {PublishedRow, PublishedVersion} from './version.js';
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
