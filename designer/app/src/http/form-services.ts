import {catalogRoutes, peopleRoutes} from '@banli/api';
import type {FormServices} from '@banli/ui';
import {useQueryClient, type QueryClient} from '@tanstack/react-query';
import {useMemo} from 'react';
import {useText} from '../texts/hook.js';
import {api} from './api.js';

const tenMinutes = 600_000;
/** Catalog whose rows the server searches by words, code and synonym. */
const searchedCatalog = 'matters';

function createPreviewServices(cache: QueryClient, noUpload: string): FormServices {
  return {
    ownUnitId: null,
    choices: async catalogId => (await cache.fetchQuery({queryKey: ['choices', catalogId], queryFn: () => api.call(catalogRoutes.choices, {params: {catalogId}}), staleTime: tenMinutes})).choices,
    searchChoices: (catalogId, words) => (catalogId === searchedCatalog ? api.call(catalogRoutes.searchMatters, {query: {q: words, limit: 30}}).then(answer => answer.matches) : null),
    units: async () => (await cache.fetchQuery({queryKey: ['units'], queryFn: () => api.call(peopleRoutes.units), staleTime: tenMinutes})).units,
    upload: () => Promise.reject(new Error(noUpload)),
    files: async () => [],
    fileAddress: () => '',
  };
}

/** What the fields of a previewed form load; nothing is stored. */
export function usePreviewServices(): FormServices {
  const cache = useQueryClient();
  const t = useText();
  return useMemo(() => createPreviewServices(cache, t('layout.noUpload')), [cache, t]);
}
