import test, {type ExecutionContext} from 'ava';
import type {Bundle, DocumentTemplate} from '@banli/formats';
import type {Store} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {createDocuments, type Documents, type RenderLimits} from '../src/index.js';

/** A document with a schema that takes anything, unless told otherwise. */
export function template(source: string, schema: Readonly<Record<string, unknown>> = {}): DocumentTemplate {
  return {id: 'paper', title: {'zh-CN': '文书', en: 'Paper'}, source, schema};
}

/** A release with one document; only what documents look at is there. */
export function releaseOf(document: DocumentTemplate): {bundle: Bundle} {
  return {bundle: {documents: {[document.id]: document}} as unknown as Bundle};
}

export interface DocumentsUnderTest {
  readonly documents: Documents;
  readonly store: Store;
  render(source: string, data?: Record<string, unknown>, schema?: Record<string, unknown>): Promise<string>;
}

let shared: Promise<DocumentsUnderTest> | undefined;

/** One rendering thread for all tests of a file that only render; each thread of its own would take as long as the tests. */
export function sharedSetup(): Promise<DocumentsUnderTest> {
  shared ??= open({});
  return shared;
}

test.after.always('the shared documents are closed', async () => {
  if (shared) await close(await shared);
});

/** Documents on a database in memory; closed when the test ends. */
export async function setup(t: ExecutionContext, limits: Partial<RenderLimits> = {}): Promise<DocumentsUnderTest> {
  const opened = await open(limits);
  t.teardown(() => close(opened));
  return opened;
}

async function close({documents, store}: DocumentsUnderTest): Promise<void> {
  await documents.close();
  await store.close();
}

async function open(limits: Partial<RenderLimits>): Promise<DocumentsUnderTest> {
  const store = await openTestStore();
  const documents = createDocuments({store, limits});
  return {
    documents,
    store,
    render: async (source, data = {}, schema = {}) => (await documents.render(releaseOf(template(source, schema)), 'paper', data)).content,
  };
}
