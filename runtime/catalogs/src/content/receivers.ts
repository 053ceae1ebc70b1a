import {chainOf} from '../chain-of.js';
import {contentErrors} from './errors.js';
import {inUse, newOnly, type ContentFinding, type ContentWorld} from './model.js';

/** A limit of one industry, and a column by which it names receivers. */
interface Naming {
  readonly key: string;
  readonly industry: string;
  readonly field: 'warnReceivers' | 'ladderCode';
  readonly receiver: string;
}

/**
 * Receivers found by industry, where nobody supervises that industry in any area: who reads the row believes that somebody is told. Told for the catalog of limits and for
 * that of industries, at the row that names the receiver or at the supervisor that goes out of use; whoever publishes decides.
 * @see Source: requirements/xinjiang-hotline.md §2.1.10 (the industry supervisor is told at the same time); that it is confirmed and not refused is own.
 */
export const unfilledReceivers = newOnly(world => {
  const industries = world.version('industries');
  if (!industries) return [];
  const supervised = new Set([...inUse(world.rows('supervisors', 'industries'))].map(([, row]) => row['industryCode']));
  return namings(world)
    .filter(({industry}) => !chainOf(industries, industry).some(row => supervised.has(row.key)))
    .map(naming => finding(world, naming));
});

function namings(world: ContentWorld): readonly Naming[] {
  const byIndustry = new Set([...inUse(world.rows('receivers', 'limits'))].filter(([, row]) => row['foundBy'] === 'industry').map(([key]) => key));
  const ofLadder = new Map<string, string[]>();
  for (const [, row] of inUse(world.rows('ladders', 'limits'))) {
    const ladder = row['ladderCode'] ?? '';
    ofLadder.set(ladder, [...(ofLadder.get(ladder) ?? []), ...split(row['receivers'])]);
  }
  return [...inUse(world.rows('matrix', 'limits'))].flatMap(([key, row]): readonly Naming[] => {
    const industry = row['industryCode'] ?? '*';
    if (industry === '*') return [];
    const field = (name: Naming['field'], codes: readonly string[]): readonly Naming[] => codes.filter(code => byIndustry.has(code)).map(receiver => ({key, industry, field: name, receiver}));
    return [...field('warnReceivers', split(row['warnReceivers'])), ...field('ladderCode', ofLadder.get(row['ladderCode'] ?? '') ?? [])].slice(0, 1);
  });
}

function split(codes: string | undefined): readonly string[] {
  return codes === undefined ? [] : codes.split(',');
}

function finding(world: ContentWorld, {key, industry, field, receiver}: Naming): ContentFinding {
  const named = world.rows('receivers', 'limits').get(receiver);
  const branch = world.rows('industries', 'industries').get(industry);
  const error = contentErrors.RECEIVER_NONE({
    key, receiver: named?.['titleEn'] ?? receiver, receiverZh: named?.['titleZh'] ?? receiver, industry: branch?.['titleEn'] ?? industry, industryZh: branch?.['titleZh'] ?? industry,
  });
  if (world.own.head.catalogId === 'limits') return {error, table: 'matrix', key, field, severity: 'warning'};
  const chain = chainOf(world.own, industry).map(row => row.key);
  const gone = [...world.rows('supervisors')].find(([, row]) => chain.includes(row['industryCode'] ?? ''));
  return {error, ...(gone ? {table: 'supervisors', key: gone[0], field: 'status'} : {table: 'industries', key: industry, field: 'parentCode'}), severity: 'warning'};
}
