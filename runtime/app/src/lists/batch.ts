import {ApiError, mostInBatch, type BatchResultView, type ErrorAnswerBody, type InboxRowView} from '@banli/api';
import type {LocalizedText} from '@banli/formats';

/** What may be done with some of the chosen rows at once. `name` is the bundle's own word for an outcome; `null` for taking and giving back. */
export interface BatchOffer {
  readonly key: string;
  readonly command: 'claim' | 'release' | 'complete';
  readonly outcome: string | null;
  readonly name: LocalizedText | null;
  /** Those of the chosen rows for which it can be done, as far as the list knows. */
  readonly rows: readonly InboxRowView[];
}

/** What is offered for the chosen rows: outcomes that ask for nothing, then taking and giving back. What fits no row is left out. */
export function batchOffers(rows: readonly InboxRowView[], personId: string): readonly BatchOffer[] {
  const tasks = rows.filter(row => row.taskId !== null);
  const outcomes = new Map<string, BatchOffer>();
  for (const row of tasks) {
    for (const {id, name} of row.batch ?? []) {
      const key = `complete ${id} ${name['zh-CN']}`;
      outcomes.set(key, {key, command: 'complete', outcome: id, name, rows: [...(outcomes.get(key)?.rows ?? []), row]});
    }
  }
  const plain = (command: 'claim' | 'release', takenBy: string | null): BatchOffer => ({key: command, command, outcome: null, name: null, rows: tasks.filter(row => row.takenBy === takenBy)});
  return [...outcomes.values(), plain('claim', null), plain('release', personId)].filter(offer => offer.rows.length > 0);
}

/** What became of one row: done (`null`), refused, or not tried because the batch was stopped or the connection broke before. */
export interface BatchLine {
  readonly row: InboxRowView;
  readonly error: ErrorAnswerBody | ApiError | 'notRun' | null;
}

/** How a batch runs. `send` does some tasks and answers for each; `isStopped` is asked between pieces. */
export interface BatchRun {
  readonly rows: readonly InboxRowView[];
  readonly send: (rows: readonly InboxRowView[]) => Promise<readonly BatchResultView[]>;
  readonly onProgress: (done: number) => void;
  readonly isStopped: () => boolean;
}

const pieceSize = 10;

/**
 * Runs a batch in pieces, so that progress shows and one can stop. A piece whose answer never came ends it: its rows say why, those
 * behind it were not tried.
 *
 * @returns A line for each row, in order; beyond `mostInBatch` rows nothing is tried.
 */
export async function runBatch({rows, send, onProgress, isStopped}: BatchRun): Promise<readonly BatchLine[]> {
  const lines: BatchLine[] = [];
  let isOver = false;
  for (let start = 0; start < rows.length; start += pieceSize) {
    const piece = rows.slice(start, start + pieceSize);
    if (isOver || isStopped() || start >= mostInBatch) {
      lines.push(...piece.map(row => ({row, error: 'notRun' as const})));
      continue;
    }
    try {
      const results = new Map((await send(piece)).map(result => [result.taskId, result.error]));
      lines.push(...piece.map(row => ({row, error: results.get(row.taskId ?? '') ?? null})));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      isOver = true;
      lines.push(...piece.map(row => ({row, error})));
    }
    onProgress(lines.length);
  }
  return lines;
}
