import type {Installed} from '@banli/bundles';
import type {Problem} from '@banli/errors';
import type {BundleFiles} from '@banli/formats';
import {sleep} from '@banli/time';
import {useEffect, useRef, useState} from 'react';
import type {CheckAnswer, CheckRequest} from './check-protocol.js';

const quietMs = 400;

/** Problems of the files as they stand; checked again after a quiet moment. `checking` is true until the answer fits the files. */
export function useCheck(files: BundleFiles | null, installed: Installed | null): {readonly problems: readonly Problem[]; readonly checking: boolean} {
  const [worker, setWorker] = useState<Worker | null>(null);
  const [result, setResult] = useState<{readonly problems: readonly Problem[]; readonly checking: boolean}>({problems: [], checking: true});
  const latest = useRef(0);
  useEffect(() => {
    const made = new Worker(new URL('./check-worker.ts', import.meta.url), {type: 'module'});
    made.addEventListener('message', (event: MessageEvent<CheckAnswer>) => {
      if (event.data.id === latest.current) setResult({problems: event.data.problems, checking: false});
    });
    setWorker(made);
    return () => made.terminate();
  }, []);
  useEffect(() => {
    if (!worker || !files || !installed) return;
    const timer = new AbortController();
    const request: CheckRequest = {id: ++latest.current, files, installed};
    setResult(before => ({...before, checking: true}));
    void sleep(quietMs, timer.signal).then(() => (timer.signal.aborted ? undefined : worker.postMessage(request)));
    return () => timer.abort();
  }, [worker, files, installed]);
  return result;
}
