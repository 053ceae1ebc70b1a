import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {Button, Select} from 'antd';
import {useState} from 'react';
import {Link, useSearchParams} from 'react-router-dom';
import {sourceWords} from '../../case/source-words.js';
import {serverClock} from '../../http/api.js';
import {dayOf} from '../../issue/issue-data.js';
import {useCalendarText} from '../../texts/calendar-hook.js';
import {useCatalogText} from '../../texts/catalogs-hook.js';
import {useText} from '../../texts/hook.js';
import type {ListedRow} from '../rows-tab.js';
import type {CatalogForm} from '../use-catalog-form.js';
import {DayDrawer} from './day-drawer.js';
import {dayWithin} from './day-keys.js';
import {DueCalculator} from './due-calculator.js';
import {dayId, MonthGrid} from './month-grid.js';
import {OfficeHours} from './office-hours.js';
import {useCalendarRows} from './use-calendar-rows.js';
import {calendarNames, calendarYear, firstCalendar, layersOf, yearsOf, type CalendarYear, type DayMark} from './year-days.js';

const marks: readonly DayMark[] = ['work', 'rest', 'holiday', 'regional', 'makeup'];
const months = Array.from({length: 12}, (_, index) => index + 1);

/** A year of a calendar: every day as the clocks count it, with the open changes of it. The address holds calendar and year. */
export function CalendarTab({form}: {readonly form: CatalogForm}) {
  const t = useCalendarText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const [search, setSearch] = useSearchParams();
  const thisYear = Number(dayOf(serverClock.now()).slice(0, 4));
  const year = /^\d{4}$/.test(search.get('year') ?? '') ? Number(search.get('year')) : thisYear;
  // Which layers there are stands in rows that do not depend on the year: they come first, then the days.
  const known = useCalendarRows(form.id, [], year);
  const code = calendarNames(known.rows).find(each => each.code === search.get('calendar'))?.code ?? firstCalendar(known.rows);
  const layers = layersOf(known.rows, code);
  const loaded = useCalendarRows(form.id, layers.map(layer => layer.code), year);
  const years = yearsOf(known.rows, code);
  const go = (next: {readonly calendar?: string; readonly year?: number}) => setSearch({tab: 'year', calendar: next.calendar ?? code, year: String(next.year ?? year)}, {replace: true});
  if (known.error ?? loaded.error) return <ErrorPanel error={known.error ?? loaded.error} onRetry={loaded.retry} />;
  if (!known.isKnown) return <Skeleton rows={10} />;
  const shown = loaded.isPending ? null : calendarYear(loaded.rows, code, year);
  return (
    <div className="app-catalog-tab">
      <div className="app-chips">
        <Select className="app-catalog-filter" aria-label={t('calendar')} value={code} onChange={calendar => go({calendar})} options={calendarNames(known.rows).map(each => ({value: each.code, label: localize(each.title)}))} />
        <Button aria-label={t('before', {year: year - 1})} disabled={!years.includes(year - 1)} onClick={() => go({year: year - 1})}>‹</Button>
        <Select className="app-calendar-years" aria-label={t('year')} value={year} onChange={next => go({year: next})} options={[...new Set([...years, year])].sort((a, b) => b - a).map(value => ({value, label: t('yearOf', {year: value})}))} />
        <Button aria-label={t('after', {year: year + 1})} disabled={!years.includes(year + 1)} onClick={() => go({year: year + 1})}>›</Button>
        {shown?.isProvisional ? <span className="app-mark">{t('provisionalYear')}</span> : null}
      </div>
      {loaded.scheduled ? <p className="app-catalog-note" role="note">{catalogText('rows.scheduledFirst', {version: loaded.scheduled.version, date: dayOf(loaded.scheduled.effectiveAt)})}</p> : null}
      {loaded.isPending ? <Skeleton rows={10} /> : shown ? <YearView key={`${code} ${year}`} form={form} shown={shown} year={year} hours={loaded.rows.hours} /> : <EmptyState title={t('noYear', {year})} help={t('noYearHelp')}><Link to={`/catalogs/${form.id}?tab=rows&table=years`}>{t('toYears')}</Link></EmptyState>}
      <DueCalculator key={code} layers={layers} calendars={known.rows.calendars} />
    </div>
  );
}

function YearView({form, shown, year, hours}: {readonly form: CatalogForm; readonly shown: CalendarYear<ListedRow>; readonly year: number; readonly hours: readonly ListedRow[]}) {
  const t = useCalendarText();
  const appText = useText();
  const [current, setCurrent] = useState(dayWithin(year, serverClock.now()));
  const [opened, setOpened] = useState<string | null>(null);
  const move = (date: string) => {
    if (date === current) return;
    setCurrent(date);
    document.getElementById(dayId(date))?.focus();
  };
  return (
    <>
      {shown.isProvisional ? <p className="app-catalog-note" role="note">{t('provisionalHelp', {source: sourceWords(shown.source, appText)})}</p> : null}
      <div className="app-calendar">
        <div className="app-calendar-months">
          {months.map(month => <MonthGrid key={month} year={shown} month={month} current={current} onMove={move} onOpen={setOpened} />)}
        </div>
        <div className="app-calendar-side">
          <Legend shown={shown} />
          <OfficeHours hours={hours} layers={shown.layers} />
          <p className="banli-secondary">{t('keys')}</p>
        </div>
      </div>
      {opened === null ? null : <DayDrawer form={form} shown={shown} date={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

/** What the colours mean, and how many days of each the year has. */
function Legend({shown}: {readonly shown: CalendarYear}) {
  const t = useCalendarText();
  const days = shown.days.map(day => shown.proposed.get(day.date) ?? day);
  return (
    <section>
      <h2 className="app-catalog-heading">{t('legend')}</h2>
      <ul className="app-plain-list app-calendar-legend">
        {marks.map(mark => (
          <li key={mark}>
            <span className={`app-calendar-swatch app-calendar-${mark}`} aria-hidden>{t(`flag.${mark}`)}</span>
            <span>{t(`mark.${mark}`)}</span>
            <span className="banli-secondary app-number">{t('days', {count: days.filter(day => day.mark === mark).length})}</span>
          </li>
        ))}
        <li><span className="app-calendar-swatch app-calendar-provisional" aria-hidden /><span>{t('provisional')}</span></li>
        <li><span className="app-calendar-swatch app-calendar-proposed" aria-hidden /><span>{t('proposed')}</span><span className="banli-secondary app-number">{shown.proposed.size > 0 ? t('days', {count: shown.proposed.size}) : ''}</span></li>
      </ul>
      <p className="banli-secondary">{t('working', {count: days.filter(day => day.working).length})}</p>
    </section>
  );
}
