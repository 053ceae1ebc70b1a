import {peopleRoutes, type UnitView} from '@banli/api';
import {useQuery} from '@tanstack/react-query';
import {api} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import {centreOf} from './centre-of.js';

const tenMinutes = 600_000;

/** The centre above the acting post. */
export function useCentre(): UnitView | null {
  const {session} = useSession();
  const {data} = useQuery({queryKey: ['units'], queryFn: () => api.call(peopleRoutes.units), staleTime: tenMinutes});
  const unitId = session.posts.find(post => post.id === session.activePostId)?.unitId;
  return unitId === undefined ? null : centreOf(data?.units ?? [], unitId);
}
