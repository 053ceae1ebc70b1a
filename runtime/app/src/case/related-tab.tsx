import type {CaseViewJson} from '@banli/api';
import {EmptyState, useLocalize} from '@banli/ui';
import {Link} from 'react-router-dom';
import {useText} from '../texts/hook.js';

/** Linked cases: the same call, the same grievance, the order done again. */
export function RelatedTab({view}: {readonly view: CaseViewJson}) {
  const t = useText();
  const localize = useLocalize();
  if (view.related.length === 0) return <EmptyState title={t('related.none')} help={t('related.noneHelp')} />;
  return (
    <ul className="app-plain-list app-file-list">
      {view.related.map(other => (
        <li key={`${other.caseId} ${localize(other.relation)}`} className="app-file-row">
          <span className="app-mark">{localize(other.relation)}</span>
          <Link to={`/cases/${other.caseId}`} className="banli-one-line" title={other.title}>
            <span className="app-number">{other.number}</span> {other.title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
