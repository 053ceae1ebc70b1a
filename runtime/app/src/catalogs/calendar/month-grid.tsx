import {weekdayName} from '@banli/time';
import {useLanguage, useLocalize} from '@banli/ui';
import type {KeyboardEvent} from 'react';
import {serverClock} from '../../http/api.js';
import {dayOf} from '../../issue/issue-data.js';
import {useCalendarText} from '../../texts/calendar-hook.js';
import {dayByKey} from './day-keys.js';
import type {CalendarYear, YearDay} from './year-days.js';

/** The element of a day. */
export function dayId(date: string): string {
  return `calendar-${date}`;
}

interface MonthProps {
  readonly year: CalendarYear;
  /** From 1 to 12. */
  readonly month: number;
  /** The one day of the year that the tab key reaches; arrows move it. */
  readonly current: string;
  readonly onMove: (date: string) => void;
  readonly onOpen: (date: string) => void;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** One month as a grid: arrows go by day and week, Home and End to the ends of the week, Page Up and Down by month, Enter opens the day. */
export function MonthGrid({year, month, current, onMove, onOpen}: MonthProps) {
  const t = useCalendarText();
  const language = useLanguage();
  const days = year.days.filter(day => Number(day.date.slice(5, 7)) === month);
  const headId = `calendar-month-${month}`;
  const press = (event: KeyboardEvent) => {
    const next = dayByKey(current, event.key);
    if (next === current || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onMove(next);
  };
  return (
    <section className="app-calendar-month">
      <h2 id={headId}>{t(`month.${month}` as 'month.1')}</h2>
      <table role="grid" aria-labelledby={headId} onKeyDown={press}>
        <thead>
          <tr>{weekdays.map(weekday => <th key={weekday} scope="col" abbr={weekdayName(weekday, language)}>{t(`weekday.${weekday}` as 'weekday.1')}</th>)}</tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week, index) => (
            <tr key={index}>
              {week.map((day, place) => (day ? <DayCell key={day.date} day={year.proposed.get(day.date) ?? day} isProposed={year.proposed.has(day.date)} isCurrent={day.date === current} onMove={onMove} onOpen={onOpen} /> : <td key={place} />))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DayCell({day, isProposed, isCurrent, onMove, onOpen}: {readonly day: YearDay; readonly isProposed: boolean; readonly isCurrent: boolean; readonly onMove: (date: string) => void; readonly onOpen: (date: string) => void}) {
  const t = useCalendarText();
  const words = useDayWords();
  const said = `${words(day)}${isProposed ? t('day.proposedSaid') : ''}`;
  const flag = t(`flag.${day.mark}`);
  const isToday = day.date === dayOf(serverClock.now());
  return (
    <td role="gridcell" className="app-calendar-cell">
      <button
        id={dayId(day.date)} type="button" tabIndex={isCurrent ? 0 : -1} title={said} aria-label={said} aria-current={isToday ? 'date' : undefined}
        className={`app-calendar-day app-calendar-${day.mark}${day.isProvisional ? ' app-calendar-provisional' : ''}${isProposed ? ' app-calendar-proposed' : ''}`}
        onFocus={() => onMove(day.date)} onClick={() => onOpen(day.date)}
      >
        <span className={flag === '' ? 'app-number' : 'app-number app-calendar-number-flagged'}>{Number(day.date.slice(8))}</span>
        {flag === '' ? null : <span className="app-calendar-flag" aria-hidden>{flag}</span>}
      </button>
    </td>
  );
}

/** A day in words: date, what it is, who says so. */
export function useDayWords(): (day: YearDay) => string {
  const t = useCalendarText();
  const localize = useLocalize();
  const language = useLanguage();
  return day => {
    const values = {date: day.date, weekday: weekdayName(day.weekday, language), mark: t(`mark.${day.mark}`)};
    const base = day.layer ? t('day.special', {...values, title: localize(day.title), layer: localize(day.layer.title)}) : t('day.plain', values);
    return day.isProvisional ? `${base}${t('day.provisionalSaid')}` : base;
  };
}

/** Weeks from Monday on, with gaps before the first and after the last day. */
function weeksOf(days: readonly YearDay[]): ReadonlyArray<ReadonlyArray<YearDay | null>> {
  const lead = (days[0]?.weekday ?? 1) - 1;
  const all = [...Array.from({length: lead}, () => null), ...days];
  return Array.from({length: Math.ceil(all.length / 7)}, (_, week) => Array.from({length: 7}, (__, place) => all[week * 7 + place] ?? null));
}
