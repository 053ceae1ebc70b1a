import {ApiError, buildPath, fileRoutes, type AnswerOf} from '@banli/api';
import {createPageClient, isPassing} from '@banli/ui/logic';
import {QueryClient} from '@tanstack/react-query';
import {createServerClock} from './server-clock.js';

/** The one client of this page. */
export const {api, setCsrf, onSessionExpired} = createPageClient();

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
