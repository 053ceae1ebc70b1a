import test from 'ava';
import {startTestEngine, testProducts, type TestEngine} from '@banli/engine/testing';
import {createProcessEngine, type ProcessEngine} from '@banli/processes';
import {verifySamples} from '@banli/testing';

let bench: TestEngine | undefined;
let engine: ProcessEngine | undefined;

test.after.always(async () => {
  await engine?.close();
  await bench?.remove();
});

verifySamples(new URL('..', import.meta.url), async () => {
  const [product = 'camunda'] = testProducts();
  const started = await startTestEngine(product);
  bench = started;
  engine = createProcessEngine({endpoint: () => started.handle});
  return engine;
});
