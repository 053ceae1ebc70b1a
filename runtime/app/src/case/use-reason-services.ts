import {reasonRoutes, type CaseViewJson} from '@banli/api';
import {useLocalize, type FormServices} from '@banli/ui';
import {useQueryClient} from '@tanstack/react-query';
import {useMemo} from 'react';
import {api} from '../http/api.js';
import {useFormServices} from '../http/form-services.js';
import type {TaskAction} from './arrange-actions.js';

/** The own last reasons of an application stay on the page under this key; the server keeps them. */
export function reasonsKey({head}: Pick<CaseViewJson, 'head'>): readonly string[] {
  return ['reasons', head.bundleId];
}

/** Own last reasons of a case's application, by field. */
export function useReasons(view: Pick<CaseViewJson, 'head'>) {
  const cache = useQueryClient();
  const {bundleId} = view.head;
  return useMemo(() => ({
    recent: async (field: string) =>
      (await cache.fetchQuery({queryKey: ['reasons', bundleId], queryFn: () => api.call(reasonRoutes.read, {params: {bundleId}}), staleTime: 60_000})).reasons.filter(each => each.field === field),
    forget: async (field: string) => {
      await api.call(reasonRoutes.forget, {params: {bundleId, field}});
      await cache.invalidateQueries({queryKey: ['reasons', bundleId]});
    },
  }), [cache, bundleId]);
}

/** Form services with the own last reasons of these actions; where several come into question, each says which it was for. */
export function useReasonServices(view: CaseViewJson, actions: readonly TaskAction[]): FormServices {
  const services = useFormServices(view.head.id);
  const reasons = useReasons(view);
  const localize = useLocalize();
  return useMemo(() => {
    const names = new Map(actions.map(({id, item}) => [id, localize(item.name)]));
    return {
      ...services,
      reasons: {
        forget: reasons.forget,
        recent: async field => (await reasons.recent(field)).flatMap(({text, outcome}) => {
          const name = names.get(outcome);
          return name === undefined ? [] : [{text, ...(names.size > 1 ? {outcome: name} : {})}];
        }),
      },
    };
  }, [services, reasons, actions, localize]);
}
