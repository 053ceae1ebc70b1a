import type {CompiledBundle} from '@banli/formats';
import {fromRow, type SqlRow, type Store, type Tx} from '@banli/store';
import {dayOf, formatDate, type Clock} from '@banli/time';
import type {CaseNotebook, CaseNotices, CasePeople, CaseReleases, CaseSignals, CaseVault} from './ports.js';
import {raiseLasting} from './alarms.js';
import {stateOf} from './case-state.js';
import {insertLines, insertNotes, insertOutbox, newOutboxRow} from './case-store.js';
import {subjectOf} from './clock-moves.js';
import {columnsOf} from './columns.js';
import {messageOperations} from './commit.js';
import {buildContext} from './context.js';
import {noCause, type CaseRecord, type TaskRow} from './model.js';
import {joinParties} from './parties.js';
import {factsOf} from './release-facts.js';
import {readRecord, writeRecord} from './rows.js';
import {holdersOf} from './taken-away.js';

/** What signals need: less than commands, so that clocks can be made before cases. */
export interface SignalDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly people: CasePeople;
  readonly vault: CaseVault;
  readonly releases: CaseReleases;
  readonly notices: CaseNotices;
  /** Called when a row was written in somebody else's transaction: the loop should look soon; without it the loop finds the row at its next round. */
  readonly wake?: () => void;
}

/** Makes what clocks ask of cases. Everything takes part in the caller's transaction. */
export function createCaseSignals(deps: SignalDeps): CaseSignals {
  return {
    async signal(tx, caseId, messageName, cause) {
      // Raising the numbers first takes the row's lock: whoever works on the case at this moment reads it again.
      const changed = await tx('case_record').where({id: caseId, status: 'open'}).update({seq: tx.raw('seq + 1'), lock_version: tx.raw('lock_version + 1'), pending_since: tx.raw('coalesce(pending_since, ?)', [cause.at])});
      if (changed === 0) return;
      const found = await lookUp(deps, tx, caseId);
      if (!found) return;
      const row = newOutboxRow({caseId, seq: found.record.seq, kind: 'signal', at: cause.at, operations: messageOperations(drawnAs(found.release, messageName)), cause: {...noCause, message: messageName}, undo: null}, 0);
      await insertOutbox(deps, tx, found.release, [row]);
      deps.wake?.();
    },
    async note(tx, caseId, line) {
      const found = await lookUp(deps, tx, caseId);
      if (found) await insertLines(deps, tx, found.release, found.record, line.at, [{kind: line.kind, text: line.text, ...(line.data === undefined ? {} : {data: line.data})}]);
    },
    async resumed(tx, caseId, at) {
      // As with a signal: the row's lock first, so that a command that is being written reads the case again.
      await tx('case_record').where({id: caseId}).update({lock_version: tx.raw('lock_version + 1')});
      const found = await lookUp(deps, tx, caseId);
      if (found?.record.status !== 'open' || found.record.routing.paused === null) return;
      const next = {...found.record, routing: {...found.record.routing, paused: null}};
      const open = await tx('case_task').where({case_id: caseId, status: 'open'}).select<Array<{step_id: string}>>('step_id');
      const states = stateOf(found.release, next, open.map(task => ({stepId: task.step_id})), buildContext(found.release, deps.people, next));
      const patch = {routing: next.routing, ...columnsOf(found.release, deps, next, found.record), ...states, updatedAt: at};
      await tx('case_record').where({id: caseId}).update(writeRecord(patch, factsOf(found.release).sealed, deps.vault));
      await insertLines(deps, tx, found.release, found.record, at, [{kind: 'resumed', text: {'zh-CN': '承诺期届满未确认，自动恢复办理', en: 'The promised date has passed; the case resumed by itself'}}]);
      await tellHolder(deps, tx, found.record, found.record.routing.paused.taskId, {
        kind: 'case.resumed', at,
        title: {'zh-CN': `${found.record.number} 已恢复计时`, en: `${found.record.number}: the clock runs again`},
        body: {'zh-CN': '承诺期届满未确认，挂起已自动结束，请继续办理', en: 'The promised date has passed unconfirmed and the pause ended by itself; please go on'},
      });
    },
    async pauseEnds(tx, caseId, {at, until}) {
      const found = await lookUp(deps, tx, caseId);
      const paused = found?.record.status === 'open' ? found.record.routing.paused : null;
      if (!found || !paused) return [];
      const date = formatDate(dayOf(until));
      await insertLines(deps, tx, found.release, found.record, at, [{kind: 'pauseEnds', text: {'zh-CN': `承诺期将于 ${date} 届满，已提醒确认进展`, en: `The promised date ${date} comes near; a confirmation was asked for`}, stepId: null, taskId: paused.taskId}]);
      return tellHolder(deps, tx, found.record, paused.taskId, {
        kind: 'case.pauseEnds', at,
        title: {'zh-CN': `${found.record.number} 挂起承诺期将届满`, en: `${found.record.number}: the promised date comes near`},
        body: {'zh-CN': `承诺期至 ${date}，请确认进展：条件已具备的请申请恢复；届时未确认将自动恢复计时`, en: `Promised for ${date}: ask to resume once the condition is met; unconfirmed, the clock runs again by itself on that day`},
      });
    },
    async involve(tx, caseId, unitId) {
      if (await tx('case_party').where({case_id: caseId, party: `unit:${unitId}`}).first<object | undefined>('party')) return;
      // As with a signal: the row's lock first.
      await tx('case_record').where({id: caseId}).update({lock_version: tx.raw('lock_version + 1')});
      const found = await lookUp(deps, tx, caseId);
      if (!found) return;
      const routing = joinParties(deps.people, tx, caseId, found.record.routing, {personIds: [], unitIds: [unitId]});
      if (routing === found.record.routing) return;
      await tx('case_record').where({id: caseId}).update(writeRecord({routing}, factsOf(found.release).sealed, deps.vault));
    },
    alarm: (tx, {at, text}) => raiseLasting(tx, {kind: 'receiver', caseId: null, at, text}),
    async subject(tx, caseId) {
      const found = await lookUp(deps, tx, caseId);
      return found && found.record.status === 'open' ? subjectOf(found.release, deps.people, found.record) : null;
    },
  };
}

/** Makes the notebook that writes lines into many timelines at once. */
export function createCaseNotebook(): CaseNotebook {
  return {noteAll: insertNotes};
}

/** Tells whoever has the task that was paused, and answers them. */
async function tellHolder(deps: SignalDeps, tx: Tx, record: CaseRecord, taskId: string, notice: Pick<Parameters<CaseNotices['notify']>[1], 'kind' | 'at' | 'title' | 'body'>): Promise<readonly string[]> {
  const row: SqlRow | undefined = await tx('case_task').where({id: taskId}).first('assignee_id', 'home_queue');
  const personIds = row ? holdersOf(deps.people, fromRow<Pick<TaskRow, 'assigneeId' | 'homeQueue'>>(row)) : [];
  if (personIds.length > 0) await deps.notices.notify(tx, {...notice, personIds, caseId: record.id});
  return personIds;
}

/** A clock is waited for under the names of the timers bound to it: one at a step carries the step's id. Without a timer the name stands as it is. */
function drawnAs(release: CompiledBundle, messageName: string): readonly string[] {
  const names = release.clockEvents.filter(event => `clock.${event.clock}` === messageName).map(event => event.messageName);
  return names.length === 0 ? [messageName] : [...new Set(names)];
}

async function lookUp(deps: SignalDeps, tx: Tx, caseId: string): Promise<{record: CaseRecord; release: CompiledBundle} | null> {
  const row: Record<string, unknown> | undefined = await tx('case_record').where({id: caseId}).first();
  if (!row) return null;
  const record = readRecord(row, deps.vault);
  const found = await deps.releases.byHash(record.releaseHash, tx);
  return found && {record, release: found.release};
}
