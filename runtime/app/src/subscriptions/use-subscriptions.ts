import {catalogSubscriptionRoutes, type AnswerOf} from '@banli/api';
import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {api} from '../http/api.js';

/** A subscription as the server tells it. */
export type Subscription = AnswerOf<typeof catalogSubscriptionRoutes.list>['subscriptions'][number];

const freshMs = 30_000;

/** Own subscriptions, oldest first. Whoever comes from a message of a new version must see that version, so they are asked for anew each time. */
export function useSubscriptions(enabled: boolean) {
  return useQuery({queryKey: ['catalogSubscriptions'], queryFn: async () => (await api.call(catalogSubscriptionRoutes.list)).subscriptions, enabled, staleTime: 0, refetchOnMount: 'always', refetchInterval: freshMs});
}

/** Does something to subscriptions and looks again. */
export function useSubscriptionWork<T>(work: (input: T) => Promise<unknown>, onDone: (input: T) => void = () => undefined) {
  const cache = useQueryClient();
  return useMutation({mutationFn: work, onSuccess: (_, input) => onDone(input), onSettled: () => cache.invalidateQueries({queryKey: ['catalogSubscriptions']})});
}
