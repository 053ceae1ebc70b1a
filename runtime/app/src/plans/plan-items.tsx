import {limitRoutes, type AnswerOf} from '@banli/api';
import {formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {Link} from 'react-router-dom';
import {sourceWords} from '../case/source-words.js';
import {serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useToolText} from '../texts/tools-hook.js';

type Item = AnswerOf<typeof limitRoutes.planItems>['items'][number];

/** The clocks of a plan: due before, due after, why, and what becomes of them. */
export function PlanItems({items}: {readonly items: readonly Item[]}) {
  const t = useToolText();
  const localize = useLocalize();
  const appText = useText();
  return (
    <table className="app-rows app-catalogs">
      <thead>
        <tr>
          <th className="app-catalog-col-title">{t('plans.case')}</th>
          <th className="app-tool-col-due">{t('plans.before')}</th>
          <th className="app-tool-col-due">{t('plans.after')}</th>
          <th>{t('plans.why')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={`${item.caseId}.${item.clockId}`} className="app-row">
            <td className="app-catalog-col-title">
              <Link className="app-number" to={`/cases/${item.caseId}`}>{item.caseNumber ?? item.caseId}</Link>
              <div className="banli-secondary banli-one-line">{localize(item.title)}</div>
            </td>
            <td className="app-tool-col-due"><span className="app-tool-label">{t('plans.before')} </span><Due at={item.beforeAt} /></td>
            <td className="app-tool-col-due"><span className="app-tool-label">{t('plans.after')} </span><strong><Due at={item.afterAt} /></strong></td>
            <td className="app-tool-wrap">
              <span className={item.status === 'kept' || item.status === 'older' || item.lapses ? 'app-mark app-mark-pending' : 'app-mark'}>{t(`plans.item.${item.status}`)}</span>
              {item.lapses || item.atOnce === 'lapse' ? <span className="app-mark app-mark-pending">{t('plans.lapses')}</span> : null}
              {item.atOnce === 'warning' ? <span className="app-mark app-mark-pending">{t('plans.warns')}</span> : null}
              {item.standing ? <span className="app-mark">{t('plans.standing')}</span> : null}
              <div className="banli-secondary">{whyWords(localize(item.why), appText)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The source at the end of a reason in words; it stands in the brackets of the language. */
function whyWords(why: string, t: ReturnType<typeof useText>): string {
  return why.replace(/(?<=[\uFF08(])[^\uFF08\uFF09()]*(?=[\uFF09)]$)/, source => sourceWords(source, t));
}

function Due({at}: {readonly at: number | null}) {
  const t = useToolText();
  const language = useLanguage();
  return at === null ? <>{t('plans.unset')}</> : <time className="app-number" title={formatFull(at)}>{formatMoment(at, serverClock.now(), language)}</time>;
}
