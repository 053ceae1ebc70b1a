import {insertMissingLast, type Tx} from '@banli/store';
import type {Actor, CasePeople} from './ports.js';
import type {CaseRouting} from './model.js';

/** Who took part, so that lists can be limited by data scope in one query. */
export interface PartyRequest {
  readonly personIds: readonly string[];
  readonly unitIds: readonly string[];
}

/** Path of a unit as `/root/…/unit/`: everything below a unit starts with the unit's own path. */
export function pathOf(people: Pick<CasePeople, 'unit'>, unitId: string): string {
  const unit = people.unit(unitId);
  return unit ? `/${unit.path.join('/')}/` : `/?/${unitId}/`;
}

/** Every path that begins with the unit's own, from and to: `/` is followed by `0` in the order of characters. */
export function pathRange(people: Pick<CasePeople, 'unit'>, unitId: string): [string, string] {
  const own = pathOf(people, unitId);
  return [own, `${own.slice(0, -1)}0`];
}

/** Adds persons and units to the parties; writes only those that are new, at the end of the transaction, so that most commands write nothing. */
export function joinParties(people: CasePeople, tx: Tx, caseId: string, routing: CaseRouting, request: PartyRequest): CaseRouting {
  const known = new Set(routing.parties);
  const added = new Map<string, string>();
  for (const id of request.personIds) if (!known.has(`person:${id}`)) added.set(`person:${id}`, '');
  for (const id of request.unitIds) if (!known.has(`unit:${id}`)) added.set(`unit:${id}`, pathOf(people, id));
  if (added.size === 0) return routing;
  insertMissingLast(tx, 'case_party', [...added].map(([party, path]) => ({case_id: caseId, party, path})));
  return {...routing, parties: [...routing.parties, ...added.keys()]};
}

/** The parties that a person acting in a post brings in. */
export function partiesOf(actor: Actor): PartyRequest {
  return {personIds: [actor.personId], unitIds: [actor.unitId]};
}
