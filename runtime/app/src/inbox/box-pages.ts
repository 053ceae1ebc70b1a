import {inboxRoutes, type AnswerOf} from '@banli/api';
import {keepPreviousData, useInfiniteQuery} from '@tanstack/react-query';
import {api} from '../http/api.js';

/** The four boxes. */
export type BoxName = 'todo' | 'done' | 'mine' | 'drafts';
/** What a box can be narrowed by; each is the id of a value that a row shows. */
export type FilterName = 'state' | 'urgency' | 'step';
/** Chosen filters. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** All boxes in their order. */
export const boxNames: readonly BoxName[] = ['todo', 'done', 'mine', 'drafts'];

const pageSize = 50;

/** Pages of a box, newest first; what was loaded stays while it is loaded anew, and for ten minutes after leaving the page. */
export function useBox(box: BoxName, filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['box', box, filters],
    queryFn: ({pageParam, signal}: {pageParam: string; signal: AbortSignal}) => api.call(inboxRoutes.list, {signal, params: {box}, query: {limit: pageSize, ...filters, ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof inboxRoutes.list>) => last.nextCursor ?? undefined,
    refetchInterval: box === 'todo' ? 20_000 : false,
    gcTime: 600_000,
    placeholderData: keepPreviousData,
  });
}
