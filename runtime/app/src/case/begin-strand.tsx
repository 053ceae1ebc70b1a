import {caseRoutes, type CaseViewJson} from '@banli/api';
import type {FormSchema} from '@banli/formats';
import {createFormModel, ErrorPanel, FormProblems, nodeTitle, SchemaForm, useLanguage, useLocalize, useUiText, viewError} from '@banli/ui';
import {useMutation} from '@tanstack/react-query';
import {Button, Modal} from 'antd';
import {useMemo, useState} from 'react';
import {api} from '../http/api.js';
import {useFormServices} from '../http/form-services.js';
import {randomKey} from '../http/random-key.js';
import {widgets} from '../plugins.js';
import {useText} from '../texts/hook.js';
import {caseContext, caseSchema, useTakeCase} from './case-data.js';

type Begin = CaseViewJson['begins'][number];

/** What this person may begin in the case without a task (督办), a button each; none while a command is on its way. */
export function BeginButtons({view}: {readonly view: CaseViewJson}) {
  const localize = useLocalize();
  const [kind, setKind] = useState<string | null>(null);
  const open = view.begins.find(begin => begin.kind === kind);
  return (
    <>
      {view.begins.map(begin => (
        <Button key={begin.kind} disabled={view.pending !== null} onClick={() => setKind(begin.kind)}>
          {localize(begin.title)}
        </Button>
      ))}
      {open ? <BeginDialog view={view} begin={open} onClose={() => setKind(null)} /> : null}
    </>
  );
}

/** Asks for what the new strand begins with. Stays open with everything typed when it is refused. */
function BeginDialog({view, begin, onClose}: {readonly view: CaseViewJson; readonly begin: Begin; readonly onClose: () => void}) {
  const t = useText();
  const ui = useUiText();
  const localize = useLocalize();
  const language = useLanguage();
  const services = useFormServices(view.head.id);
  const take = useTakeCase(view.head.id);
  const model = useMemo(
    () => createFormModel({
      id: 'begin',
      schema: begin.schema ? (begin.schema as unknown as FormSchema) : caseSchema(view),
      access: begin.access,
      values: {},
      context: caseContext(view),
      asked: new Set(Object.keys(begin.access)),
      tools: () => ({language, t: ui}),
    }),
    // Answers of the server that come while it is typed must not empty the form.
    [begin.kind],
  );
  const [beginKey] = useState(randomKey);
  const run = useMutation({
    mutationFn: () => api.call(caseRoutes.beginStrand, {params: {caseId: view.head.id}, body: {kind: begin.kind, beginKey, values: {...model.toSend(null)}}}),
    onSuccess: next => {
      take(next);
      onClose();
    },
    onError: error => model.show(viewError(error, language, new Set(Object.keys(begin.access))).byField),
  });
  const titles = useMemo(() => Object.fromEntries(Object.keys(begin.access).map(name => [name, nodeTitle(name, model.fields.get(name)?.node ?? {type: 'void'}, language)])), [begin, model, language]);
  const send = () => {
    const [first] = Object.keys(model.check([]));
    if (first !== undefined) return model.focus(first);
    return run.mutate();
  };
  return (
    <Modal open title={`${localize(begin.title)} · ${view.head.number}`} okText={localize(begin.title)} cancelText={t('common.cancel')} confirmLoading={run.isPending} onOk={send} onCancel={onClose} maskClosable={false} width={620}>
      <p className="app-dialog-help banli-one-line" title={view.head.title}>
        {view.head.title}
      </p>
      {run.error ? <ErrorPanel error={run.error} fieldTitles={titles} onJump={model.focus} /> : null}
      <div className="app-ask">
        {run.error ? null : <FormProblems model={model} />}
        <SchemaForm model={model} services={services} widgets={widgets} anchors={false} />
      </div>
    </Modal>
  );
}
