import {Skeleton} from '@banli/ui';
import {useQueryClient, type FetchStatus, type QueryKey} from '@tanstack/react-query';
import {Button} from 'antd';
import {useText} from '../texts/hook.js';

/** What of a query is needed here. */
interface Waited {
  readonly fetchStatus: FetchStatus;
  readonly refetch: () => Promise<unknown>;
}

/** Stands where a list will be while nothing of it is there; from two seconds on it can be stopped, and asked for again. */
export function Stoppable({query, queryKey, rows}: {readonly query: Waited; readonly queryKey: QueryKey; readonly rows: number}) {
  const t = useText();
  const cache = useQueryClient();
  if (query.fetchStatus !== 'idle') return <Skeleton rows={rows} onCancel={() => void cache.cancelQueries({queryKey})} />;
  return (
    <div className="app-stopped" role="status">
      {t('wait.stopped')}
      <Button type="link" onClick={() => void query.refetch()}>
        {t('wait.again')}
      </Button>
    </div>
  );
}
