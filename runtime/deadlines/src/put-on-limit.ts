import {nominalMs, type LimitUnit} from '@banli/time';
import type {CatalogLimit} from './deps.js';
import type {ClockFacts, LimitAsked} from './model.js';

/** What a clock keeps of a limit of the catalogs. */
export type LimitFacts = Pick<ClockFacts, 'limit' | 'warnBeforeMs' | 'origin' | 'ladder' | 'warnReceivers'>;

/** A limit of the catalogs as a clock keeps it; a ladder that names nobody is left out. */
export function limitFacts({limit, warnBeforeMs, text, row, version, source, ladder = [], warnReceivers = []}: CatalogLimit): LimitFacts {
  const named = ladder.some(({receivers}) => receivers.length > 0) ? ladder.map(({after, text: measure, receivers}) => ({after, text: measure, receivers})) : [];
  return {limit, warnBeforeMs, origin: {catalog: 'limits', version, row, source, text}, ...(named.length > 0 ? {ladder: named} : {}), ...(warnReceivers.length > 0 ? {warnReceivers} : {})};
}

/**
 * The facts of a clock under another limit, with the ladder and the receivers of its row. An extension that was granted in another unit is carried over by its length, rounded up: 2 working
 * days become 48 hours, 36 hours 2 days (own rule: what was granted is not taken back).
 */
export function putOnLimit(facts: ClockFacts, {limit, warnBeforeMs, origin, ladder, warnReceivers}: LimitFacts, asked?: LimitAsked): ClockFacts {
  const {extension} = facts;
  const isSameUnit = !extension || limit.unit === facts.limit.unit;
  const carried = isSameUnit ? extension : {...extension, amount: converted(extension.amount, facts.limit.unit, limit.unit)};
  // One spread, in front: plans come this way by the hundred thousand.
  return {...facts, limit, warnBeforeMs, origin, asked: asked ?? facts.asked, ladder, warnReceivers, extension: carried};
}

function converted(value: number, from: LimitUnit, to: LimitUnit): number {
  return Math.ceil(nominalMs({value, unit: from}) / nominalMs({value: 1, unit: to}));
}
