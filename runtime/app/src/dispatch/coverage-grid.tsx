import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useRef, useState, type KeyboardEvent} from 'react';
import {useToolText} from '../texts/tools-hook.js';
import {LayerMark} from './layer-mark.js';
import type {Place} from './place-drawer.js';
import {useUnitNames} from '../frame/use-unit-name.js';

type CoverageMap = AnswerOf<typeof dispatchRoutes.coverageMap>;

/** Matters down, areas across. One cell is in the tab order; arrows walk, Enter opens. */
export function CoverageGrid({map, columns, onOpen, onArea}: {readonly map: CoverageMap; readonly columns: number; readonly onOpen: (place: Place) => void; readonly onArea: (key: string) => void}) {
  const unitNames = useUnitNames();
  const t = useToolText();
  const localize = useLocalize();
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({row: 0, column: 0});
  const areas = map.areas.slice(0, columns);
  const move = (row: number, column: number) => {
    const next = {row: Math.min(Math.max(row, 0), map.matters.length - 1), column: Math.min(Math.max(column, 0), areas.length - 1)};
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row}.${next.column}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, row: number, column: number) => {
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
    if (step) move(row + (step[0] ?? 0), column + (step[1] ?? 0));
    else if (event.key === 'Home') move(row, 0);
    else if (event.key === 'End') move(row, areas.length - 1);
    else return;
    event.preventDefault();
  };
  const focused = {row: Math.min(at.row, map.matters.length - 1), column: Math.min(at.column, areas.length - 1)};
  return (
    <div className="app-cover-scroll">
      <table className="app-cover-grid" role="grid" aria-label={t('dispatch.map')} aria-rowcount={map.matters.length + 1} ref={grid}>
        <thead>
          <tr>
            <th scope="col">{t('dispatch.matter')}</th>
            {areas.map((area, index) => (
              <th key={area.key} scope="col" className="app-cover-area">
                {area.below > 0 && index > 0 ? <Button type="link" size="small" title={t('dispatch.into', {area: localize(area.title)})} onClick={() => onArea(area.key)}>{localize(area.title)}</Button> : localize(area.title)}
                <LayerMark layer={area.layer} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.matters.map((matter, row) => (
            <tr key={matter.key}>
              <th scope="row" title={matter.key}>{localize(matter.title)}</th>
              {areas.map((area, column) => {
                const cell = map.cells[row]?.[column];
                if (!cell) return <td key={area.key} />;
                const names = unitNames(cell.units);
                const word = t(`dispatch.kind.${cell.kind}`);
                const more = cell.special > 0 ? ` ${t('dispatch.special', {count: cell.special})}` : '';
                const place: Place = {...cell, matterCode: matter.key, matter: matter.title, areaCode: area.key, area: area.title};
                return (
                  <td key={area.key}>
                    <button type="button" data-cell={`${row}.${column}`} tabIndex={focused.row === row && focused.column === column ? 0 : -1} className={`app-cover-cell app-cover-${cell.kind}`} title={`${word} ${names}${more}`} aria-label={`${localize(matter.title)} ${localize(area.title)} ${word} ${names}${more}`} onFocus={() => setAt({row, column})} onKeyDown={event => press(event, row, column)} onClick={() => onOpen(place)}>
                      <span className="banli-one-line">{cell.kind === 'one' ? names : word}{cell.special > 0 ? <sup className="app-number"> +{cell.special}</sup> : null}</span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
