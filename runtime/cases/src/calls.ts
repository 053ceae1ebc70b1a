import {createHash} from 'node:crypto';
import type {SqlRow, Store, Tx} from '@banli/store';
import {caseErrors} from './errors.js';
import type {Actor, CaseVault} from './ports.js';
import type {StartedCase, StartInput} from './start.js';

/** A call that is registered once, however often it is sent. */
export interface Call {
  /** Names it for good: the id of its draft, or what its key makes of it. */
  readonly id: string;
  /** What was sent with it, as a keyed hash. */
  readonly print: string;
}

/** Most cases of one call. */
const mostItems = 20;

/** The id of a call, and of its draft, 26 characters: the same person with the same key, and nobody else, gets it again. */
export function callIdOf(personId: string, callKey: string): string {
  return hash(JSON.stringify([personId, callKey])).slice(0, 26);
}

/** The call of an input; `null` where it names neither draft nor key, so that every try registers anew. */
export function callOf(vault: CaseVault, actor: Actor, input: StartInput): Call | null {
  const id = input.draftId ?? (input.callKey === undefined ? null : callIdOf(actor.personId, input.callKey));
  return id === null ? null : {id, print: vault.blindIndex(hash(JSON.stringify([input.bundleId, ...input.items.map(item => sorted(item.values))])))};
}

/** What the row of one case of a call remembers of it. */
export function startKeyOf(call: Call, index: number): string {
  return `${call.id}:${index}`;
}

/**
 * The cases that a call of this person became, in the order in which they were sent; `null` when it is not registered yet.
 *
 * @throws AppError `CASE_CALL_CHANGED` when something else was sent with it then.
 */
export async function startedBefore(deps: {readonly vault: CaseVault}, on: Store['knex'] | Tx, actor: Actor, call: Call): Promise<readonly StartedCase[] | null> {
  const keys = Array.from({length: mostItems}, (_, index) => startKeyOf(call, index));
  const rows: SqlRow[] = await on('case_record').where({started_by: actor.personId}).whereIn('start_key', keys).select('id', 'number', 'query_code', 'start_key', 'start_print');
  if (rows.length === 0) return null;
  rows.sort((one, other) => keys.indexOf(String(one['start_key'])) - keys.indexOf(String(other['start_key'])));
  if (rows.some(row => row['start_print'] !== null && row['start_print'] !== call.print)) throw caseErrors.CALL_CHANGED({numbers: rows.map(row => String(row['number'])).join('、')});
  return rows.map(row => ({caseId: String(row['id']), number: String(row['number']), queryCode: deps.vault.open(String(row['query_code']))}));
}

/** Whether a call was registered, whatever was sent with it. */
export async function isRegistered(on: Store['knex'], callId: string): Promise<boolean> {
  return (await on('case_record').where({start_key: `${callId}:0`}).first('id')) !== undefined;
}

/** The same values, whatever order they are sent in. */
function sorted(values: Readonly<Record<string, unknown>>): ReadonlyArray<readonly [string, unknown]> {
  return Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
