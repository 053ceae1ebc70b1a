import {CheckCircleFilled, CloseOutlined} from '@ant-design/icons';
import type {CaseViewJson, InboxRowView} from '@banli/api';
import {useJoints, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {inboxRoutes} from '@banli/api';
import {Button} from 'antd';
import {Link} from 'react-router-dom';
import {api} from '../http/api.js';
import {} from '../inbox/box-pages.js';
import {rowAddress} from '../lists/rows.js';
import {useText} from '../texts/hook.js';
import type {TaskAction} from './arrange-actions.js';
import {useUnitName} from '../frame/use-unit-name.js';

/** After a command: what was done, who is next, and the way to the next task. */
export function DoneStrip({view, action, onClose}: {readonly view: CaseViewJson; readonly action: TaskAction; readonly onClose: () => void}) {
  const unitName = useUnitName();
  const t = useText();
  const joints = useJoints();
  const localize = useLocalize();
  const next = useQuery({queryKey: ['box', 'next', view.version], queryFn: () => api.call(inboxRoutes.list, {params: {box: 'todo'}, query: {limit: 5}})});
  const row: InboxRowView | undefined = next.data?.rows.find(each => each.caseId !== view.head.id);
  const open = view.tasks.filter(task => task.state === 'open');
  const turn = joints.statements(open.map(task => [localize(task.stepName), unitName(task.unitName)].filter(Boolean).join(' · ')));
  return (
    <div className="app-done" role="status">
      <CheckCircleFilled aria-hidden />
      <span>
        {t(view.pending ? 'case.accepted' : 'case.done', {action: localize(action.item.name)})}
        {turn && !view.pending ? <span className="app-done-next">{t('case.nextStep', {steps: turn})}</span> : null}
      </span>
      <span className="app-top-space" />
      {row ? (
        <Link to={rowAddress(row)}>
          <Button size="small" type="primary">
            {t('case.nextTask')}
          </Button>
        </Link>
      ) : null}
      <Link to="/inbox/todo">
        <Button size="small">{t('case.toInbox')}</Button>
      </Link>
      <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('common.close')} onClick={onClose} />
    </div>
  );
}
