import type {ApiProblem} from '@banli/api';
import {ErrorPanel, FormProblems, nodeTitle, problemText, SaveMark, SchemaForm, useLanguage, useLocalize} from '@banli/ui';
import {App, Button} from 'antd';
import {useMemo, useRef, useState} from 'react';
import {useNavigate} from 'react-router-dom';
import {useFormServices} from '../http/form-services.js';
import {widgets} from '../plugins.js';
import {useText} from '../texts/hook.js';
import {CallerHistory} from './caller-history.js';
import {Duplicates} from './duplicates.js';
import {ItemTabs} from './item-tabs.js';
import {LikelyMatters} from './likely-matters.js';
import {ProposalPanel} from './proposal-panel.js';
import {Registered} from './registered.js';
import {useCall} from './use-call.js';
import type {CallStart} from './use-call-draft.js';
import {startQuestions} from './start-questions.js';
import {WordHints} from './word-hints.js';
import {linkRegistered, type LinkTo} from './link-registered.js';

/** 登记: the form at the left, what it leads to at the right, 暂存 and 提交 at the bottom. */
export function CallForm(props: CallStart & {readonly warnings: readonly ApiProblem[]}) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const navigate = useNavigate();
  const {message, modal} = App.useApp();
  const services = useFormServices(null);
  const call = useCall(props);
  const isChecking = useRef(false);
  const [linkTo, setLinkTo] = useState<LinkTo | null>(null);
  const {model, submit} = call;
  const titles = useMemo(() => Object.fromEntries([...model.fields.values()].map(field => [field.name, nodeTitle(field.name, field.node, language)])), [model, language]);
  if (submit.data) return <Registered cases={submit.data.cases} onMore={() => void navigate(`/register?again=${submit.data.cases[0]?.caseId ?? ''}`)} />;
  const send = () => {
    if (submit.isPending) return;
    const start = () =>
      submit.mutate(undefined, {
        onSuccess: answer => {
          if (linkTo) linkRegistered(answer.cases, linkTo).then(() => undefined, (error: unknown) => void modal.error({title: t('register.linkFailed'), content: <ErrorPanel error={error} />, icon: null}));
        },
      });
    // A form that cannot be loaded is told by the panel above the form; the submission tries once more and says so, too.
    if (isChecking.current) return;
    isChecking.current = true;
    void call.checkAll().then(isGood => (isGood ? askFirst(start) : undefined)).catch(start).finally(() => (isChecking.current = false));
  };
  const askFirst = async (start: () => void) => {
    const [first, ...more] = await startQuestions(call.start.outcomes[0], {models: await call.models(), services, language, localize});
    if (first === undefined) return start();
    modal.confirm({
      title: more.length === 0 ? first : t('register.askTitle', {count: more.length + 1}),
      content: more.length === 0 ? null : <ul className="app-asked">{[first, ...more].map((question, index) => <li key={index}>{question}</li>)}</ul>,
      okText: label,
      cancelText: t('common.cancel'),
      onOk: start,
    });
  };
  const keep = () => void call.flush().then(() => message.success(t('register.kept')));
  const discard = () =>
    modal.confirm({
      title: t('register.discardTitle'),
      content: t('register.discardHelp'),
      okText: t('register.discard'),
      okButtonProps: {danger: true},
      cancelText: t('common.cancel'),
      onOk: () => call.discard().then(() => navigate('/inbox/drafts')),
    });
  const label = localize(call.start.outcomes[0]?.name) || t('register.submit');
  return (
    <div className="app-register">
      <div className="app-register-main">
        <div className="app-page-head">
          <h1>{localize(call.start.title)}</h1>
          <SaveMark state={call.saved} />
        </div>
        {props.warnings.length > 0 ? (
          <div className="app-problems" role="status">
            <strong>{t('register.draftWarnings')}</strong>
            {props.warnings.map(problem => (
              <span key={`${problem.code} ${problem.place.field ?? ''}`}>{problemText(problem, language)}</span>
            ))}
          </div>
        ) : null}
        <ItemTabs call={call} />
        <FormProblems model={model} />
        {call.formError ? <ErrorPanel error={call.formError} onRetry={call.retryForm} /> : null}
        <SchemaForm key={`${call.active} ${call.items.length}`} model={model} services={services} widgets={widgets} />
      </div>
      <aside className="app-rail" aria-label={t('proposal.label')}>
        <div className="app-rail-stick">
          <CallerHistory call={call} bundleId={props.bundleId} linkTo={linkTo} onLink={setLinkTo} />
          <WordHints call={call} />
          <LikelyMatters call={call} />
          <ProposalPanel call={call} bundleId={props.bundleId} />
          <Duplicates call={call} bundleId={props.bundleId} linkTo={linkTo} onLink={setLinkTo} onAppended={caseId => void call.discard().then(() => navigate(`/cases/${caseId}`))} />
        </div>
      </aside>
      <footer className="app-actions">
        {submit.error ? <ErrorPanel error={submit.error} fieldTitles={titles} onJump={model.focus} /> : null}
        <div className="app-actions-row">
          <Button danger type="text" onClick={discard} className="app-action-danger">
            {t('register.discard')}
          </Button>
          <span className="app-top-space" />
          <Button onClick={keep}>{t('register.keep')}</Button>
          <Button onClick={call.addCopy} disabled={call.items.length >= 20}>
            {t('register.copy')}
          </Button>
          <Button type="primary" loading={submit.isPending} onClick={send}>
            {call.items.length > 1 ? t('register.submitMany', {action: label, count: call.items.length}) : label}
          </Button>
        </div>
      </footer>
    </div>
  );
}
