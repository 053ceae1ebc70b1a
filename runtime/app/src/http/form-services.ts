import {catalogRoutes, dispatchRoutes, fileRoutes, peopleRoutes, type AnswerOf} from '@banli/api';
import type {FormServices, StoredFile} from '@banli/ui';
import {useQueryClient, type QueryClient} from '@tanstack/react-query';
import {useMemo} from 'react';
import {useSession} from '../session/session-context.js';
import {api, fileAddress, uploadFile} from './api.js';

const tenMinutes = 600_000;
/** Catalogs whose rows the server searches: matters by words, code and synonym, enterprises by name, reading and credit code. */
const searched = {matters: catalogRoutes.searchMatters, enterprises: catalogRoutes.searchEnterprises} as const;

/** What form fields load, kept for ten minutes for the whole page. `caseId` names attachments of that case. */
export function createFormServices(cache: QueryClient, caseId: string | null, ownUnitId: string | null): FormServices {
  const fresh = new Map<string, StoredFile>();
  return {
    ownUnitId,
    choices: async catalogId =>
      (await cache.fetchQuery({queryKey: ['choices', catalogId], queryFn: () => api.call(catalogRoutes.choices, {params: {catalogId}}), staleTime: tenMinutes})).choices,
    searchChoices: (catalogId, words) => (isSearched(catalogId) ? searchRows(cache, catalogId, words) : null),
    units: async () => (await cache.fetchQuery({queryKey: ['units'], queryFn: () => api.call(peopleRoutes.units), staleTime: tenMinutes})).units,
    // Not kept: a right that was just given counts at once.
    handlers: async (matter, area) => (await api.call(catalogRoutes.handlers, {query: {matter, area}})).unitIds,
    seatWords: async text => (await api.call(dispatchRoutes.wordHints, {body: {text, scope: 'seat'}})).hints,
    upload: async file => {
      const stored = await uploadFile(file);
      fresh.set(stored.id, stored);
      return stored;
    },
    files: async ids => {
      const known = ids.flatMap(id => fresh.get(id) ?? []);
      if (caseId === null || known.length === ids.length) return known;
      const answer = await cache.fetchQuery({queryKey: ['files', caseId], queryFn: () => api.call(fileRoutes.ofCase, {params: {caseId}}), staleTime: 30_000});
      return [...known, ...answer.files.filter(file => ids.includes(file.id))];
    },
    fileAddress,
  };
}

function isSearched(catalogId: string): catalogId is keyof typeof searched {
  return Object.hasOwn(searched, catalogId);
}

async function searchRows(cache: QueryClient, catalogId: keyof typeof searched, words: string): Promise<AnswerOf<typeof catalogRoutes.searchMatters>['matches']> {
  const answer = await cache.fetchQuery({queryKey: [catalogId, words], queryFn: () => api.call(searched[catalogId], {query: {q: words, limit: 30}}), staleTime: tenMinutes});
  return answer.matches;
}

/** Form services for a page. */
export function useFormServices(caseId: string | null): FormServices {
  const cache = useQueryClient();
  const {session} = useSession();
  const ownUnitId = session.posts.find(post => post.id === session.activePostId)?.unitId ?? null;
  return useMemo(() => createFormServices(cache, caseId, ownUnitId), [cache, caseId, ownUnitId]);
}
