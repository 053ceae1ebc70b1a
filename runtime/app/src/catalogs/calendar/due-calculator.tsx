import {CheckOutlined, MinusOutlined} from '@ant-design/icons';
import {limitRoutes, type AnswerOf, type QueryOf} from '@banli/api';
import {isDate} from '@banli/time';
import {DateField, ErrorPanel, formatFull, Skeleton, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Button, Input, InputNumber, Select} from 'antd';
import {useState, type FormEvent} from 'react';
import {api, serverClock} from '../../http/api.js';
import {dayOf} from '../../issue/issue-data.js';
import {useCalendarText} from '../../texts/calendar-hook.js';
import type {LayerName, SourceRow} from './year-days.js';

type Question = QueryOf<typeof limitRoutes.due>;

const units: ReadonlyArray<Question['unit']> = ['workingDay', 'naturalDay', 'workingHour', 'hour'];
/** No area has this code: it is answered by the calendar that names none. */
const anyArea = '000000';
const hourPattern = /^([01]\d|2[0-3]):[0-5]\d$/;
const mostCounted = 1_000;

/** When a limit runs out that begins at a moment, by the calendar that holds: the server counts as it does for the clocks of cases. */
export function DueCalculator({layers, calendars}: {readonly layers: readonly LayerName[]; readonly calendars: readonly SourceRow[]}) {
  const t = useCalendarText();
  const [day, setDay] = useState(dayOf(serverClock.now()));
  const [hour, setHour] = useState('10:00');
  const [value, setValue] = useState<number | null>(5);
  const [unit, setUnit] = useState<Question['unit']>('workingDay');
  const [asked, setAsked] = useState<Question | null>(null);
  const area = calendars.find(row => row.values['code'] === layers[0]?.code)?.values['areaCode'] ?? anyArea;
  const found = useQuery({queryKey: ['limitDue', asked], queryFn: () => api.call(limitRoutes.due, {query: asked ?? {area, start: '', value: 1, unit}}), enabled: asked !== null, retry: false});
  const isFit = isDate(day) && hourPattern.test(hour) && value !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isFit) setAsked({area, start: `${day} ${hour}`, value, unit});
  };
  return (
    <section className="app-calendar-due" aria-labelledby="calendar-due">
      <h2 id="calendar-due" className="app-catalog-heading">{t('due.head')}</h2>
      <form className="app-calendar-ask" onSubmit={submit}>
        <div><label htmlFor="due-day">{t('due.day')}</label><DateField id="due-day" value={day} onChange={setDay} isRequired isInvalid={!isDate(day)} /></div>
        <div><label htmlFor="due-hour">{t('due.hour')}</label><Input id="due-hour" className="app-calendar-hour" value={hour} maxLength={5} inputMode="numeric" placeholder="10:00" status={hourPattern.test(hour) ? '' : 'error'} aria-invalid={!hourPattern.test(hour)} onChange={event => setHour(event.target.value.trim())} /></div>
        <div><label htmlFor="due-value">{t('due.value')}</label><InputNumber id="due-value" className="app-calendar-hour" value={value} min={1} max={mostCounted} precision={0} onChange={setValue} /></div>
        <div><label htmlFor="due-unit">{t('due.unit')}</label><Select id="due-unit" className="app-calendar-unit" value={unit} onChange={setUnit} options={units.map(each => ({value: each, label: t(`unit.${each}`)}))} /></div>
        <Button type="primary" htmlType="submit" disabled={!isFit}>{t('due.ask')}</Button>
      </form>
      <p className="banli-secondary">{t('due.help')}</p>
      <div aria-live="polite">
        {found.error ? <ErrorPanel error={found.error} /> : null}
        {found.isFetching && !found.data ? <Skeleton rows={3} /> : null}
        {found.data ? <DueAnswer due={found.data} /> : null}
      </div>
    </section>
  );
}

function DueAnswer({due}: {readonly due: AnswerOf<typeof limitRoutes.due>}) {
  const t = useCalendarText();
  const localize = useLocalize();
  return (
    <>
      <p className="app-calendar-answer">
        <strong>{due.dueAt === null ? '' : t('due.answer', {moment: formatFull(due.dueAt)})}</strong>
        {due.provisional ? <span className="app-mark">{t('due.provisional')}</span> : null}
        <span className="banli-secondary">{t('due.version', {version: due.version})}</span>
      </p>
      <p>{localize(due.text)}</p>
      {due.days.length === 0 ? null : (
        <ol className="app-days">
          {due.days.map(each => (
            <li key={each.date} className={`app-day app-day-${each.counted ? 'counted' : 'skipped'}`}>
              {each.counted ? <CheckOutlined aria-hidden /> : <MinusOutlined aria-hidden />}
              <span className="app-day-at">{each.date}</span>
              <span>{localize(each.text).replace(each.date, '').trim()}</span>
              <span className="banli-secondary">{t(each.counted ? 'due.counted' : 'due.skipped')}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
