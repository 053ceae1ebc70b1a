import type {ExecutionContext} from 'ava';

/** Runs one step of a long test: where it fails, the test tells which one it was. */
export async function step<T>(t: ExecutionContext, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    t.log(`The step that failed: ${name}`);
    throw error;
  }
}
