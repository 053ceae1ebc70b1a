import {taskBatchRoutes, type InboxRowView} from '@banli/api';
import {useQueryClient} from '@tanstack/react-query';
import {useRef, useState} from 'react';
import {api} from '../http/api.js';
import {runBatch, type BatchLine, type BatchOffer} from './batch.js';

/** How a batch stands: `lines` once it is over. */
export interface BatchState {
  readonly offer: BatchOffer;
  readonly done: number;
  readonly isStopping: boolean;
  readonly lines: readonly BatchLine[] | null;
}

/** Runs batches, one at a time; afterwards the lists are loaded anew. */
export function useBatch(onOver: (offer: BatchOffer, lines: readonly BatchLine[]) => void) {
  const cache = useQueryClient();
  const [state, setState] = useState<BatchState | null>(null);
  const stopped = useRef(false);
  const isRunning = useRef(false);
  const start = async (offer: BatchOffer) => {
    if (isRunning.current) return;
    isRunning.current = true;
    stopped.current = false;
    setState({offer, done: 0, isStopping: false, lines: null});
    const send = async (rows: readonly InboxRowView[]) => (await api.call(taskBatchRoutes.run, {body: {
      command: offer.command, ...(offer.outcome === null ? {} : {outcome: offer.outcome}),
      tasks: rows.map(row => ({taskId: row.taskId ?? '', caseVersion: row.caseVersion ?? 0})),
    }})).results;
    try {
      const lines = await runBatch({rows: offer.rows, send, onProgress: done => setState(before => before && {...before, done}), isStopped: () => stopped.current});
      setState({offer, done: lines.length, isStopping: false, lines});
      onOver(offer, lines);
    } finally {
      isRunning.current = false;
      for (const queryKey of [['box'], ['counts'], ['case']]) void cache.invalidateQueries({queryKey});
    }
  };
  const stop = () => {
    stopped.current = true;
    setState(before => before && {...before, isStopping: true});
  };
  return {state, start, stop, close: () => setState(null)};
}
