import {inboxRoutes, noticeRoutes, operationRoutes} from '@banli/api';
import {useQuery} from '@tanstack/react-query';
import {api, serverClock} from '../http/api.js';

const lookEveryMs = 20_000;

/** Badge counts, looked at every 20 seconds; teaches the page the server's clock. */
export function useCounts() {
  return useQuery({
    queryKey: ['counts'],
    queryFn: async () => {
      const counts = await api.call(inboxRoutes.counts);
      if (counts.now !== undefined) serverClock.learn(counts.now);
      return counts;
    },
    refetchInterval: lookEveryMs,
  });
}

/** Whether the engine runs, for the mark in the top bar. */
export function useEngineState() {
  return useQuery({queryKey: ['engine'], queryFn: () => api.call(operationRoutes.engine), refetchInterval: lookEveryMs});
}

/** The newest notices, for the bell. */
export function useLatestNotices(isOpen: boolean) {
  return useQuery({queryKey: ['notices', 'latest'], queryFn: () => api.call(noticeRoutes.list, {query: {limit: 8}}), enabled: isOpen});
}
