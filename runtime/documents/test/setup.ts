import type {ExecutionContext} from 'ava';
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

/** Documents on a database in memory; closed when the test ends. */
export async function setup(t: ExecutionContext, limits: Partial<RenderLimits> = {}): Promise<{documents: Documents; store: Store; render(source: string, data?: Record<string, unknown>, schema?: Record<string, unknown>): Promise<string>}> {
  const store = await openTestStore();
  const documents = createDocuments({store, limits});
  t.teardown(async () => {
    await documents.close();
    await store.close();
  });
  return {
    documents,
    store,
    render: async (source, data = {}, schema = {}) => (await documents.render(releaseOf(template(source, schema)), 'paper', data)).content,
  };
}
