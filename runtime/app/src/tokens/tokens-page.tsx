import {accessTokenRoutes, type AccessTokenView, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {App, Button} from 'antd';
import {useState} from 'react';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {useTokenText} from '../texts/tokens-hook.js';
import {CreateToken} from './create-token.js';
import {SecretDialog} from './secret-dialog.js';
import {tokenState, type MadeToken} from './token-state.js';
import {useAreaName} from './use-area-name.js';

/** 外部系统令牌: which outside systems may read, since when, until when; makes tokens and ends them. */
export function TokensPage() {
  const t = useTokenText();
  const own = useText();
  const canManage = useCan('tokens.manage');
  const cache = useQueryClient();
  const {modal, message} = App.useApp();
  const loaded = useQuery({queryKey: ['accessTokens'], queryFn: () => api.call(accessTokenRoutes.list), enabled: canManage});
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const refresh = () => cache.invalidateQueries({queryKey: ['accessTokens']});
  const revoke = useMutation({
    mutationFn: (token: AccessTokenView) => api.call(accessTokenRoutes.revoke, {params: {tokenId: token.id}}),
    onSuccess: token => void message.success(t('revoked', {name: token.name})),
    onSettled: refresh,
  });
  if (!canManage) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  const tokens = loaded.data?.tokens ?? [];
  const givable = loaded.data?.catalogs.filter(catalog => catalog.mayGive) ?? [];
  const askRevoke = (token: AccessTokenView) => void modal.confirm({title: t('revokeAsk', {name: token.name}), content: t('revokeHelp'), okText: t('revoke'), okButtonProps: {danger: true}, cancelText: own('common.cancel'), onOk: () => revoke.mutate(token)});
  return (
    <div className="app-inbox">
      <div className="app-page-head">
        <h1>{t('title')}</h1>
        <span className="banli-secondary">{t('help')}</span>
        <span className="app-top-space" />
        {givable.length > 0 ? <Button type="primary" onClick={() => setAdding(true)}>{t('add')}</Button> : null}
      </div>
      {loaded.data && givable.length === 0 ? <p className="banli-secondary" role="note">{t('mayNotGive')}</p> : null}
      {loaded.error ? (
        <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()}>
          {tokens.length > 0 ? <span className="banli-secondary">{own('inbox.stale')}</span> : null}
        </ErrorPanel>
      ) : null}
      {revoke.error ? <ErrorPanel error={revoke.error} /> : null}
      {loaded.isPending && !loaded.error ? <PageSkeleton rows={5} /> : null}
      {loaded.data && tokens.length === 0 ? <EmptyState title={t('none')} help={t('noneHelp')}>{givable.length > 0 ? <Button type="primary" onClick={() => setAdding(true)}>{t('add')}</Button> : null}</EmptyState> : null}
      {loaded.data && tokens.length > 0 ? <TokenTable answer={loaded.data} busy={revoke.isPending ? revoke.variables.id : null} onRevoke={askRevoke} /> : null}
      {isAdding && loaded.data ? (
        <CreateToken
          catalogs={givable} givesAll={loaded.data.givesAll}
          onClose={() => setAdding(false)}
          onMade={next => {
            setAdding(false);
            setMade(next);
            return refresh();
          }}
        />
      ) : null}
      {made ? <SecretDialog made={made} onClose={() => setMade(null)} /> : null}
    </div>
  );
}

function TokenTable({answer, busy, onRevoke}: {readonly answer: AnswerOf<typeof accessTokenRoutes.list>; readonly busy: string | null; readonly onRevoke: (token: AccessTokenView) => void}) {
  const t = useTokenText();
  return (
    <table className="app-rows app-tokens">
      <thead>
        <tr>
          <th>{t('column.name')}</th>
          <th>{t('column.state')}</th>
          <th>{t('column.rights')}</th>
          <th>{t('column.created')}</th>
          <th>{t('column.used')}</th>
          <th>{t('column.expires')}</th>
          <th><span className="banli-visually-hidden">{t('revoke')}</span></th>
        </tr>
      </thead>
      <tbody>
        {answer.tokens.map(token => <TokenRow key={token.id} token={token} answer={answer} isBusy={busy === token.id} onRevoke={() => onRevoke(token)} />)}
      </tbody>
    </table>
  );
}

function TokenRow({token, answer: {catalogs, now}, isBusy, onRevoke}: {readonly token: AccessTokenView; readonly answer: AnswerOf<typeof accessTokenRoutes.list>; readonly isBusy: boolean; readonly onRevoke: () => void}) {
  const t = useTokenText();
  const localize = useLocalize();
  const language = useLanguage();
  const areaName = useAreaName();
  const state = tokenState(token, now);
  const day = (moment: number) => <span title={formatFull(moment)}>{formatMoment(moment, now, language)}</span>;
  const names = token.catalogs.map(id => (id === '*' ? t('all') : localize(catalogs.find(catalog => catalog.id === id)?.title) || id)).join(language === 'en' ? ', ' : '、');
  return (
    <tr className="app-token">
      <td className="app-token-name"><span className="banli-one-line" title={token.name}>{token.name}</span></td>
      <td data-label={t('column.state')}>
        <span className={`app-mark app-token-${state}`} title={token.revokedAt === null ? undefined : t('revokedBy', {name: token.revokedByName ?? '', moment: formatMoment(token.revokedAt, now, language)})}>{t(`state.${state}`)}</span>
      </td>
      <td data-label={t('column.rights')}>
        <span className="banli-one-line" title={names}>{t('reads', {catalogs: names})}</span>
        <span className="banli-secondary banli-one-line">{t('scope', {area: token.areaCode === null ? t('anyArea') : areaName(token.areaCode), perMinute: token.perMinute})}</span>
      </td>
      <td data-label={t('column.created')}>{day(token.createdAt)} <span className="banli-secondary banli-one-line">{token.createdByName}</span></td>
      <td data-label={t('column.used')}>{token.lastUsedAt === null ? <span className="banli-secondary">{t('unused')}</span> : day(token.lastUsedAt)}</td>
      <td data-label={t('column.expires')}>{day(token.expiresAt)}</td>
      <td className="app-token-action">
        {state === 'valid' || state === 'soon' ? <Button size="small" danger loading={isBusy} aria-label={t('revokeOf', {name: token.name})} onClick={onRevoke}>{t('revoke')}</Button> : null}
      </td>
    </tr>
  );
}
