import {limitRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatMoment, Skeleton, useLanguage, useReturnFocus} from '@banli/ui';
import {useInfiniteQuery, useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Button, Checkbox, Drawer, Input} from 'antd';
import {useState} from 'react';
import {LoadMore} from '../frame/load-more.js';
import {api, serverClock} from '../http/api.js';
import {useToolText} from '../texts/tools-hook.js';
import type {ToolKey} from '../texts/tools-zh-cn.js';
import {PlanItems} from './plan-items.js';
import {isBusy, type Plan} from './plan.js';

const phrases = ['plans.reasonHoliday', 'plans.reasonLimits', 'plans.reasonKeep'] as const;
const leastReason = 2;

/** A plan: what it would move, from when to when and why; approve, reject, list again. */
export function PlanDrawer({plan, isNewest, onOpen}: {readonly plan: Plan; readonly isNewest: boolean; readonly onOpen: (planId: string | null) => void}) {
  useReturnFocus();
  const t = useToolText();
  const language = useLanguage();
  const catalog = t(`plans.${plan.catalogId}`);
  const [onlyAtOnce, setOnlyAtOnce] = useState(false);
  const pages = useInfiniteQuery({
    queryKey: ['clockPlanItems', plan.id, plan.status, plan.applied, onlyAtOnce],
    queryFn: ({pageParam}: {pageParam: string}) => api.call(limitRoutes.planItems, {params: {planId: plan.id}, query: {limit: 50, ...(onlyAtOnce ? {only: 'atOnce' as const} : {}), ...(pageParam === '' ? {} : {cursor: pageParam})}}),
    initialPageParam: '',
    getNextPageParam: last => last.nextCursor ?? undefined,
    placeholderData: before => before,
  });
  const items = pages.data?.pages.flatMap(page => page.items) ?? [];
  const atOnce = pages.data?.pages[0]?.atOnce ?? null;
  return (
    <Drawer open width={920} title={t('plans.title', {catalog, version: plan.version})} onClose={() => onOpen(null)} footer={<PlanActions plan={plan} isNewest={isNewest} atOnce={atOnce} onOpen={onOpen} />}>
      <p>
        <span className={plan.status === 'open' ? 'app-mark app-mark-pending' : 'app-mark'}>{t(`plans.${plan.status}`)}</span>{' '}
        {t('plans.summary', {looked: plan.lookedAt, listed: plan.listed, kept: plan.kept})}
        {plan.older > 0 && !plan.withOlder ? ` ${t('plans.olderSummary', {older: plan.older})}` : null}
        {plan.withOlder ? ` ${t('plans.withOlderDone')}` : null}
      </p>
      {atOnce ? <AtOnceNote atOnce={atOnce} isOnly={onlyAtOnce} onOnly={setOnlyAtOnce} /> : null}
      <div aria-live="polite">
        {isBusy(plan) && plan.status === 'applying' ? <p>{t('plans.progress', {done: plan.applied + plan.movedOn, all: plan.listed})}</p> : null}
        {plan.status === 'applied' ? <p>{t('plans.result', {applied: plan.applied, movedOn: plan.movedOn})}</p> : null}
      </div>
      {plan.decidedAt !== null ? <p className="banli-secondary">{t('plans.decided', {name: plan.decidedByName ?? '', moment: formatMoment(plan.decidedAt, serverClock.now(), language), reason: plan.reason ?? ''})}</p> : null}
      <h2 className="app-catalog-heading">{t('plans.items')}</h2>
      {pages.error ? <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.error ? <Skeleton rows={5} /> : null}
      {pages.data && items.length === 0 ? <EmptyState title={t(onlyAtOnce ? 'plans.atOnceItemsNone' : 'plans.itemsNone')} /> : null}
      {items.length > 0 ? <PlanItems items={items} /> : null}
      <LoadMore pages={pages} words={t('plans.more')} />
    </Drawer>
  );
}

type AtOnce = AnswerOf<typeof limitRoutes.planItems>['atOnce'];

/** For how many cases something goes out the moment the plan is approved, and the way to look at these alone. */
function AtOnceNote({atOnce, isOnly, onOnly}: {readonly atOnce: NonNullable<AtOnce>; readonly isOnly: boolean; readonly onOnly: (isOnly: boolean) => void}) {
  const t = useToolText();
  const {listed, older} = atOnce;
  const hasOlder = older.warning + older.lapse > 0;
  const isAny = hasOlder || listed.warning + listed.lapse > 0;
  return (
    <p className={isAny ? undefined : 'banli-secondary'}>
      {atOnceWords(atOnce, false, t)}
      {hasOlder ? ` ${t('plans.atOnceOlder', older)}` : null}
      {isAny || isOnly ? <>{' '}<Checkbox checked={isOnly} onChange={event => onOnly(event.target.checked)}>{t('plans.atOnceOnly')}</Checkbox></> : null}
    </p>
  );
}

function atOnceWords({listed, older}: NonNullable<AtOnce>, withOlder: boolean, t: ReturnType<typeof useToolText>): string {
  const counts = {warning: listed.warning + (withOlder ? older.warning : 0), lapse: listed.lapse + (withOlder ? older.lapse : 0)};
  return counts.warning + counts.lapse === 0 ? t('plans.atOnceNone') : t('plans.atOnce', counts);
}

function PlanActions({plan, isNewest, atOnce, onOpen}: {readonly plan: Plan; readonly isNewest: boolean; readonly atOnce: AtOnce; readonly onOpen: (planId: string) => void}) {
  const t = useToolText();
  const {message, modal} = App.useApp();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const [withOlder, setWithOlder] = useState(false);
  const ref = {params: {planId: plan.id}};
  const act = useMutation({
    mutationFn: ({work}: {readonly work: () => Promise<Plan>; readonly done: ToolKey}) => work(),
    onSuccess: (next, {done}) => {
      void message.success(t(done));
      onOpen(next.id);
    },
    onSettled: () => cache.invalidateQueries({queryKey: ['clockPlans']}),
  });
  const isShort = reason.trim().length < leastReason;
  const isOlderOnly = plan.status === 'empty' && plan.older > 0;
  const listed = plan.listed + (withOlder ? plan.older : 0);
  const told = atOnce && atOnceWords(atOnce, withOlder, t);
  const cannot = isShort ? t('plans.reasonMissing') : undefined;
  const ask = (question: ToolKey, title: ToolKey, done: ToolKey, work: () => Promise<Plan>) => modal.confirm({title: t(title), content: <>{t(question, {listed, kept: plan.kept})}{told && title === 'plans.approve' ? <p>{told}</p> : null}</>, okText: t(title), onOk: () => act.mutate({work, done})});
  const body = {reason: reason.trim()};
  if (plan.status === 'listing' || plan.status === 'applying') return null;
  const again = <Button loading={act.isPending} onClick={() => !act.isPending && act.mutate({work: () => api.call(limitRoutes.repeatPlan, ref), done: 'plans.againDone'})}>{t('plans.again')}</Button>;
  if (plan.status !== 'open' && !isNewest) return null;
  if (plan.status !== 'open' && !isOlderOnly) {
    return (
      <div className="app-catalog-actions">
        {act.error ? <ErrorPanel error={act.error} /> : null}
        <div className="app-catalog-buttons">
          <span className="app-catalog-gap" />
          {again}
        </div>
      </div>
    );
  }
  return (
    <div className="app-catalog-actions">
      {act.error ? <ErrorPanel error={act.error} /> : null}
      <label className="banli-field-label" htmlFor="plan-reason">{t('plans.reason')}</label>
      <Input.TextArea id="plan-reason" value={reason} maxLength={500} autoSize={{minRows: 1, maxRows: 4}} onChange={event => setReason(event.target.value)} />
      {plan.older > 0 ? <Checkbox checked={withOlder} onChange={event => setWithOlder(event.target.checked)}>{t('plans.withOlder', {older: plan.older})}</Checkbox> : null}
      <div className="app-catalog-buttons">
        {phrases.map(phrase => <Button key={phrase} size="small" onClick={() => setReason(t(phrase))}>{t(phrase)}</Button>)}
        <span className="app-catalog-gap" />
        {isOlderOnly ? again : <Button danger disabled={isShort || act.isPending} title={cannot} onClick={() => ask('plans.rejectAsk', 'plans.reject', 'plans.rejectedDone', () => api.call(limitRoutes.rejectPlan, {...ref, body}))}>{t('plans.reject')}</Button>}
        <Button type="primary" className="app-tool-primary" disabled={isShort || (isOlderOnly && !withOlder)} title={cannot} loading={act.isPending} onClick={() => ask('plans.approveAsk', 'plans.approve', 'plans.approved', () => api.call(limitRoutes.approvePlan, {...ref, body: {...body, withOlder}}))}>{t('plans.approve')}</Button>
      </div>
    </div>
  );
}
