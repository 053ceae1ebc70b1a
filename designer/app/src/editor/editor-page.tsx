import {designRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton} from '@banli/ui';
import {useQuery, useQueryClient} from '@tanstack/react-query';
import {Link, useParams} from 'react-router-dom';
import {api} from '../http/api.js';
import {useSession} from '../session/session-gate.js';
import {useText} from '../texts/hook.js';
import {Editor} from './editor.js';

/** Loads a draft and what can be drawn with, then opens the editor; an application that is not there has no files and gets a way back. */
export function EditorPage() {
  const t = useText();
  const {bundleId = ''} = useParams();
  const {person} = useSession();
  const cache = useQueryClient();
  const draft = useQuery({queryKey: ['draft', bundleId], queryFn: () => api.call(designRoutes.draft, {params: {bundleId}}), staleTime: Infinity, gcTime: 0});
  const palette = useQuery({queryKey: ['palette'], queryFn: () => api.call(designRoutes.palette), staleTime: Infinity});
  const error = draft.error ?? palette.error;
  if (error) return <main className="designer-plain"><ErrorPanel error={error} onRetry={() => void Promise.all([draft.refetch(), palette.refetch()])} /></main>;
  if (!draft.data || !palette.data) return <main className="designer-plain"><Skeleton rows={8} /></main>;
  if (Object.keys(draft.data.files).length === 0) {
    return (
      <main className="designer-plain">
        <EmptyState title={t('editor.unknown')} help={t('editor.unknownHelp')} isPage>
          <Link to="/">{t('editor.back')}</Link>
        </EmptyState>
      </main>
    );
  }
  const reload = (): void => {
    void cache.invalidateQueries({queryKey: ['bundles']});
    void cache.invalidateQueries({queryKey: ['releases', bundleId]});
    void draft.refetch();
  };
  return <Editor key={`${bundleId} ${draft.dataUpdatedAt}`} personId={person.id} bundleId={bundleId} loaded={draft.data} palette={palette.data} onReload={reload} />;
}
