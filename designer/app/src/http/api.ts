import {createPageClient, isPassing} from '@banli/ui';
import {QueryClient} from '@tanstack/react-query';

/** The one client of this page. */
export const {api, setCsrf, onSessionExpired} = createPageClient();

/** Makes the cache of loaded things; what passes by itself is tried again twice. A draft being edited is never reloaded behind one's back. */
export function createQueryCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {staleTime: 10_000, refetchOnWindowFocus: false, retry: (failures, error) => failures < 2 && isPassing(error), networkMode: 'always'},
      mutations: {retry: false, networkMode: 'always'},
    },
  });
}
