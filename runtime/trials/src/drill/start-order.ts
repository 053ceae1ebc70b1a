import {ApiError, caseRoutes, draftRoutes, inboxRoutes} from '@banli/api';
import {sleep} from '@banli/time';
import type {Person} from '../person.js';
import {again, giveUpAfterMs, isPassing} from './again.js';

/** What a person knows of an order that he registered. */
export interface StartedOrder {
  readonly caseId: string;
  readonly number: string;
}

/**
 * Registers one order from a draft, whatever is killed meanwhile: a start whose answer was lost is found again by its title.
 *
 * @param title - Stands in the values, too, and in no other order.
 */
export async function startOnce(person: Person, bundleId: string, title: string, values: Readonly<Record<string, unknown>>): Promise<StartedOrder> {
  const draft = await again(person, draftRoutes.create, {body: {bundleId, items: [values]}});
  for (let waited = 0; waited < giveUpAfterMs; waited += 500) {
    try {
      const answer = await person.call(caseRoutes.start, {body: {bundleId, draftId: draft.id, items: [{values}]}});
      const first = answer.cases[0];
      if (first) return {caseId: first.caseId, number: first.number};
    } catch (error) {
      if (error instanceof ApiError && error.code === 'CASE_INPUT') throw new Error(`${title} is refused: ${JSON.stringify(error.answer.problems)}`, {cause: error});
      if (!isPassing(error) && !(error instanceof ApiError && error.code === 'CASE_DRAFT_UNKNOWN')) throw error;
      const found = await findByTitle(person, title);
      if (found) return found;
      await sleep(500);
    }
  }
  throw new Error(`${title} could not be started.`);
}

async function findByTitle(person: Person, title: string): Promise<StartedOrder | null> {
  const {rows} = await again(person, inboxRoutes.search, {body: {q: title, limit: 50}});
  const row = rows.find(candidate => candidate.title === title);
  return row ? {caseId: row.id, number: row.number} : null;
}
