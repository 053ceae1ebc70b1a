import {caseRoutes} from '@banli/api';
import {DueState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Drawer} from 'antd';
import {Link} from 'react-router-dom';
import {ReadForm} from '../case/read-form.js';
import {CaseMarks} from '../case/case-marks.js';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';

/** Shows a case beside the list, without leaving it. `onClosed`: it is gone, the focus may go back to the list. */
export function PeekPanel({caseId, onClose, onClosed}: {readonly caseId: string | null; readonly onClose: () => void; readonly onClosed: () => void}) {
  const t = useText();
  const localize = useLocalize();
  const view = useQuery({queryKey: ['case', caseId], queryFn: () => api.call(caseRoutes.view, {params: {caseId: caseId ?? ''}}), enabled: caseId !== null});
  const head = view.data?.head;
  return (
    <Drawer open={caseId !== null} onClose={onClose} mask={false} width={520} title={head ? <span className="app-number">{head.number}</span> : t('peek.title')} autoFocus={false} afterOpenChange={isOpen => (isOpen ? undefined : onClosed())} extra={caseId ? <Link to={`/cases/${caseId}`}><Button type="primary">{t('peek.open')}</Button></Link> : null}>
      {view.error ? <ErrorPanel error={view.error} onRetry={() => void view.refetch()} /> : null}
      {view.isPending ? <Skeleton rows={6} /> : null}
      {view.data && head ? (
        <div className="app-peek">
          <h2>{head.title}</h2>
          <div className="app-peek-line">
            <span className="app-state">{localize(head.state.title)}</span>
            <CaseMarks marks={head.marks} />
            {head.clock ? <DueState clock={head.clock} /> : null}
          </div>
          <ReadForm view={view.data} />
        </div>
      ) : null}
    </Drawer>
  );
}
