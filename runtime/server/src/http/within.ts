import {sleep} from '@banli/time';

/** Waits for something a while; what takes longer goes on unheard, and `otherwise` answers. */
export async function within<T>(ms: number, work: Promise<T>, otherwise: () => T): Promise<T> {
  const done = new AbortController();
  const late = sleep(ms, done.signal).then(() => (done.signal.aborted ? work : otherwise()));
  return Promise.race([work.finally(() => done.abort()), late]);
}
