import {caseRoutes, type AnswerOf} from '@banli/api';
import {ErrorPanel, LanguageSwitch, useLocalize} from '@banli/ui';
import {formatMoment} from '@banli/time';
import {useMutation} from '@tanstack/react-query';
import {Button, Form, Input, Tag} from 'antd';
import {useEffect, useRef, type ReactNode} from 'react';
import {api} from '../http/api.js';
import {useProgressText} from '../texts/progress-hook.js';

type Progress = AnswerOf<typeof caseRoutes.publicView>;

/** What a citizen sees of his case, by number and query code; nobody signs in, and neither stands in the address. */
export function ProgressPage() {
  const t = useProgressText();
  const look = useMutation({mutationFn: (asked: {number: string; code: string}) => api.call(caseRoutes.publicView, {body: {number: asked.number.trim(), code: asked.code.replace(/\s/g, '')}})});
  return (
    <main className="app-login">
      <div className="app-login-card app-progress">
        <div className="app-login-brand">
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <h1>{t('title')}</h1>
        </div>
        {look.data ? <Found progress={look.data} onOther={() => look.reset()} /> : <Ask error={look.error} isAsking={look.isPending} onAsk={look.mutate} />}
        <div className="app-login-foot">
          <span className="banli-secondary">{look.data ? t('doubt') : t('help')}</span>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}

function Ask({error, isAsking, onAsk}: {readonly error: Error | null; readonly isAsking: boolean; readonly onAsk: (asked: {number: string; code: string}) => void}) {
  const t = useProgressText();
  const required = (label: string) => ({required: true, whitespace: true, message: t('fill', {field: label})});
  return (
    <Form layout="vertical" requiredMark={false} onFinish={onAsk} className="app-login-form">
      {error ? <ErrorPanel error={error} /> : null}
      <Form.Item name="number" label={t('number')} rules={[required(t('number'))]}>
        <Input size="large" autoFocus autoComplete="off" spellCheck={false} maxLength={64} />
      </Form.Item>
      <Form.Item name="code" label={t('code')} rules={[required(t('code')), {pattern: /^\s*(\d\s*){8}$/, message: t('codeRule')}]} validateTrigger="onSubmit">
        <Input size="large" autoComplete="off" inputMode="numeric" maxLength={20} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={isAsking}>
        {t('do')}
      </Button>
    </Form>
  );
}

function Found({progress, onOther}: {readonly progress: Progress; readonly onOther: () => void}) {
  const t = useProgressText();
  const localize = useLocalize();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <>
      <h2 ref={top} tabIndex={-1} className="app-number app-progress-number">{progress.number}</h2>
      <dl className="app-progress-facts">
        <Fact name={t('state')}>
          <strong>{localize(progress.state)}</strong>
          {progress.secondRound ? <Tag>{t('secondRound')}</Tag> : null}
        </Fact>
        <Fact name={t('acceptedAt')}>{formatMoment(progress.acceptedAt)}</Fact>
        <Fact name={t('leadUnit')}>{localize(progress.leadUnit) || t('noUnit')}</Fact>
        {progress.closedAt === null ? null : <Fact name={t('closedAt')}>{formatMoment(progress.closedAt)}</Fact>}
        <Fact name={t('reply')}>
          <span className="app-progress-reply">{progress.reply ?? t('noReply')}</span>
        </Fact>
      </dl>
      <Button size="large" block onClick={onOther}>
        {t('other')}
      </Button>
    </>
  );
}

function Fact({name, children}: {readonly name: string; readonly children: ReactNode}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
