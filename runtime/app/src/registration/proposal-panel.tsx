import {BankOutlined, QuestionCircleOutlined} from '@ant-design/icons';
import {catalogRoutes, type AnswerOf} from '@banli/api';
import {ErrorPanel, Skeleton, useFormValues, useLocalize} from '@banli/ui';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {Pair} from '../frame/pair.js';
import {MatterGuidance} from '../guidance/guidance-panel.js';
import {api} from '../http/api.js';
import {ownLimitWords, sourceWords} from '../case/source-words.js';
import {useSession} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {OtherProcess} from './other-process.js';
import {meaningOf} from './start-form.js';
import type {Call} from './use-call.js';
import {useUnitName, useUnitNames} from '../frame/use-unit-name.js';

type Proposal = AnswerOf<typeof catalogRoutes.proposal>;

/** Who would be responsible and how long it may take, while one types: with the rule and its version. */
export function ProposalPanel({call, bundleId}: {readonly call: Call; readonly bundleId: string}) {
  const t = useText();
  const {session} = useSession();
  const values = useFormValues(call.model);
  const text = (meaning: 'matter' | 'area' | 'urgency' | 'channel' | 'nature' | 'serviceObject' | 'industry') => {
    const name = meaningOf(call.start, meaning);
    const value = name === null ? undefined : values[name];
    return typeof value === 'string' ? value : '';
  };
  const matter = text('matter');
  const area = text('area') || (session.posts.find(post => post.id === session.activePostId)?.areaCode ?? '');
  const urgency = text('urgency');
  const [channel, nature, serviceObject] = [text('channel'), text('nature'), text('serviceObject')];
  const industry = text('industry');
  const proposal = useQuery({
    queryKey: ['proposal', matter, area, urgency, industry, channel, nature, serviceObject],
    queryFn: () => api.call(catalogRoutes.proposal, {query: {matter, area, ...(urgency ? {urgency} : {}), ...(industry ? {industry} : {}), ...(channel ? {channel} : {}), ...(nature ? {nature} : {}), ...(serviceObject ? {serviceObject} : {})}}),
    enabled: matter !== '' && area !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const handling = matter === '' ? undefined : proposal.data?.handling;
  const other = handling && handling.processId !== bundleId ? handling : null;
  return (
    <>
      <section className="app-rail-part" aria-live="polite">
        <h2>{t('proposal.title')}</h2>
        {matter === '' ? <p className="banli-secondary">{t('proposal.waits')}</p> : null}
        {matter !== '' && proposal.error ? <ErrorPanel error={proposal.error} onRetry={() => void proposal.refetch()} /> : null}
        {matter !== '' && proposal.isPending && !proposal.error ? <Skeleton rows={3} /> : null}
        {matter !== '' && proposal.data ? <ProposalView proposal={proposal.data} /> : null}
        {other?.processTitle ? <OtherProcess call={call} processId={other.processId} title={other.processTitle} /> : null}
      </section>
      <MatterGuidance matter={matter} area={area} />
    </>
  );
}

function ProposalView({proposal}: {readonly proposal: Proposal}) {
  const unitNames = useUnitNames();
  const unitName = useUnitName();
  const t = useText();
  const localize = useLocalize();
  /** Why this limit, what comes after it has passed, and where it stands. */
  const whyOf = ({reason, ladder = [], source, own}: NonNullable<Proposal['resolve']>): string =>
    [...(own ? [ownLimitWords(own, localize, t)] : []), ...(reason ? [localize(reason)] : []), ...(ladder.length > 0 ? [t('proposal.ladder', {steps: ladder.map(localize).join(' → ')})] : []), sourceWords(source, t)].join(' · ');
  return (
    <div className="app-proposal">
      {proposal.leadUnitName ? (
        <div className="app-proposal-lead">
          <BankOutlined aria-hidden />
          <span>
            <span className="banli-secondary">{t('proposal.lead')}</span>
            <strong>{unitName(proposal.leadUnitName)}</strong>
          </span>
        </div>
      ) : (
        <div className="app-proposal-lead app-proposal-open">
          <QuestionCircleOutlined aria-hidden />
          <span>{t(proposal.confidence === 'choose' ? 'proposal.choose' : 'proposal.none')}</span>
        </div>
      )}
      <dl className="app-pairs">
        {proposal.leadUnitName === null && proposal.candidates.length > 0 ? <Pair title={t('proposal.candidates')} value={unitNames(proposal.candidates)} /> : null}
        {proposal.assist.length > 0 ? <Pair title={t('proposal.assist')} value={unitNames(proposal.assist)} /> : null}
        {proposal.attributes.length > 0 ? <Pair title={t('proposal.conditions')} value={proposal.attributes.map(({title, valueTitle}) => t('proposal.condition', {title: localize(title), value: localize(valueTitle)})).join(t('proposal.and'))} /> : null}
        {proposal.respond ? <Pair title={t('proposal.respond')} value={localize(proposal.respond.text)} more={whyOf(proposal.respond)} /> : null}
        {proposal.resolve ? <Pair title={t('proposal.resolve')} value={localize(proposal.resolve.text)} more={whyOf(proposal.resolve)} /> : null}
        {proposal.handling?.processTitle ? <Pair title={t('proposal.handling')} value={localize(proposal.handling.processTitle)} {...(proposal.handling.formTitle ? {more: localize(proposal.handling.formTitle)} : {})} /> : null}
      </dl>
      <h3>{t('proposal.why')}</h3>
      <p className="banli-read">{localize(proposal.reason)}</p>
      {proposal.row ? <p className="banli-secondary" title={proposal.row}>{t('proposal.row', {row: proposal.rowTitle ? localize(proposal.rowTitle) : proposal.row, version: proposal.version ?? ''})}</p> : null}
    </div>
  );
}
