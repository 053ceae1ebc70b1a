import type {RowColumn} from '@banli/api';
import {formatFull, formatMoment, useJoints, useLanguage, useLocalize} from '@banli/ui';
import {Button, Checkbox} from 'antd';
import type {CSSProperties} from 'react';
import {useUnitName} from '../frame/use-unit-name.js';
import {serverClock} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {dayOf} from '../issue/issue-data.js';
import {useCellText} from './cell-text.js';
import type {ListedRow} from './rows-tab.js';
import {pathOf} from './row-path.js';
import {cellColumn, leastRowWidth} from './row-columns.js';
import type {TableForm} from './use-catalog-form.js';
import {useRowColumnName, useRowColumns} from './use-row-columns.js';

/** Rows chosen for something to be done with them together. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  choose(keys: readonly string[]): void;
}

/** Rows as a table; on a phone as cards. */
export function RowTable({catalogId, table, rows, selection, onOpen}: {readonly catalogId: string; readonly table: TableForm; readonly rows: readonly ListedRow[]; readonly selection: Selection | null; readonly onOpen: (row: ListedRow) => void}) {
  const t = useCatalogText();
  const toolText = useToolText();
  const localize = useLocalize();
  const language = useLanguage();
  const own = useRowColumns(catalogId, table);
  const nameOf = useRowColumnName(table);
  const hasCode = table.key.length === 1;
  return (
    <div className="app-rows-scroll">
      <table className="app-rows app-catalogs app-rows-wide" style={{'--rows-least': `${leastRowWidth(table, own.columns, selection !== null)}px`} as CSSProperties}>
        <thead>
          <tr>
            {selection ? <th className="app-tool-col-pick"><Checkbox aria-label={toolText('work.selectAll')} checked={rows.length > 0 && rows.every(row => selection.keys.has(row.key))} indeterminate={rows.some(row => selection.keys.has(row.key)) && !rows.every(row => selection.keys.has(row.key))} onChange={event => selection.choose(event.target.checked ? [...selection.keys, ...rows.map(row => row.key)] : [])} /></th> : null}
            {hasCode ? <th className="app-catalog-col-code">{t('column.code')}</th> : null}
            <th className="app-catalog-col-title">{t('column.title')}</th>
            {own.columns.map(column => <th key={column} className={classOf(column)}>{nameOf(column)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key} className="app-row" aria-selected={selection ? selection.keys.has(row.key) : undefined} onClick={() => onOpen(row)}>
              {selection ? <td className="app-tool-col-pick" onClick={event => event.stopPropagation()}><Checkbox aria-label={toolText('work.selectRow', {title: localize(row.title)})} checked={selection.keys.has(row.key)} onChange={event => selection.choose(event.target.checked ? [...selection.keys, row.key] : [...selection.keys].filter(key => key !== row.key))} /></td> : null}
              {hasCode ? <td className="app-catalog-col-code app-number" title={row.key}><span className="banli-one-line">{row.key}</span></td> : null}
              <td className="app-catalog-col-title">
                <Button type="link" className="app-catalog-open" title={[...pathOf(row, language), localize(row.title), row.key].join(' / ')} onClick={event => {
                  event.stopPropagation();
                  onOpen(row);
                }}>
                  <span className="banli-one-line">{localize(row.title)}</span>
                  {row.path.length > 0 ? <span className="banli-secondary banli-one-line">{pathOf(row, language).join(' / ')}</span> : null}
                </Button>
              </td>
              {own.columns.map(column => <RowCell key={column} table={table} column={column} row={row} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The class that gives a column its width. */
function classOf(column: RowColumn): string {
  if (column.startsWith('cell.') || column === 'creator') return 'app-catalog-col-more';
  return column === 'state' ? 'app-catalog-col-state' : column === 'level' ? 'app-catalog-col-level' : column === 'path' ? 'app-catalog-col-path' : 'app-catalog-col-date';
}

function RowCell({table, column, row}: {readonly table: TableForm; readonly column: RowColumn; readonly row: ListedRow}) {
  const t = useCatalogText();
  const joints = useJoints();
  const language = useLanguage();
  const text = useCellText();
  const unitName = useUnitName();
  const className = classOf(column);
  if (column === 'state') return <td className={className}><span className={row.state === 'effective' ? undefined : 'app-mark'}>{t(`state.${row.state}`)}</span>{row.pending.length > 1 ? <span className="banli-secondary banli-one-line" title={joints.list(row.pending.map(each => each.title))}>{t('row.pendingMark', {count: row.pending.length})}</span> : null}{row.scheduled ? <span className="banli-secondary banli-one-line">{t('state.scheduledFrom', {date: dayOf(row.scheduled.effectiveAt)})}</span> : null}</td>;
  if (column === 'updated' || column === 'created') {
    const moment = column === 'updated' ? row.updatedAt : row.createdAt;
    return <td className={className} title={formatFull(moment)}>{formatMoment(moment, serverClock.now(), language)}</td>;
  }
  const cell = cellColumn(table, column);
  const value = cell ? row.values[cell.name] : undefined;
  const words = column === 'level' ? String(row.level ?? '') : column === 'path' ? pathOf(row, language).join(' / ') : column === 'creator' ? unitName(row.creator.name) : cell && value !== undefined ? text(cell, value, row.words[cell.name]) : '';
  return <td className={className} title={words}><span className="banli-one-line">{words}</span></td>;
}
