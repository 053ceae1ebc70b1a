import {ApiError, buildPath, createClient, fileRoutes, type AnswerOf, type Client} from '@banli/api';
import {isPassing} from '@banli/ui/logic';
import {QueryClient} from '@tanstack/react-query';
import {createServerClock} from './server-clock.js';

/** The session's token, known after sign-in; it goes with everything that changes something. */
let csrfToken: string | null = null;

/** Notes the token of the session. */
export function setCsrf(token: string | null): void {
  csrfToken = token;
}

type Listener = () => void;
const expiredListeners = new Set<Listener>();

/** Tells when the server no longer knows the session, so that one can sign in again over the open page. */
export function onSessionExpired(listener: Listener): () => void {
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

/** The server's clock. */
export const serverClock = createServerClock();

/** Stores one attachment. @throws ApiError */
export function uploadFile(file: File): Promise<AnswerOf<typeof fileRoutes.upload>> {
  const form = new FormData();
  form.append('file', file, file.name);
  return api.call(fileRoutes.upload, {form});
}

/** Address of an attachment. */
export function fileAddress(fileId: string): string {
  return buildPath(fileRoutes.download.path, {fileId});
}

/** Makes the cache of loaded things: what passes by itself is tried again twice, a refusal is not; old content stays while reloading. */
export function createQueryCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && isPassing(error),
        networkMode: 'always',
      },
      mutations: {retry: false, networkMode: 'always'},
    },
  });
}

/** Says that the thing does not exist or is not this person's to see. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 403);
}
