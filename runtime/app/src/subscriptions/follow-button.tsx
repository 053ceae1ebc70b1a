import {catalogSubscriptionRoutes} from '@banli/api';
import {ErrorPanel} from '@banli/ui';
import {Button} from 'antd';
import {Link} from 'react-router-dom';
import {api} from '../http/api.js';
import {useSubscriptionText} from '../texts/subscription-hook.js';
import {useSubscriptions, useSubscriptionWork} from './use-subscriptions.js';

/** Follows the whole of a catalog, or leads to what one follows of it. */
export function FollowButton({catalogId}: {readonly catalogId: string}) {
  const t = useSubscriptionText();
  const loaded = useSubscriptions(true);
  const add = useSubscriptionWork(() => api.call(catalogSubscriptionRoutes.add, {body: {catalogId}}));
  if (add.error) return <ErrorPanel error={add.error} onRetry={() => add.mutate(undefined)} />;
  if (!loaded.data) return null;
  if (loaded.data.some(each => each.catalogId === catalogId)) return <Link to="/catalog-subscriptions">{t('following')}</Link>;
  return <Button size="small" loading={add.isPending} onClick={() => add.mutate(undefined)}>{t('follow')}</Button>;
}
