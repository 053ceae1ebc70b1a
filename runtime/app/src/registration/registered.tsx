import {CheckCircleFilled} from '@ant-design/icons';
import {CopyText} from '@banli/ui';
import {Button} from 'antd';
import {Link} from 'react-router-dom';
import {useText} from '../texts/hook.js';

/** A code in groups of four, as one reads it out. */
function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

/** After 提交: the numbers and query codes to read out, copyable, and the next step. */
export function Registered({cases, onMore}: {readonly cases: ReadonlyArray<{readonly caseId: string; readonly number: string; readonly queryCode: string | null}>; readonly onMore: () => void}) {
  const t = useText();
  return (
    <div className="app-registered" role="status">
      <CheckCircleFilled aria-hidden className="app-registered-icon" />
      <h1>{t('register.done', {count: cases.length})}</h1>
      <table className="app-registered-list">
        <thead>
          <tr>
            <th>{t('column.number')}</th>
            <th>{t('register.queryCode')}</th>
            <th>
              <span className="banli-visually-hidden">{t('register.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map(each => (
            <tr key={each.caseId}>
              <td data-label={t('column.number')}>
                <strong className="app-number">{each.number}</strong>
                <CopyText text={each.number} what={t('column.number')} />
              </td>
              <td data-label={t('register.queryCode')}>
                {each.queryCode ? (
                  <>
                    <strong className="app-number">{inGroups(each.queryCode)}</strong>
                    <CopyText text={each.queryCode} what={t('register.queryCode')} />
                  </>
                ) : (
                  '—'
                )}
              </td>
              <td>
                <Link to={`/cases/${each.caseId}`}>{t('register.open')}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="banli-secondary">{t('register.readOut')}</p>
      <div className="app-registered-next">
        <Link to="/inbox/todo">
          <Button>{t('case.toInbox')}</Button>
        </Link>
        <Button type="primary" onClick={onMore} autoFocus>
          {t('register.another')}
        </Button>
      </div>
    </div>
  );
}
