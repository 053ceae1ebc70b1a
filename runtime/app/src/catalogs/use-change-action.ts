import {useMutation, useQueryClient} from '@tanstack/react-query';

/** Does something about a change set; whatever comes of it, all that shows catalogs and their changes is read again. */
export function useChangeAction() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => Promise.all(['catalogs', 'catalogDrafts', 'catalogForm', 'catalogFields', 'catalogRows', 'catalogChanges', 'catalogChange', 'catalogTimeline'].map(key => cache.invalidateQueries({queryKey: [key]}))),
  });
}
