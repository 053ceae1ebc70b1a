import {catalogRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, useLanguage, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Input} from 'antd';
import {useState} from 'react';
import {Link} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useIssueText} from '../texts/issue-hook.js';
import {useSubscriptionText} from '../texts/subscription-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useMakingText} from '../texts/making-hook.js';
import {byTitle} from './by-title.js';
import {CatalogDrafts} from './catalog-drafts.js';
import {NewCatalog} from './new-catalog.js';

/** 目录: every published catalog with the version that holds. */
export function CatalogsPage() {
  const t = useCatalogText();
  const issueText = useIssueText();
  const subscriptionText = useSubscriptionText();
  const localize = useLocalize();
  const language = useLanguage();
  const canRead = useCan('catalogs.read');
  const loaded = useQuery({queryKey: ['catalogs'], queryFn: () => api.call(catalogRoutes.list), enabled: canRead});
  const canMake = useCan('catalogs.create');
  const making = useMakingText();
  const [isMaking, setMaking] = useState(false);
  const [words, setWords] = useState('');
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const all = loaded.data?.catalogs ?? [];
  const shown = byTitle(all.filter(catalog => localize(catalog.title).toLowerCase().includes(words.trim().toLowerCase())), catalog => localize(catalog.title), language);
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('nav')}</h1>
        <Input className="app-search-box" allowClear value={words} placeholder={t('find')} aria-label={t('find')} onChange={event => setWords(event.target.value)} />
        <Link to="/catalog-issues">{issueText('toBoard')}</Link>
        <Link to="/catalog-subscriptions">{subscriptionText('toPage')}</Link>
        <span className="banli-secondary">{t('help')}</span>
        {canMake ? <Button type="primary" className="app-catalog-new" onClick={() => setMaking(true)}>{making('new')}</Button> : null}
      </div>
      <CatalogDrafts />
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={8} /> : null}
      {loaded.data && shown.length === 0 ? <EmptyState title={t('findNone', {words})} /> : null}
      {shown.length > 0 ? (
        <table className="app-rows app-catalogs">
          <thead>
            <tr>
              <th>{t('column.catalog')}</th>
              <th className="app-catalog-col-version">{t('column.version')}</th>
              <th className="app-catalog-col-date">{t('column.since')}</th>
              <th className="app-catalog-col-count">{t('column.rows')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(catalog => (
              <tr key={catalog.id} className="app-row">
                <td>
                  <Link className="banli-one-line" to={`/catalogs/${catalog.id}`}>
                    {localize(catalog.title)}
                  </Link>
                </td>
                <td className="app-catalog-col-version app-number">{catalog.version}</td>
                <td className="app-catalog-col-date app-number">{catalog.effectiveFrom}</td>
                <td className="app-catalog-col-count app-number">{catalog.rows}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {isMaking ? <NewCatalog onEnd={() => setMaking(false)} /> : null}
    </div>
  );
}
