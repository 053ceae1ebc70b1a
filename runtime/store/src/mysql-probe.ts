import type {ConnectionOptions} from 'mysql2';
import {sleep} from '@banli/time';
import {storeErrors} from './errors.js';

/**
 * Makes the question whether MariaDB answers: on a connection of its own each time, as those of the pools may all be at work, or hang with a server that was frozen. Several askers at once share
 * one answer.
 *
 * @param withinMs - How long it may take, in milliseconds. Default 2 s.
 * @returns Rejects with AppError `STORE_DOWN`, at the latest then.
 */
export function createMysqlProbe(address: ConnectionOptions, withinMs = 2_000): () => Promise<void> {
  let asking: Promise<void> | null = null;
  return () => (asking ??= askOnce(address, withinMs).finally(() => {
    asking = null;
  }));
}

async function askOnce(address: ConnectionOptions, withinMs: number): Promise<void> {
  const {createConnection} = await import('mysql2');
  const connection = createConnection({...address, connectTimeout: withinMs});
  const done = new AbortController();
  const answered = new Promise<boolean>((resolve, reject) => {
    // Nobody listens once time is up: a late failure must not end the process.
    connection.on('error', reject);
    connection.ping(error => (error ? reject(error) : resolve(true)));
  });
  try {
    const inTime = await Promise.race([answered, sleep(withinMs, done.signal).then(() => false)]);
    if (!inTime) throw storeErrors.DOWN();
  } catch (error) {
    throw storeErrors.DOWN({}, {cause: error});
  } finally {
    done.abort();
    connection.destroy();
  }
}
