import {Skeleton} from '@banli/ui';
import {useQueryClient} from '@tanstack/react-query';
import {useNavigate} from 'react-router-dom';

/** Stands where a page will be; from two seconds on one may stop waiting: what is asked for is let go, and the page before comes back. */
export function PageSkeleton({rows}: {readonly rows: number}) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const leave = () => {
    void cache.cancelQueries({predicate: query => query.state.status === 'pending'});
    // The first page of a window has none before it.
    const position = (globalThis.history.state as {idx?: number} | null)?.idx ?? 0;
    if (position > 0) void navigate(-1);
    else void navigate('/inbox/todo', {replace: true});
  };
  return <Skeleton rows={rows} onCancel={leave} />;
}
