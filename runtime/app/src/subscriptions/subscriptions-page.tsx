import {catalogSubscriptionRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, useLocalize} from '@banli/ui';
import {App, Button} from 'antd';
import {useState} from 'react';
import {Link, useSearchParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useSubscriptionText} from '../texts/subscription-hook.js';
import {AddSubscription} from './add-subscription.js';
import {SubscriptionChanges} from './subscription-changes.js';
import {useSubscriptions, useSubscriptionWork, type Subscription} from './use-subscriptions.js';

/** 我的订阅: what one follows in catalogs, and what changed since one looked last. */
export function SubscriptionsPage() {
  const t = useSubscriptionText();
  const localize = useLocalize();
  const canRead = useCan('catalogs.read');
  const {modal} = App.useApp();
  const [search, setSearch] = useSearchParams();
  const [isAdding, setAdding] = useState(false);
  const loaded = useSubscriptions(canRead);
  const seen = useSubscriptionWork(({id, version}: Subscription) => api.call(catalogSubscriptionRoutes.seen, {params: {subscriptionId: id}, body: {version}}), () => open(null));
  const end = useSubscriptionWork(({id}: Subscription) => api.call(catalogSubscriptionRoutes.remove, {params: {subscriptionId: id}}));
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const all = loaded.data ?? [];
  const opened = all.find(each => each.id === search.get('changes'));
  const open = (id: string | null) => setSearch(id === null ? {} : {changes: id}, {replace: true});
  const askEnd = (each: Subscription) => modal.confirm({title: t('endAsk', {title: localize(each.title)}), content: t('endHelp'), okText: t('end'), onOk: () => end.mutate(each)});
  const failure = loaded.error ?? seen.error ?? end.error;
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <Link to="/catalogs">{t('toCatalogs')}</Link>
        <h1>{t('nav')}</h1>
        <span className="banli-secondary">{t('help')}</span>
        <span className="app-top-space" />
        <Button type="primary" onClick={() => setAdding(true)}>{t('add')}</Button>
      </div>
      {failure ? <ErrorPanel error={failure} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={4} /> : null}
      {loaded.data && all.length === 0 ? <EmptyState title={t('none')} help={t('noneHelp')} /> : null}
      {all.length > 0 ? <SubscriptionTable all={all} busy={seen.isPending ? seen.variables?.id : undefined} onLook={open} onSeen={each => seen.mutate(each)} onEnd={askEnd} /> : null}
      {isAdding ? <AddSubscription onClose={() => setAdding(false)} /> : null}
      {opened ? <SubscriptionChanges subscription={opened} isMarking={seen.isPending} onSeen={() => seen.mutate(opened)} onClose={() => open(null)} /> : null}
    </div>
  );
}

interface TableProps {
  readonly all: readonly Subscription[];
  readonly busy: string | undefined;
  readonly onLook: (id: string) => void;
  readonly onSeen: (subscription: Subscription) => void;
  readonly onEnd: (subscription: Subscription) => void;
}

function SubscriptionTable({all, busy, onLook, onSeen, onEnd}: TableProps) {
  const t = useSubscriptionText();
  const localize = useLocalize();
  return (
    <table className="app-rows app-catalogs app-subscriptions">
      <thead>
        <tr>
          <th>{t('column.catalog')}</th>
          <th>{t('column.part')}</th>
          <th>{t('column.version')}</th>
          <th>{t('column.changes')}</th>
          <th><span className="banli-visually-hidden">{t('look')}</span></th>
        </tr>
      </thead>
      <tbody>
        {all.map(each => {
          const {id, catalogId, title, branch, changes, seenVersion, version} = each;
          const isNew = seenVersion !== version;
          return (
            <tr key={id} className="app-row">
              <td><Link className="banli-one-line" to={`/catalogs/${catalogId}`}>{localize(title)}</Link></td>
              <td>{branch ? <>{localize(branch.title)} <span className="banli-secondary app-number">{branch.key}</span></> : <span className="banli-secondary">{t('whole')}</span>}</td>
              <td><span className="app-number">{isNew ? t('versions', {seen: seenVersion, version}) : version}</span> <span className="banli-secondary">{t('since', {date: each.effectiveFrom})}</span></td>
              <td>{changes.total > 0 ? <span className="app-mark app-mark-pending">{t('counts', changes)}</span> : <span className="banli-secondary">{t(isNew ? 'elsewhere' : 'unchanged')}</span>}</td>
              <td className="app-subscription-actions">
                {changes.total > 0 ? <Button size="small" aria-label={t('lookOf', {title: localize(title)})} onClick={() => onLook(id)}>{t('look')}</Button> : null}
                {isNew ? <Button size="small" loading={busy === id} onClick={() => onSeen(each)}>{t('markSeen')}</Button> : null}
                <Button size="small" type="text" onClick={() => onEnd(each)}>{t('end')}</Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
