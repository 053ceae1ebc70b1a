import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, useLocalize} from '@banli/ui';
import {App, Button, Input} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCan, useSession} from '../session/session-context.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {CatalogKey} from '../texts/catalogs-zh-cn.js';
import type {OpenedChange} from './opened-change.js';
import {PublishWizard} from './publish-wizard.js';
import {useChangeAction} from './use-change-action.js';

/** What may be done with a change set in its state by this person. A refusal stands above the buttons, and what was typed stays. */
export function ChangeActions({opened, onGone}: {readonly opened: OpenedChange; readonly onGone: () => void}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const {message, modal} = App.useApp();
  const {change, newerVersion, diff, lines} = opened;
  const [opinion, setOpinion] = useState('');
  const [isPublishing, setPublishing] = useState(false);
  const {session} = useSession();
  const isOwn = change.authorId === session.person.id;
  const isChained = change.reviewCaseId !== null;
  const isOwnDraft = isOwn && !lines.some(line => line.kind === 'submitted');
  const canDelete = useCan('catalogs.delete');
  const may = {edit: useCan('catalogs.edit'), review: useCan('catalogs.review') && !isOwn && !isChained, publish: useCan('catalogs.publish'), delete: canDelete || isOwnDraft};
  const act = useChangeAction();
  const ref = {params: {changeId: change.id}};
  const seen = {lockVersion: change.lockVersion};
  const run = (work: () => Promise<unknown>, done: CatalogKey, values: Readonly<Record<string, string>> = {}, after?: () => void) =>
    act.isPending ? undefined : act.mutate(work, {onSuccess: () => {
      void message.success(t(done, values));
      after?.();
    }});
  const submit = async () => {
    const {warnings} = await api.call(catalogLifeRoutes.submit, {...ref, body: seen});
    if (warnings.length > 0) modal.warning({title: t('change.unattended'), content: <>{warnings.map(problem => <p key={problem.place.element ?? problem.message}>{localize({'zh-CN': problem.messageZh ?? problem.message, en: problem.message})}</p>)}</>, okText: t('change.understood')});
  };
  const ask = (question: CatalogKey, title: CatalogKey, go: () => void) => modal.confirm({title: t(title), content: t(question, {title: change.title}), okText: t(title), okButtonProps: {danger: true}, onOk: go});
  return (
    <div className="app-catalog-actions">
      {act.error ? <ErrorPanel error={act.error} /> : null}
      {change.state === 'inReview' && may.review ? <Input.TextArea value={opinion} maxLength={1_000} autoSize={{minRows: 2, maxRows: 5}} placeholder={t('change.opinion')} aria-label={t('change.opinion')} onChange={event => setOpinion(event.target.value)} /> : null}
      <div className="app-catalog-buttons">
        {change.state === 'editing' && may.delete ? <Button danger onClick={() => ask('change.deleteAsk', 'change.delete', () => void run(() => api.call(catalogLifeRoutes.delete, {...ref, query: seen}), 'change.deleted', {}, onGone))}>{t('change.delete')}</Button> : null}
        {!['published', 'revoked', 'withdrawn'].includes(change.state) && may.edit ? <Button danger onClick={() => ask('change.revokeAsk', 'change.revoke', () => void run(() => api.call(catalogLifeRoutes.revoke, {...ref, body: seen}), 'change.revoked', {}, change.baseVersion === null ? onGone : undefined))}>{t('change.revoke')}</Button> : null}
        <span className="app-catalog-gap">{change.state === 'inReview' && isOwn && !isChained ? <span className="banli-secondary">{t('change.ownReview')}</span> : null}</span>
        {newerVersion && may.edit && (change.state === 'editing' || change.state === 'approved') ? <Button onClick={() => run(() => api.call(catalogLifeRoutes.rebase, {...ref, body: {...seen, choices: []}}), 'line.rebased')}>{t('change.rebase', {version: newerVersion})}</Button> : null}
        {change.state === 'editing' && may.edit ? <Button type="primary" disabled={diff.length === 0} title={diff.length === 0 ? t('change.empty') : undefined} loading={act.isPending} onClick={() => run(submit, 'change.submitted')}>{t('change.submit')}</Button> : null}
        {change.state === 'inReview' && may.review ? (
          <>
            <Button disabled={opinion.trim() === ''} title={opinion.trim() === '' ? t('change.opinionMissing') : undefined} onClick={() => run(() => api.call(catalogLifeRoutes.decide, {...ref, body: {...seen, result: 'fail', opinion: opinion.trim()}}), 'change.decided')}>{t('change.fail')}</Button>
            <Button type="primary" loading={act.isPending} onClick={() => run(() => api.call(catalogLifeRoutes.decide, {...ref, body: {...seen, result: 'pass', opinion: opinion.trim()}}), 'change.decided')}>{t('change.pass')}</Button>
          </>
        ) : null}
        {change.state === 'approved' && may.publish ? <Button type="primary" onClick={() => setPublishing(true)}>{t('change.publish')}</Button> : null}
      </div>
      {isPublishing && change.state === 'approved' ? <PublishWizard opened={opened} error={act.error} isPending={act.isPending} onClose={() => setPublishing(false)} onPublish={(from, said) => run(() => api.call(catalogLifeRoutes.publish, {...ref, body: {...seen, effectiveFrom: from, ...said}}), 'change.published', {date: from}, () => setPublishing(false))} /> : null}
    </div>
  );
}
