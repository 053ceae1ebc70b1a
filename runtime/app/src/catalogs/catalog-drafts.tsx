import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Link} from 'react-router-dom';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useMakingText} from '../texts/making-hook.js';

/** Catalogs that are being made, and what columns of a new one may refer to. */
export function useCatalogDrafts() {
  return useQuery({queryKey: ['catalogDrafts'], queryFn: () => api.call(catalogLifeRoutes.drafts)});
}

/** 正在新建: catalogs that nobody else sees yet, each with a link to its draft; nothing while there are none. */
export function CatalogDrafts() {
  const t = useMakingText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const loaded = useCatalogDrafts();
  const drafts = loaded.data?.drafts ?? [];
  if (loaded.error) return <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} />;
  if (drafts.length === 0) return null;
  return (
    <section className="app-catalog-settings" aria-labelledby="catalog-drafts">
      <header><h2 id="catalog-drafts">{t('drafts')}</h2></header>
      <ul className="app-plain-list">
        {drafts.map(draft => (
          <li key={draft.id} className="app-catalog-draft">
            <Link className="banli-one-line" to={`/catalogs/${draft.id}`}>{localize(draft.title)}</Link>
            <span className="app-mark">{catalogText(`state.${draft.state}`)}</span>
            <span className="banli-secondary banli-one-line">{t('draftBy', {author: draft.authorName})}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
