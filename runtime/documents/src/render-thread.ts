import {Worker} from 'node:worker_threads';
import {createAlarm, systemClock} from '@banli/time';
import {documentErrors} from './errors.js';
import type {RenderLimits} from './limits.js';
import type {RenderAnswer, RenderOrder} from './render-protocol.js';

/** Renders off the main thread, one document at a time. */
export interface RenderThread {
  /** @throws AppError `DOCUMENTS_RENDER_FAILED`, `DOCUMENTS_RENDER_TOO_LONG`, `DOCUMENTS_RENDER_TOO_LARGE`, `DOCUMENTS_CLOSED` */
  render(documentId: string, source: string, output: 'html' | 'text', data: unknown): Promise<string>;
  close(): Promise<void>;
}

/** How long a fresh thread may take to load, in milliseconds: not counted as rendering. */
const startLimitMs = 20_000;

type Ending = {readonly kind: 'answer'; readonly answer: RenderAnswer} | {readonly kind: 'late'} | {readonly kind: 'gone'; readonly error: unknown};

/**
 * Makes a thread that is started when first needed and thrown away when a document takes too long or too much memory, so that a
 * hostile template costs one thread and nothing else.
 */
export function createRenderThread(limits: RenderLimits): RenderThread {
  let worker: Promise<Worker> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;
  let lastId = 0;

  const discard = async (): Promise<void> => {
    const dying = worker;
    worker = null;
    if (dying) await dying.then(each => each.terminate(), () => 0);
  };

  const renderOne = async (documentId: string, order: RenderOrder): Promise<string> => {
    if (closed) throw documentErrors.CLOSED();
    worker ??= startWorker(limits);
    const thread = await worker;
    const ending = await waitFor(thread, order.id, limits.timeMs, () => thread.postMessage(order));
    if (ending.kind === 'answer' && 'text' in ending.answer) return ending.answer.text;
    if (ending.kind !== 'answer') await discard();
    throw faultOf(documentId, ending, limits);
  };

  return {
    render(documentId, source, output, data) {
      lastId += 1;
      const order: RenderOrder = {id: lastId, source, output, dataJson: JSON.stringify(data)};
      const turn = queue.then(() => renderOne(documentId, order));
      queue = turn.then(() => undefined, () => undefined);
      return turn;
    },
    async close() {
      closed = true;
      await queue;
      await discard();
    },
  };
}

async function startWorker(limits: RenderLimits): Promise<Worker> {
  const thread = new Worker(new URL('./render-worker.mjs', import.meta.url), {
    workerData: {outputBytes: limits.outputBytes},
    resourceLimits: {maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4},
    env: {},
    stdout: true,
    stderr: true,
  });
  thread.unref();
  const ready = await waitFor(thread, 0, startLimitMs, () => undefined);
  if (ready.kind === 'answer') return thread;
  await thread.terminate();
  throw faultOf('', ready, limits);
}

/** Waits for one answer, the end of the thread, or the limit; takes its listeners away again. */
function waitFor(thread: Worker, id: number, limitMs: number, start: () => void): Promise<Ending> {
  return new Promise(resolve => {
    // An answer that came while this thread was busy itself lies waiting: it is taken before the limit is judged.
    const alarm = createAlarm({clock: systemClock, onRing: () => void setImmediate(() => finish({kind: 'late'})), lookEveryMs: limitMs});
    const finish = (ending: Ending): void => {
      alarm.stop();
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
      resolve(ending);
    };
    const onMessage = (answer: RenderAnswer): void => {
      if (answer.id === id) finish({kind: 'answer', answer});
    };
    const onError = (error: unknown): void => finish({kind: 'gone', error});
    const onExit = (): void => finish({kind: 'gone', error: new Error('the rendering thread ended')});
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
    alarm.setTo(systemClock.now() + limitMs);
    start();
  });
}

function faultOf(documentId: string, ending: Ending, limits: RenderLimits): Error {
  if (ending.kind === 'late') return documentErrors.RENDER_TOO_LONG({documentId, limitMs: limits.timeMs});
  if (ending.kind === 'answer') {
    const reason = 'reason' in ending.answer ? ending.answer.reason : '';
    const large = 'fault' in ending.answer && ending.answer.fault === 'large';
    return large ? documentErrors.RENDER_TOO_LARGE({documentId, limitBytes: limits.outputBytes}) : documentErrors.RENDER_FAILED({documentId, reason});
  }
  const {error} = ending;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return documentErrors.RENDER_TOO_LARGE({documentId, limitBytes: limits.outputBytes}, {cause: error});
  return documentErrors.RENDER_FAILED({documentId, reason: 'the rendering thread ended'}, {cause: error});
}
