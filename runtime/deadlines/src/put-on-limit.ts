import {nominalMs, type LimitUnit} from '@banli/time';
import type {ClockFacts} from './model.js';

/**
 * The facts of a clock under another limit. An extension that was granted in another unit is carried over by its length, rounded up: 2 working days become 48 hours, 36 hours 2 days
 * (own rule: what was granted is not taken back).
 */
export function putOnLimit(facts: ClockFacts, found: Pick<ClockFacts, 'limit' | 'warnBeforeMs' | 'origin'> & Partial<Pick<ClockFacts, 'asked'>>): ClockFacts {
  const {extension} = facts;
  if (!extension || found.limit.unit === facts.limit.unit) return {...facts, ...found};
  return {...facts, ...found, extension: {...extension, amount: converted(extension.amount, facts.limit.unit, found.limit.unit)}};
}

function converted(value: number, from: LimitUnit, to: LimitUnit): number {
  return Math.ceil(nominalMs({value, unit: from}) / nominalMs({value: 1, unit: to}));
}
