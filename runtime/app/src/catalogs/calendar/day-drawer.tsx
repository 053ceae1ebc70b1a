import {weekdayName} from '@banli/time';
import {useLanguage, useLocalize, useReturnFocus} from '@banli/ui';
import {Button, Drawer} from 'antd';
import {useEffect, useRef, useState} from 'react';
import {Link} from 'react-router-dom';
import {sourceWords} from '../../case/source-words.js';
import {useCan} from '../../session/session-context.js';
import {useCalendarText} from '../../texts/calendar-hook.js';
import {useCatalogText} from '../../texts/catalogs-hook.js';
import {useText} from '../../texts/hook.js';
import {EditRow, type Edited} from '../edit-row.js';
import {offeredOps, RowDrawer} from '../row-drawer.js';
import type {ListedRow} from '../rows-tab.js';
import type {CatalogForm} from '../use-catalog-form.js';
import type {CalendarYear, LayerName, YearDay} from './year-days.js';

/** A day: what it is and who says so, what each calendar says of it, what is proposed. Whoever may edit sets the day here, in a change set like any other. */
export function DayDrawer({form, shown, date, onClose}: {readonly form: CatalogForm; readonly shown: CalendarYear<ListedRow>; readonly date: string; readonly onClose: () => void}) {
  useReturnFocus();
  const t = useCalendarText();
  const language = useLanguage();
  const canPublish = useCan('catalogs.publish');
  const [edited, setEdited] = useState<Edited | null>(null);
  const [opened, setOpened] = useState<ListedRow | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const asked = shown.rows.get(date)?.length ?? 0;
  // The button that was pressed goes once its calendar has a row for the day: whoever works by keys stays in the drawer.
  useEffect(() => {
    if (edited === null && opened === null && document.activeElement === document.body) panel.current?.focus();
  }, [edited, opened, asked]);
  const table = form.tables.find(each => each.name === 'days');
  const day = shown.days.find(each => each.date === date);
  if (!table || !day) return null;
  const next = shown.proposed.get(date);
  const rows = shown.rows.get(date) ?? [];
  const free = shown.layers.filter(layer => !rows.some(each => each.layer.code === layer.code));
  const set = (layer: LayerName) => setEdited({op: 'add', cells: {layer: layer.code, date, kind: day.working ? 'off' : 'work', dayStatus: 'published'}});
  return (
    <Drawer open title={`${date} ${weekdayName(day.weekday, language)}`} width={520} rootClassName="app-catalog-row" onClose={onClose}>
      <div ref={panel} tabIndex={-1} className="app-calendar-panel"><DayFacts day={day} /></div>
      {next ? <section className="app-catalog-part"><h2>{t('day.next')}</h2><DayFacts day={next} /></section> : null}
      <section className="app-catalog-part">
        <h2>{t('day.rows')}</h2>
        {rows.length === 0 ? <p className="banli-secondary">{t('day.noRows')}</p> : null}
        <ul className="app-plain-list">
          {rows.map(({layer, row}) => <DayRow key={row.key} form={form} layer={layer} row={row} onOpen={() => setOpened(row)} onEdit={setEdited} />)}
        </ul>
        {form.edits === 'none' ? null : <div className="app-catalog-buttons app-calendar-set">{free.map(layer => <SetButton key={layer.code} layer={layer} onSet={() => set(layer)} />)}</div>}
      </section>
      <p className="app-catalog-note" role="note">{t('day.recompute')}{canPublish ? <> <Link to="/limit-plans">{t('day.plans')}</Link></> : null}</p>
      {opened ? <RowDrawer catalogId={form.id} table={table} row={rows.find(each => each.row.key === opened.key)?.row ?? opened} onClose={() => setOpened(null)} /> : null}
      {edited ? <EditRow catalogId={form.id} table={table} edited={edited} onEnd={() => setEdited(null)} /> : null}
    </Drawer>
  );
}

function SetButton({layer, onSet}: {readonly layer: LayerName; readonly onSet: () => void}) {
  const t = useCalendarText();
  const localize = useLocalize();
  return <Button onClick={onSet}>{t('day.set', {calendar: localize(layer.title)})}</Button>;
}

function DayFacts({day}: {readonly day: YearDay}) {
  const t = useCalendarText();
  const appText = useText();
  const localize = useLocalize();
  const pairs = [
    [t('day.kind'), t(`mark.${day.mark}`)],
    ...(day.layer ? [[t('day.name'), localize(day.title)], [t('day.layer'), localize(day.layer.title)], [t('day.source'), sourceWords(day.source, appText)]] as const : [[t('day.layer'), t('day.rhythm')]] as const),
    ...(day.isProvisional ? [[t('day.status'), t('provisional')]] as const : []),
  ] as const;
  return (
    <dl className="app-catalog-cells">
      {pairs.map(([title, value]) => <div key={title}><dt>{title}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}

/** What one calendar says of the day, and the sets that change it. */
function DayRow({form, layer, row, onOpen, onEdit}: {readonly form: CatalogForm; readonly layer: LayerName; readonly row: ListedRow; readonly onOpen: () => void; readonly onEdit: (edited: Edited) => void}) {
  const t = useCalendarText();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const [first] = row.mayEdit ? offeredOps(row) : [];
  return (
    <li className="app-calendar-row">
      <div>
        <strong>{localize(layer.title)}</strong> {localize(row.title)}
        {row.values['status'] === 'retired' ? <span className="app-mark">{catalogText('state.retired')}</span> : null}
      </div>
      {row.pending.map(each => (
        <div key={each.changeId}><Link to={`/catalogs/${form.id}?tab=changes&change=${each.changeId}`}>{catalogText('row.pendingLine', {op: catalogText(`op.${each.op}`), author: each.authorName, title: each.title, state: catalogText(`state.${each.state}`)})}</Link></div>
      ))}
      <div className="app-catalog-buttons">
        {first ? <Button type="primary" onClick={() => onEdit({op: first, row})}>{catalogText(`row.${first}`)}</Button> : null}
        <Button onClick={onOpen}>{t('day.more')}</Button>
      </div>
    </li>
  );
}
