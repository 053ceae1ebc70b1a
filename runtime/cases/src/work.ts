import type {CompiledBundle, UnitRight} from '@banli/formats';
import type {VariableValue} from '@banli/processes';
import type {ExtensionRequest} from './ports.js';
import type {CaseRecord, CaseRouting, Undo} from './model.js';

/** A change of clocks that a command causes, in order. `until` in UTC milliseconds. */
export type ClockMove =
  | {readonly kind: 'event'; readonly event: string; readonly strand?: string}
  | {readonly kind: 'extend'; readonly request: ExtensionRequest}
  | {readonly kind: 'pause'; readonly from: number; readonly until: number | null; readonly reason: string}
  | {readonly kind: 'resume'};

/** The working copy of one command: what it changes before anything is written. */
export interface Work {
  readonly release: CompiledBundle;
  readonly before: CaseRecord;
  values: Record<string, unknown>;
  routing: CaseRouting;
  round: number;
  /** Variables that go to the engine with the command. */
  readonly variables: Record<string, VariableValue>;
  /** Messages of the drawing to send afterwards. */
  readonly messages: string[];
  readonly clockMoves: ClockMove[];
  /** Units that get the case and must have the right to handle it, or a reason. */
  readonly placed: Array<{readonly unitId: string; readonly right: UnitRight}>;
}

/** Begins a working copy; the record itself is never changed. */
export function beginWork(release: CompiledBundle, record: CaseRecord): Work {
  return {release, before: record, values: {...record.values}, routing: record.routing, round: record.round, variables: {}, messages: [], clockMoves: [], placed: []};
}

/** What undoes the work: the former values of everything that differs now. */
export function undoOf(work: Work): Undo {
  const {before} = work;
  const names = new Set([...Object.keys(before.values), ...Object.keys(work.values)]);
  const values: Record<string, {was: unknown}> = {};
  for (const name of names) {
    if (!isSame(before.values[name], work.values[name])) values[name] = {was: before.values[name]};
  }
  return {values, routing: changedRouting(before.routing, work.routing), round: before.round};
}

/** Puts the former values back into a record that may have moved on in other places meanwhile. */
export function applyUndo(record: CaseRecord, undo: Undo): Pick<CaseRecord, 'values' | 'routing' | 'round'> {
  const values: Record<string, unknown> = {...record.values};
  for (const [name, {was}] of Object.entries(undo.values)) {
    if (was === undefined) delete values[name];
    else values[name] = was;
  }
  return {values, routing: {...record.routing, ...undo.routing}, round: undo.round};
}

/** Plain JSON values are the same when they read the same. */
export function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

function changedRouting(before: CaseRouting, after: CaseRouting): Partial<CaseRouting> {
  if (before === after) return {};
  return Object.fromEntries(Object.entries(before).filter(([name, value]) => !isSame(value, after[name as keyof CaseRouting]))) as Partial<CaseRouting>;
}
