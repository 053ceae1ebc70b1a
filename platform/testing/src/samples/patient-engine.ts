import {isAppError} from '@banli/errors';
import {sleep} from '@banli/time';
import type {SampleEngine} from './sample.js';

const tries = 20;
const pauseMs = 1_000;

/** Asks a slow or starting engine again: a deployment is found by its name, a number applied twice does nothing twice. */
export function patientEngine(engine: SampleEngine): SampleEngine {
  return {
    deploy: (name, files) => patiently(() => engine.deploy(name, files)),
    apply: request => patiently(() => engine.apply(request)),
  };
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === tries || !isAppError(error) || error.status !== 503) throw error;
      await sleep(pauseMs);
    }
  }
}
