import test from 'ava';
import {createDesignDrafts, type ReleaseRow, type Releases} from '@banli/cases';
import {bindDesignRoutes} from '../../src/routes/design.js';
import {codeOf, ownRoutes, serverClock, setup} from './setup.js';

const released: ReleaseRow = {hash: 'h', bundleId: 'hotline', version: '1.0.1', status: 'deployed', definitionId: 'd', refusal: null, publishedAt: 1, publishedBy: 'p', publishedByName: 'p', deployedAt: 1};
const colleague = {personId: 'p2', personName: '古丽', unitId: 'u', roles: [], requestId: 'r', address: ''};

test('what a colleague saves while a release is published stays a draft, and each step leaves its audit row', async t => {
  const meanwhile: {run: () => Promise<unknown>} = {run: async () => undefined};
  const releases: Partial<Releases> = {
    publish: async () => {
      await meanwhile.run();
      return released;
    },
  };
  const {call, signIn, store, audit} = await setup(t, {
    routes: parts => [...ownRoutes(parts), ...bindDesignRoutes({releases: releases as Releases, store: parts.store, palette: async () => Promise.reject(new Error('not asked')), drafts: createDesignDrafts({store: parts.store, clock: serverClock, audit: parts.audit.log})})],
  });
  const drafts = createDesignDrafts({store, clock: serverClock, audit: audit.log});
  const {headers} = await signIn('qu.fenxi');
  const send = (method: string, path: string, body?: unknown) => call(`/api/design/bundles/hotline${path}`, {method, headers: {...headers, 'content-type': 'application/json'}, ...(body === undefined ? {} : {body: JSON.stringify(body)})});
  t.is((await send('PUT', '/draft', {files: {'README.md': '# one'}, revision: 0})).status, 200);
  meanwhile.run = () => drafts.save('hotline', {'README.md': '# of a colleague'}, 1, colleague);
  t.is((await send('POST', '/publish', {revision: 1})).status, 200);
  t.like(await drafts.read('hotline'), {revision: 2, savedBy: '古丽', files: {'README.md': '# of a colleague'}});
  t.is(await codeOf(await send('POST', '/publish', {revision: 1})), 'RELEASE_DRAFT_CHANGED');
  t.deepEqual(await (await send('DELETE', '/draft')).json(), {revision: 0});
  const rows = (await store.knex('audit_entry').whereIn('action', ['design.saveDraft', 'design.discardDraft', 'design.publish'])) as Array<{action: string; result: string; person_id: string}>;
  t.deepEqual(rows.map(row => `${row.action} ${row.result} ${row.person_id}`).sort(), ['design.discardDraft done p-qu-fenxi', 'design.publish refused p-qu-fenxi', 'design.saveDraft done p-qu-fenxi', 'design.saveDraft done p2']);
});
