import {AimOutlined, MinusOutlined, PlusOutlined, CompressOutlined} from '@ant-design/icons';
import {ErrorPanel, useLanguage} from '@banli/ui';
import {Button} from 'antd';
import {useEffect, useMemo, useRef, useState} from 'react';
import type {DiagramMarkView} from '../case/case-data.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {useText} from '../texts/hook.js';
import {openDrawing, type Drawing} from './drawing.js';
import {MarkList} from './mark-list.js';
import './diagram.css';

/** The statuses of an element, in the order of the legend. */
const statuses = ['done', 'current', 'cancelled', 'waiting', 'skipped', 'ahead'] as const;

/** The drawing with what was done, what is current and what waits. It opens where it can be read: at the steps of this person (`mine`), else at the current ones, else at the last; the whole is one click away. The same marks as a list for those who do not read diagrams. */
export function DiagramView({xml, marks, flows, mine}: {readonly xml: string; readonly marks: readonly DiagramMarkView[]; readonly flows: readonly string[]; readonly mine: readonly string[]}) {
  const t = useText();
  const language = useLanguage();
  const unitName = useUnitName();
  const canvas = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (!canvas.current) return undefined;
    let isCurrent = true;
    const opening = openDrawing(canvas.current, xml, language, setChosen);
    opening.ready.then(
      () => isCurrent && setDrawing(opening),
      (failure: unknown) => isCurrent && setError(failure),
    );
    return () => {
      isCurrent = false;
      setDrawing(null);
      opening.close();
    };
  }, [xml, language]);
  useEffect(() => drawing?.mark(marks.map(mark => ({...mark, persons: mark.persons.map(unitName)})), flows), [drawing, marks, flows, unitName]);
  const current = mine.length > 0 ? mine : marks.filter(mark => mark.status === 'current').map(mark => mark.elementId);
  const first = useRef(current);
  first.current = current.length > 0 ? current : lastOf(marks);
  useEffect(() => drawing?.begin(first.current), [drawing]);
  useEffect(() => drawing?.choose(chosen), [drawing, chosen]);
  const present = useMemo(() => new Set(marks.map(mark => mark.status)), [marks]);
  return (
    <div className="app-diagram">
      {error !== null ? <ErrorPanel error={error} /> : null}
      <div className="app-diagram-frame">
        <div className="app-diagram-legend" aria-hidden>
          {statuses.map(status => (present.has(status) ? <span key={status} className={`app-legend app-legend-${status}`}>{t(`diagram.${status}`)}</span> : null))}
        </div>
        <div className="app-diagram-zoom">
          <Button size="small" icon={<PlusOutlined />} aria-label={t('diagram.zoomIn')} onClick={() => drawing?.zoom(1)} />
          <Button size="small" icon={<MinusOutlined />} aria-label={t('diagram.zoomOut')} onClick={() => drawing?.zoom(-1)} />
          {current.length > 0 ? <Button size="small" icon={<AimOutlined />} aria-label={t('diagram.toCurrent')} title={t('diagram.toCurrent')} onClick={() => drawing?.show(current)} /> : null}
          <Button size="small" icon={<CompressOutlined />} aria-label={t('diagram.fit')} onClick={() => drawing?.fit()} />
        </div>
        <div ref={canvas} className="app-diagram-canvas" role="group" aria-label={t('diagram.label')} />
      </div>
      <MarkList marks={marks} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

/** The element that was entered last, of a case that is over. */
function lastOf(marks: readonly DiagramMarkView[]): readonly string[] {
  const [last] = [...marks].filter(mark => mark.enteredAt !== null).sort((a, b) => (b.enteredAt ?? 0) - (a.enteredAt ?? 0));
  return last ? [last.elementId] : [];
}
