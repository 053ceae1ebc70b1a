import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, formatFull, Skeleton, useReturnFocus} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Drawer} from 'antd';
import {Link, useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {BasisPart} from './basis-files.js';
import {ChangeActions} from './change-actions.js';
import {DiffView} from './diff-view.js';
import type {OpenedChange} from './opened-change.js';
import {ProblemList} from './problem-list.js';
import {useCatalogForm} from './use-catalog-form.js';
import {useChangeAction} from './use-change-action.js';

/** A change set: what it changes, what stands against it, what happened to it, and what may be done now. */
export function ChangeDrawer({changeId, onClose}: {readonly changeId: string; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useCatalogText();
  const removal = useChangeAction();
  const navigate = useNavigate();
  const canEdit = useCan('catalogs.edit');
  const loaded = useQuery({queryKey: ['catalogChange', changeId], queryFn: () => api.call(catalogLifeRoutes.open, {params: {changeId}})});
  const opened = loaded.data;
  const remove = (table: string, key: string) => {
    if (opened && !removal.isPending) removal.mutate(() => api.call(catalogLifeRoutes.remove, {params: {changeId}, body: {lockVersion: opened.change.lockVersion, table, key}}));
  };
  return (
    <Drawer open title={opened ? opened.change.title : ''} width={720} onClose={onClose} footer={opened ? <ChangeActions opened={opened} onGone={() => (opened.change.baseVersion === null ? navigate('/catalogs') : onClose())} /> : null}>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {removal.error ? <ErrorPanel error={removal.error} /> : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={6} /> : null}
      {opened ? (
        <div tabIndex={0} role="region" aria-label={opened.change.title}>
          <p>
            <span className="app-mark">{t(`state.${opened.change.state}`)}</span> {opened.newerVersion ? t('change.newer', {version: opened.newerVersion}) : null}
          </p>
          {opened.change.reviewCaseId ? (
            <p>
              {t('change.chain')} <Link to={`/cases/${opened.change.reviewCaseId}`} className="app-number">{opened.change.reviewNumber}</Link>
              {opened.change.state === 'inReview' ? <span className="banli-secondary"> {t('change.chainHelp')}</span> : null}
            </p>
          ) : null}
          {opened.problems.length > 0 ? <Problems catalogId={opened.change.catalogId} problems={opened.problems} /> : null}
          <h2 className="app-catalog-heading">{t('change.diff', {count: opened.diff.length})}</h2>
          {opened.diff.length === 0 ? <p className="banli-secondary">{t('change.empty')}</p> : <DiffView catalogId={opened.change.catalogId} diff={opened.diff} onRemove={canEdit && opened.change.state === 'editing' ? row => remove(row.table, row.key) : undefined} />}
          <BasisPart opened={opened} mayEdit={canEdit} />
          <History opened={opened} />
        </div>
      ) : null}
    </Drawer>
  );
}

function Problems({catalogId, problems}: {readonly catalogId: string; readonly problems: OpenedChange['problems']}) {
  const t = useCatalogText();
  const form = useCatalogForm(catalogId).data;
  return (
    <section className="app-catalog-part" role="alert">
      <h2>{t('change.problems', {count: problems.length})}</h2>
      <ProblemList problems={problems} form={form} />
    </section>
  );
}

function History({opened}: {readonly opened: OpenedChange}) {
  const t = useCatalogText();
  return (
    <section className="app-catalog-part">
      <h2>{t('change.history')}</h2>
      <ol className="app-plain-list">
        {opened.lines.map((line, index) => (
          <li key={index}>
            <time className="app-number">{formatFull(line.at)}</time> {line.personName} {t(`line.${line.kind}`)}
            {line.opinion ? <div>{line.opinion}</div> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
