import {catalogLifeRoutes, type AnswerOf, type BodyOf} from '@banli/api';
import {useQuery, useQueryClient} from '@tanstack/react-query';
import {useState} from 'react';
import {api} from '../http/api.js';

/** A change set in lists. */
export type ChangeJson = AnswerOf<typeof catalogLifeRoutes.create>['change'];

/** The change of a row, as it is sent. */
export type RowInputJson = BodyOf<typeof catalogLifeRoutes.putMany>['rows'][number];

/** The value of a set that does not exist yet. */
export const freshSet = '';

/** The sets of a catalog that are being written, and which one is chosen. `put` makes a new one when none is. */
export function useChangeSets(catalogId: string, preferred?: string) {
  const cache = useQueryClient();
  const sets = useQuery({queryKey: ['catalogChanges', catalogId, 'editing'], queryFn: () => api.call(catalogLifeRoutes.changes, {params: {catalogId}, query: {state: 'editing', limit: 50}})});
  // The set that makes a catalog is the only one of it, and is written again when its review failed.
  const failed = useQuery({queryKey: ['catalogChanges', catalogId, 'failed'], queryFn: () => api.call(catalogLifeRoutes.changes, {params: {catalogId}, query: {state: 'failed', limit: 50}})});
  const [chosen, choose] = useState<string | null>(null);
  const [made, setMade] = useState<ChangeJson | null>(null);
  const list = [...(sets.data?.changes ?? []), ...(failed.data?.changes ?? []).filter(change => change.baseVersion === null), ...(made && !sets.data?.changes.some(each => each.id === made.id) ? [made] : [])];
  const setId = chosen ?? made?.id ?? preferred ?? list[0]?.id ?? freshSet;
  return {
    list, setId, choose: (next: string) => choose(next), isPending: sets.isPending || failed.isPending, isOnly: list.some(each => each.baseVersion === null),
    /** The chosen set as it is now. */
    async open(): Promise<ChangeJson> {
      return (await api.call(catalogLifeRoutes.open, {params: {changeId: setId}})).change;
    },
    /** Puts changes of rows into the chosen set, or into a new one of that title, which is there only if they are taken. */
    async put(title: string, rows: readonly RowInputJson[]): Promise<ChangeJson> {
      if (setId === freshSet) {
        const {change} = await api.call(catalogLifeRoutes.create, {params: {catalogId}, body: {title: title.slice(0, 200), rows: [...rows]}});
        setMade(change);
        return change;
      }
      const {change} = await api.call(catalogLifeRoutes.open, {params: {changeId: setId}});
      return (await api.call(catalogLifeRoutes.putMany, {params: {changeId: setId}, body: {lockVersion: change.lockVersion, rows: [...rows]}})).change;
    },
    refresh: () => Promise.all(['catalogRows', 'catalogChanges', 'catalogChange', 'catalogTree', 'catalogFields', 'catalogForm'].map(key => cache.invalidateQueries({queryKey: [key]}))),
  };
}
