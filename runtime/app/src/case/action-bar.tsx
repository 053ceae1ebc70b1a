import {DownOutlined} from '@ant-design/icons';
import {ErrorPanel, isConflict, nodeTitle, useLanguage, useLocalize} from '@banli/ui';
import {App, Button, Dropdown, Grid, Tooltip} from 'antd';
import {useMemo, useState} from 'react';
import {useFormServices} from '../http/form-services.js';
import {useText} from '../texts/hook.js';
import {arrangeActions, besideAtMost, type TaskAction} from './arrange-actions.js';
import {AskDialog} from './ask-dialog.js';
import {askedFields} from './asked-fields.js';
import {confirmWords, questionOf} from './confirm-words.js';
import type {TaskWork} from './use-task-work.js';

/** What the action bar needs besides the work. */
export interface ActionBarProps {
  readonly work: TaskWork;
  /** Brings the form into sight when something in it has to be corrected. */
  readonly onShowForm: () => void;
  readonly onReload: () => void;
}

/** The bar at the bottom: one primary action at the right, at most three more, the rest under 更多, and above it what went wrong. */
export function ActionBar({work, onShowForm, onReload}: ActionBarProps) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const {modal} = App.useApp();
  const services = useFormServices(work.view.head.id);
  const {task, view, model, run} = work;
  const [asking, setAsking] = useState<TaskAction | null>(null);
  const isPhone = Grid.useBreakpoint().md === false;
  const {primary, beside, more} = useMemo(() => arrangeActions(task, isPhone ? besideAtMost.phone : besideAtMost.wide), [task, isPhone]);
  const titles = useMemo(() => Object.fromEntries([...model.fields.values()].map(field => [field.name, nodeTitle(field.name, field.node, language)])), [model, language]);
  const blocked = view.pending ? t('case.pendingBlocks') : null;

  const begin = (action: TaskAction) => {
    if (run.isPending || blocked !== null) return;
    const problems = action.kind === 'outcome' ? model.check(action.item.requires) : {};
    const [first] = Object.keys(problems);
    if (first !== undefined) {
      run.reset();
      onShowForm();
      model.focus(first);
      return;
    }
    if (askedFields(action, [...model.fields.values()], task.access ?? {}).length > 0) setAsking(action);
    else void confirmFirst(action);
  };
  const confirmFirst = async (action: TaskAction) => {
    const question = action.kind === 'outcome' ? questionOf(action.item, model, localize) : '';
    if (question === '' && !action.isDanger) return run.mutate({action, asked: {}});
    const words = await confirmWords(question, model, services, language);
    modal.confirm({
      title: words || t('case.confirm', {action: localize(action.item.name), number: view.head.number}),
      content: words ? `${view.head.number} ${view.head.title}` : view.head.title,
      okText: localize(action.item.name),
      okButtonProps: {danger: action.isDanger},
      cancelText: t('common.cancel'),
      onOk: () => run.mutate({action, asked: {}}),
    });
    return undefined;
  };
  const isRunning = (action: TaskAction) => run.isPending && run.variables.action.id === action.id;

  return (
    <footer className="app-actions" aria-label={t('case.actions')}>
      {run.error && !asking ? (
        <ErrorPanel error={run.error} fieldTitles={titles} onJump={model.focus}>
          {isConflict(run.error) ? (
            <Button size="small" onClick={onReload}>
              {t('case.reload')}
            </Button>
          ) : null}
        </ErrorPanel>
      ) : null}
      <div className="app-actions-row">
        {blocked === null ? null : <span className="banli-secondary">{blocked}</span>}
        {run.isPending && blocked === null ? <span className="banli-secondary banli-after-2000" role="status">{t('case.stillSending')}</span> : null}
        {more.length > 0 ? (
          <Dropdown
            trigger={['click']}
            placement="topRight"
            menu={{
              items: more.map(action => ({key: action.id, danger: action.isDanger, label: localize(action.item.name), disabled: disabledReason(action, localize) !== null || blocked !== null, title: disabledReason(action, localize) ?? ''})),
              onClick: ({key}) => {
                const action = more.find(each => each.id === key);
                if (action) begin(action);
              },
            }}
          >
            <Button icon={<DownOutlined />} iconPosition="end">
              {t('case.more')}
            </Button>
          </Dropdown>
        ) : null}
        {[...beside].reverse().map(action => (
          <ActionButton key={action.id} action={action} isRunning={isRunning(action)} reason={blocked ?? disabledReason(action, localize)} onClick={() => begin(action)} />
        ))}
        {primary ? <ActionButton action={primary} isRunning={isRunning(primary)} reason={blocked ?? disabledReason(primary, localize)} onClick={() => begin(primary)} /> : null}
      </div>
      {asking ? <AskDialog work={work} action={asking} onClose={() => setAsking(null)} /> : null}
    </footer>
  );
}

function ActionButton({action, isRunning, reason, onClick}: {readonly action: TaskAction; readonly isRunning: boolean; readonly reason: string | null; readonly onClick: () => void}) {
  const localize = useLocalize();
  return (
    <Tooltip title={reason}>
      <Button type={action.isPrimary ? 'primary' : 'default'} danger={action.isDanger} loading={isRunning} disabled={reason !== null} onClick={onClick} className={action.isDanger ? 'app-action-danger' : ''}>
        {localize(action.item.name)}
      </Button>
    </Tooltip>
  );
}

function disabledReason(action: TaskAction, localize: ReturnType<typeof useLocalize>): string | null {
  return action.kind === 'request' && action.item.disabledReason ? localize(action.item.disabledReason) : null;
}
