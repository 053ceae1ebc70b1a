import {useJoints, useLocalize} from '@banli/ui';
import {Select} from 'antd';
import {useState} from 'react';
import {useIssueText} from '../texts/issue-hook.js';
import type {OpenedIssue} from './issue-data.js';

type Reason = OpenedIssue['fellAway'][number]['reason'];

const reasons: readonly Reason[] = ['locked', 'retired', 'gone', 'outside', 'same'];

/** What the unit had made of the version before and could not take over, each with its reason. */
export function FellAway({opened: {fellAway}}: {readonly opened: OpenedIssue}) {
  const t = useIssueText();
  const joints = useJoints();
  const localize = useLocalize();
  const [reason, setReason] = useState<Reason | ''>('');
  if (fellAway.length === 0) return null;
  const present = reasons.filter(each => fellAway.some(gone => gone.reason === each));
  const shown = fellAway.filter(gone => reason === '' || gone.reason === reason);
  return (
    <section className="app-issue-problems">
      <h2>{t('fellAway', {count: fellAway.length})}</h2>
      {present.length > 1 ? <Select className="app-catalog-filter" aria-label={t('fellAway.reason')} value={reason} onChange={setReason} options={[{value: '', label: t('fellAway.any')}, ...present.map(value => ({value, label: t(`fellAway.${value}`)}))]} /> : null}
      <ul className="app-plain-list">
        {shown.map(gone => (
          <li key={`${gone.table} ${gone.key} ${gone.columns.map(column => column.name).join()}`}>
            <span title={gone.key}>{localize(gone.title)}</span> <span className="app-mark">{t(`fellAway.${gone.reason}`)}</span>
            {gone.columns.length > 0 ? <div className="banli-secondary">{joints.statements(gone.columns.map(column => joints.pair(localize(column.title), column.words ? localize(column.words) : (column.value ?? t('rows.empty')))))}</div> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
