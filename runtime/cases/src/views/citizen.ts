import {timingSafeEqual} from 'node:crypto';
import type {AnswerOf, caseRoutes} from '@banli/api';
import type {CompiledBundle} from '@banli/formats';
import type {SqlRow} from '@banli/store';
import type {CaseDeps} from '../deps.js';
import {builtInStates} from '../case-state.js';
import {textOrNull} from '../context.js';
import {caseErrors} from '../errors.js';
import {readRecord} from '../rows.js';
import {publicTitle} from './titles.js';

/** What a citizen sees of his case. */
export type CitizenView = AnswerOf<typeof caseRoutes.publicView>;

/**
 * Shows a case to whoever knows its number and query code: state in public words, dates, lead unit, and the reply once the case has
 * left the units; that it was withdrawn, too. Never opinions, names, returns or supervision.
 *
 * @throws AppError `CASE_CITIZEN_UNKNOWN` for a wrong number and a wrong code alike.
 * @see Source: requirements/xinjiang-hotline.md §2.3.3
 */
export async function citizenView(deps: CaseDeps, number: string, code: string): Promise<CitizenView> {
  const row: SqlRow | undefined = await deps.store.knex('case_record').where({number}).first();
  const record = row && readRecord(row, deps.vault);
  if (!record || !isSameText(deps.vault.open(record.queryCode), plain(code))) throw caseErrors.CITIZEN_UNKNOWN();
  const found = await deps.releases.byHash(record.releaseHash);
  const cancelled = record.status === 'cancelled';
  const state = found && (cancelled ? builtInStates.cancelled : publicTitle(found.release, record.publicState));
  if (!found || !state) throw caseErrors.CITIZEN_UNKNOWN();
  const {manifest} = found.release.bundle;
  // A proposal is no lead unit yet: only who was handed the case is named.
  const lead = record.routing.holding[0];
  const leadUnit = lead === undefined ? null : deps.people.unit(lead);
  const closed = manifest.states.find(each => each.id === manifest.endState)?.public ?? null;
  const isClosed = closed !== null && record.publicState === closed;
  return {
    number: record.number,
    state,
    secondRound: record.round > 1,
    acceptedAt: record.acceptedAt,
    leadUnit: leadUnit === null ? null : {'zh-CN': leadUnit.name, ...(leadUnit.titleEn === undefined ? {} : {en: leadUnit.titleEn})},
    reply: isClosed && manifest.caseFields.reply !== undefined ? textOrNull(record.values[manifest.caseFields.reply]) : null,
    closedAt: cancelled ? record.endedAt : isClosed ? await closedAtOf(deps, found.release, record.id, record.endedAt) : null,
  };
}

/** The moment the resolve clock stopped, which is when the result was accepted; else the end of the case. */
async function closedAtOf(deps: CaseDeps, release: CompiledBundle, caseId: string, endedAt: number | null): Promise<number | null> {
  const resolve = new Set(release.bundle.limits.clocks.filter(rule => 'kind' in rule.limit && rule.limit.kind === 'resolve').map(rule => rule.id));
  const stopped = (await deps.clocks.of(caseId)).filter(clock => resolve.has(clock.clock)).map(clock => clock.stoppedAt ?? 0);
  return Math.max(0, ...stopped) || endedAt;
}

/** A code as it is typed: in groups, with full-width digits; those of older cases have letters. */
function plain(code: string): string {
  return code.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();
}

function isSameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
