import {createClient, type Client} from '@banli/api';

/** A web page's one way to the server: its client, the session's token, and who wants to know when the session has ended. */
export interface PageClient {
  readonly api: Client;
  /** Notes the token of the session, known after sign-in; it goes with everything that changes something. `null` once nobody is signed in. */
  setCsrf(token: string | null): void;
  /** Tells when the server no longer knows the session, so that one can sign in again over the open page. @returns What ends the telling. */
  onSessionExpired(listener: () => void): () => void;
}

/** Makes the client of a page that the server itself delivers. */
export function createPageClient(): PageClient {
  let csrfToken: string | null = null;
  const listeners = new Set<() => void>();
  return {
    api: createClient({
      baseUrl: '',
      fetch: (url, init) => globalThis.fetch(url, init as RequestInit),
      csrf: () => csrfToken,
      onError: error => {
        if (error.status === 401 && csrfToken !== null) for (const listener of listeners) listener();
      },
    }),
    setCsrf: token => {
      csrfToken = token;
    },
    onSessionExpired: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
