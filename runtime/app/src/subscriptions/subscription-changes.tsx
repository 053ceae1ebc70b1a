import {catalogSubscriptionRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize, useReturnFocus} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Drawer} from 'antd';
import {DiffView} from '../catalogs/diff-view.js';
import {api} from '../http/api.js';
import {useSubscriptionText} from '../texts/subscription-hook.js';
import type {Subscription} from './use-subscriptions.js';

/** What changed in one subscription since its owner looked last. */
export function SubscriptionChanges({subscription, isMarking, onSeen, onClose}: {readonly subscription: Subscription; readonly isMarking: boolean; readonly onSeen: () => void; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useSubscriptionText();
  const localize = useLocalize();
  const {id, catalogId, title, seenVersion, version} = subscription;
  const loaded = useQuery({queryKey: ['catalogSubscriptions', id, seenVersion, version], queryFn: () => api.call(catalogSubscriptionRoutes.changes, {params: {subscriptionId: id}})});
  return (
    <Drawer open title={t('changesTitle', {title: localize(title), seen: seenVersion, version})} width={720} onClose={onClose} extra={<Button type="primary" loading={isMarking} onClick={onSeen}>{t('markSeen')}</Button>}>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={5} /> : null}
      {loaded.data ? loaded.data.diff.length === 0 ? <p>{t('elsewhere')}</p> : <DiffView catalogId={catalogId} diff={loaded.data.diff} /> : null}
    </Drawer>
  );
}
