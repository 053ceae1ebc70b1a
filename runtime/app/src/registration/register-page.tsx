import {draftRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {useRef} from 'react';
import {Link, useNavigate, useParams, useSearchParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {Redirect} from '../frame/redirect.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {CallForm} from './call-form.js';
import {useApps, useStartForm} from './start-form.js';

/** The way to a new case: chooses the application where there are several, goes straight to the form where there is one. */
export function RegisterPage() {
  const t = useText();
  const localize = useLocalize();
  const apps = useApps();
  if (!apps.data) return <div className="app-pad">{apps.error ? <ErrorPanel error={apps.error} onRetry={() => void apps.refetch()} /> : <PageSkeleton rows={4} />}</div>;
  const [only] = apps.data.apps;
  if (apps.data.apps.length === 1 && only) return <Redirect to={`/register/${only.bundleId}`} />;
  if (!only) return <EmptyState title={t('register.noApps')} help={t('register.noAppsHelp')} />;
  return (
    <div className="app-pad">
      <h1>{t('register.choose')}</h1>
      <ul className="app-plain-list app-apps">
        {apps.data.apps.map(app => (
          <li key={app.bundleId}>
            <Link to={`/register/${app.bundleId}`} className="app-app">
              <strong>{localize(app.title)}</strong>
              <span className="banli-secondary">{t('register.version', {version: app.version})}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The start form of one application; `?draft=` goes on with a draft. */
export function StartPage() {
  const {bundleId = ''} = useParams();
  const [search] = useSearchParams();
  const draftId = search.get('draft');
  return <LoadedStart key={bundleId} bundleId={bundleId} draftId={draftId} />;
}

function LoadedStart({bundleId, draftId}: {readonly bundleId: string; readonly draftId: string | null}) {
  const navigate = useNavigate();
  const start = useStartForm(bundleId);
  const ownDraft = useRef<string | null>(null);
  const isNew = draftId !== null && draftId === ownDraft.current;
  const draft = useQuery({queryKey: ['draft', draftId], queryFn: () => api.call(draftRoutes.read, {params: {draftId: draftId ?? ''}}), enabled: draftId !== null && !isNew, staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false});
  const failure = start.error ?? draft.error;
  if (failure) {
    return (
      <div className="app-pad">
        <ErrorPanel error={failure} onRetry={() => void Promise.all([start.refetch(), draft.refetch()])} />
      </div>
    );
  }
  const waits = draftId !== null && !isNew && !draft.data;
  if (!start.data || waits) {
    return (
      <div className="app-pad">
        <PageSkeleton rows={10} />
      </div>
    );
  }
  return (
    <CallForm
      key={isNew ? 'new' : (draftId ?? 'new')}
      bundleId={bundleId}
      start={start.data}
      draft={draft.data && !isNew ? {id: draft.data.id, items: draft.data.items, savedAt: draft.data.savedAt} : null}
      warnings={draft.data?.problems ?? []}
      onDraft={id => {
        ownDraft.current = id;
        void navigate(`/register/${bundleId}?draft=${id}`, {replace: true});
      }}
    />
  );
}

/** An own draft from the list: finds its application and goes on there. */
export function DraftPage() {
  const {draftId = ''} = useParams();
  const draft = useQuery({queryKey: ['draft', draftId], queryFn: () => api.call(draftRoutes.read, {params: {draftId}}), staleTime: 0});
  if (draft.data) return <Redirect to={`/register/${draft.data.bundleId}?draft=${draftId}`} />;
  return <div className="app-pad">{draft.error ? <ErrorPanel error={draft.error} onRetry={() => void draft.refetch()} /> : <PageSkeleton rows={6} />}</div>;
}
