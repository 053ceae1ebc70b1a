import {useLocalize} from '@banli/ui';
import {useCalendarText} from '../../texts/calendar-hook.js';
import type {ListedRow} from '../rows-tab.js';
import {isPublished, type LayerName} from './year-days.js';

/** Office hours by season: those of the innermost calendar that has any. */
export function OfficeHours({hours, layers}: {readonly hours: readonly ListedRow[]; readonly layers: readonly LayerName[]}) {
  const t = useCalendarText();
  const localize = useLocalize();
  const active = hours.filter(row => isPublished(row) && row.values['status'] !== 'retired');
  const layer = layers.find(each => active.some(row => row.values['layer'] === each.code));
  const sessions = active.filter(row => row.values['layer'] === layer?.code);
  const seasons = [...new Set(sessions.map(row => row.values['seasonFrom'] ?? ''))].sort();
  return (
    <section>
      <h2 className="app-catalog-heading">{t('hours')}</h2>
      {layer ? <p className="banli-secondary">{t('hoursOf', {calendar: localize(layer.title)})}</p> : null}
      <dl className="app-calendar-hours">
        {seasons.map(from => {
          const of = sessions.filter(row => row.values['seasonFrom'] === from).sort((a, b) => ((a.values['open'] ?? '') < (b.values['open'] ?? '') ? -1 : 1));
          const [first] = of;
          return (
            <div key={from}>
              <dt>{t('season', {title: first ? localize({'zh-CN': first.values['titleZh'] ?? '', ...(first.values['titleEn'] === undefined ? {} : {en: first.values['titleEn']})}) : '', from})}</dt>
              {of.map(row => <dd key={row.key} className="app-number">{`${row.values['open'] ?? ''}–${row.values['close'] ?? ''}`}</dd>)}
            </div>
          );
        })}
      </dl>
    </section>
  );
}
