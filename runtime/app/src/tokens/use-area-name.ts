import {catalogRoutes, type AnswerOf} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {useCallback, useMemo} from 'react';
import {api} from '../http/api.js';

const tenMinutes = 600_000;

/** Areas to choose from. */
export type AreaChoices = AnswerOf<typeof catalogRoutes.choices>['choices'];

/** The areas of the catalog, kept for ten minutes. */
export function useAreas() {
  return useQuery({queryKey: ['choices', 'areas'], queryFn: () => api.call(catalogRoutes.choices, {params: {catalogId: 'areas'}}), staleTime: tenMinutes});
}

/** Says an area by its code: its title, or the code while it is not known. */
export function useAreaName(): (code: string) => string {
  const localize = useLocalize();
  const {data} = useAreas();
  const titles = useMemo(() => new Map((data?.choices ?? []).map(area => [area.key, area.title])), [data]);
  return useCallback(code => localize(titles.get(code)) || code, [titles, localize]);
}
