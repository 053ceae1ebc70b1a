import {listRoutes, type AnswerOf, type ListColumn, type ListName, type ListViewJson} from '@banli/api';
import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {api} from '../http/api.js';
import {shownColumns} from './columns.js';

type Preferences = AnswerOf<typeof listRoutes.read>;

/** Filters of a view. */
export type ViewFilters = ListViewJson['filters'];

/** Own columns and saved views of a list, kept on the server. A chosen column shows at once and goes back when it could not be kept. */
export function useListPreferences(list: ListName) {
  const cache = useQueryClient();
  const queryKey = ['list', list];
  const params = {list};
  const loaded = useQuery({queryKey, queryFn: () => api.call(listRoutes.read, {params}), staleTime: 60_000});
  const put = (change: (before: Preferences) => Preferences) => cache.setQueryData<Preferences>(queryKey, before => change(before ?? {columns: null, views: []}));
  const saveColumns = useMutation({
    mutationFn: (columns: readonly ListColumn[] | null) => api.call(listRoutes.saveColumns, {params, body: {columns: columns === null ? null : [...columns]}}),
    onMutate: columns => put(before => ({...before, columns: columns === null ? null : [...columns]})),
    onError: () => cache.invalidateQueries({queryKey}),
  });
  const addView = useMutation({
    mutationFn: (body: {name: string; filters: ViewFilters}) => api.call(listRoutes.addView, {params, body}),
    onSuccess: view => put(before => ({...before, views: [...before.views, view]})),
  });
  const removeView = useMutation({
    mutationFn: (viewId: string) => api.call(listRoutes.removeView, {params: {list, viewId}}),
    onSettled: () => cache.invalidateQueries({queryKey}),
  });
  const chosen = loaded.data?.columns ?? null;
  return {columns: shownColumns(list, chosen), isChosen: chosen !== null, views: loaded.data?.views ?? [], error: loaded.error ?? saveColumns.error ?? removeView.error, retry: () => void loaded.refetch(), saveColumns, addView, removeView};
}

/** What `useListPreferences` gives. */
export type ListArrangement = ReturnType<typeof useListPreferences>;
