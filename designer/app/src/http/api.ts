import {createClient, type Client} from '@banli/api';
import {isPassing} from '@banli/ui';
import {QueryClient} from '@tanstack/react-query';

let csrfToken: string | null = null;
const expiredListeners = new Set<() => void>();

/** Notes the token of the session; it goes with everything that changes something. */
export function setCsrf(token: string | null): void {
  csrfToken = token;
}

/** Tells when the server no longer knows the session. */
export function onSessionExpired(listener: () => void): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

/** The one client of this page. */
export const api: Client = createClient({
  baseUrl: '',
  fetch: (url, init) => globalThis.fetch(url, init as RequestInit),
  csrf: () => csrfToken,
  onError: error => {
    if (error.status === 401 && csrfToken !== null) for (const listener of expiredListeners) listener();
  },
});

/** Makes the cache of loaded things; what passes by itself is tried again twice. A draft being edited is never reloaded behind one's back. */
export function createQueryCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {staleTime: 10_000, refetchOnWindowFocus: false, retry: (failures, error) => failures < 2 && isPassing(error), networkMode: 'always'},
      mutations: {retry: false, networkMode: 'always'},
    },
  });
}
