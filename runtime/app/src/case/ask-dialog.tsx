import type {CaseTaskView} from '@banli/api';
import {InfoCircleOutlined} from '@ant-design/icons';
import {createFormModel, ErrorPanel, FormProblems, nodeTitle, SchemaForm, useFormValues, useLanguage, useLocalize, useUiText, viewError, type FormModel, type FormServices} from '@banli/ui';
import {Modal} from 'antd';
import {useEffect, useMemo, useState} from 'react';
import {widgets} from '../plugins.js';
import {useText} from '../texts/hook.js';
import type {TaskAction} from './arrange-actions.js';
import {askedFields} from './asked-fields.js';
import {confirmWords, questionOf} from './confirm-words.js';
import {caseContext, caseSchema} from './case-data.js';
import {useReasonServices} from './use-reason-services.js';
import type {TaskWork} from './use-task-work.js';

/** Asks for what an action needs (a reason, an amount, evidence), then does it. Stays open with everything typed when it is refused. */
export function AskDialog({work, action, onClose}: {readonly work: TaskWork; readonly action: TaskAction; readonly onClose: () => void}) {
  const t = useText();
  const ui = useUiText();
  const localize = useLocalize();
  const language = useLanguage();
  const {view, task, model, run} = work;
  const actions = useMemo(() => [action], [action]);
  const services = useReasonServices(view, actions);
  const dialog = useMemo(() => {
    const names = askedFields(action, [...model.fields.values()], task.access ?? {});
    return createFormModel({
      id: 'ask',
      schema: caseSchema(view),
      access: Object.fromEntries(names.map(name => [name, action.item.requires.includes(name) ? ('required' as const) : ('edit' as const)])),
      values: model.values(),
      context: caseContext(view, task),
      asked: new Set(names),
      tools: () => ({language, t: ui}),
      onInput: values => model.fill(Object.fromEntries(names.map(name => [name, values[name]]))),
    });
    // What is typed here goes on into the task's own form, so a closed dialog loses nothing.
  }, [action, model]);
  const send = () => {
    const [first] = Object.keys(dialog.check(action.item.requires));
    if (first !== undefined) return dialog.focus(first);
    return run.mutate(
      {action, asked: dialog.toSend(null)},
      {
        onSuccess: onClose,
        onError: error => dialog.show(viewError(error, language, new Set(Object.keys(dialog.access))).byField),
      },
    );
  };
  const titles = useMemo(() => Object.fromEntries(Object.keys(dialog.access).map(name => [name, nodeTitle(name, dialog.fields.get(name)?.node ?? {type: 'void'}, language)])), [dialog, language]);
  return (
    <Modal
      open
      title={`${localize(action.item.name)} · ${view.head.number}`}
      okText={localize(action.item.name)}
      okButtonProps={{danger: action.isDanger}}
      cancelText={t('common.cancel')}
      confirmLoading={run.isPending}
      onOk={send}
      onCancel={() => {
        run.reset();
        onClose();
      }}
      maskClosable={false}
      width={620}
    >
      <p className="app-dialog-help banli-one-line" title={view.head.title}>
        {view.head.title}
      </p>
      {action.kind === 'outcome' ? <Consequence outcome={action.item} model={dialog} services={services} /> : null}
      {run.error ? <ErrorPanel error={run.error} fieldTitles={titles} onJump={dialog.focus} /> : null}
      <div className="app-ask">
        {run.error ? null : <FormProblems model={dialog} />}
        <SchemaForm model={dialog} services={services} widgets={widgets} anchors={false} />
      </div>
    </Modal>
  );
}

/** What the action does, as the bundle says it, with what is filled in; above the fields it stands for a question of its own. */
function Consequence({outcome, model, services}: {readonly outcome: CaseTaskView['outcomes'][number]; readonly model: FormModel; readonly services: FormServices}) {
  const language = useLanguage();
  const localize = useLocalize();
  const values = useFormValues(model);
  const question = questionOf(outcome, model, localize);
  const [words, setWords] = useState('');
  useEffect(() => {
    let isCurrent = true;
    void confirmWords(question, model, services, language).then(next => isCurrent && setWords(next));
    return () => {
      isCurrent = false;
    };
  }, [question, model, services, language, values]);
  return words === '' ? null : <p className="app-consequence" role="status"><InfoCircleOutlined aria-hidden /> {words}</p>;
}
