import type {WorkerEndpoint, WorkerHostLog} from './ports.js';

const limitMs = 3_000;

/** Gives back every task that the engine still holds for this worker, so that another host gets it at once; at most 100. */
export async function unlockRest(rest: {readonly endpoint: () => WorkerEndpoint; readonly workerId: string; readonly log: WorkerHostLog}): Promise<void> {
  const {baseUrl, token} = rest.endpoint();
  const headers = {authorization: `Bearer ${token}`, 'content-type': 'application/json'};
  try {
    const found = await fetch(`${baseUrl}/engine-rest/external-task?locked=true&maxResults=100&workerId=${encodeURIComponent(rest.workerId)}`, {headers, signal: AbortSignal.timeout(limitMs)});
    const tasks = (await found.json()) as ReadonlyArray<{readonly id: string}>;
    for (const {id} of tasks) await fetch(`${baseUrl}/engine-rest/external-task/${encodeURIComponent(id)}/unlock`, {method: 'POST', headers, body: '{}', signal: AbortSignal.timeout(limitMs)});
    if (tasks.length > 0) rest.log.info('workers.tasks.unlocked', {count: tasks.length});
  } catch (error) {
    // The engine is gone, too: the locks end by themselves.
    rest.log.warn('workers.tasks.not-unlocked', {reason: error instanceof Error ? error.message : String(error)});
  }
}
