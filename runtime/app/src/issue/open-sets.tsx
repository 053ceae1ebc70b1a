import {useJoints} from '@banli/ui';
import {catalogLifeRoutes} from '@banli/api';
import {useQuery} from '@tanstack/react-query';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useIssueText} from '../texts/issue-hook.js';

const openStates: readonly string[] = ['editing', 'inReview', 'approved', 'failed'];
const mostSets = 50;

/** Says to the owner that a catalog which is to be issued has change sets that are not published: what they change is not issued. Other units issue what they have. */
export function OpenSets({catalogId}: {readonly catalogId: string}) {
  const t = useIssueText();
  const joints = useJoints();
  const sets = useQuery({queryKey: ['catalogChanges', catalogId, 'open'], enabled: catalogId !== '', queryFn: () => api.call(catalogLifeRoutes.changes, {params: {catalogId}, query: {limit: mostSets}})});
  const open = (sets.data?.changes ?? []).filter(change => openStates.includes(change.state));
  if (open.length === 0) return null;
  return <p className="app-tool-warning" role="note">{t('open.sets', {count: open.length, titles: joints.list(open.slice(0, 3).map(change => change.title))})}</p>;
}

/** Says which change sets of the level above change the same row, too: what they say is to be merged when it is issued again. */
export function OpenRowSets({catalogId, table, rowKey}: {readonly catalogId: string; readonly table: string; readonly rowKey: string}) {
  const t = useIssueText();
  const catalogText = useCatalogText();
  const rows = useQuery({queryKey: ['catalogRows', catalogId, 'pendingOf', table, rowKey], queryFn: () => api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {table, code: rowKey, limit: 10}})});
  const pending = rows.data?.rows.find(row => row.key === rowKey)?.pending ?? [];
  return <>{pending.map(each => <p key={each.changeId} className="app-tool-warning" role="note">{t('open.row', {title: each.title, name: each.authorName, op: catalogText(`op.${each.op}`), state: catalogText(`state.${each.state}`)})}</p>)}</>;
}
