import {formatFull, formatMoment, useLanguage, useLocalize} from '@banli/ui';
import {Button, Checkbox} from 'antd';
import {serverClock} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {dayOf} from '../issue/issue-data.js';
import {useCellText} from './cell-text.js';
import type {ListedRow} from './rows-tab.js';
import {pathOf} from './row-path.js';
import type {FormColumn, TableForm} from './use-catalog-form.js';

/** Rows chosen for something to be done with them together. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  choose(keys: readonly string[]): void;
}

const mostMore = 2;

/** Columns worth a place beside the title: references and choices that are not in the key already. */
function moreColumns(table: TableForm): readonly FormColumn[] {
  return table.columns.filter(column => column.name !== 'status' && !column.isRetired && column.name !== table.parent && column.name !== 'titleEn' && !table.key.includes(column.name) && (column.reference !== null || column.options.length > 0 || column.name === 'value')).slice(0, mostMore);
}

/** Rows as a table; on a phone as cards. */
export function RowTable({table, rows, selection, onOpen}: {readonly table: TableForm; readonly rows: readonly ListedRow[]; readonly selection: Selection | null; readonly onOpen: (row: ListedRow) => void}) {
  const t = useCatalogText();
  const toolText = useToolText();
  const localize = useLocalize();
  const language = useLanguage();
  const text = useCellText();
  const more = moreColumns(table);
  const hasCode = table.key.length === 1;
  return (
    <table className="app-rows app-catalogs">
      <thead>
        <tr>
          {selection ? <th className="app-tool-col-pick"><Checkbox aria-label={toolText('work.selectAll')} checked={rows.length > 0 && rows.every(row => selection.keys.has(row.key))} indeterminate={rows.some(row => selection.keys.has(row.key)) && !rows.every(row => selection.keys.has(row.key))} onChange={event => selection.choose(event.target.checked ? [...selection.keys, ...rows.map(row => row.key)] : [])} /></th> : null}
          {hasCode ? <th className="app-catalog-col-code">{t('column.code')}</th> : null}
          <th className="app-catalog-col-title">{t('column.title')}</th>
          {more.map(column => <th key={column.name} className="app-catalog-col-more">{localize(column.title)}</th>)}
          <th className="app-catalog-col-state">{t('column.state')}</th>
          <th className="app-catalog-col-date">{t('column.updated')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.key} className="app-row" aria-selected={selection ? selection.keys.has(row.key) : undefined} onClick={() => onOpen(row)}>
            {selection ? <td className="app-tool-col-pick" onClick={event => event.stopPropagation()}><Checkbox aria-label={toolText('work.selectRow', {title: localize(row.title)})} checked={selection.keys.has(row.key)} onChange={event => selection.choose(event.target.checked ? [...selection.keys, row.key] : [...selection.keys].filter(key => key !== row.key))} /></td> : null}
            {hasCode ? <td className="app-catalog-col-code app-number" title={row.key}>{row.key}</td> : null}
            <td className="app-catalog-col-title">
              <Button type="link" className="app-catalog-open" title={[...pathOf(row, language), localize(row.title), row.key].join(' / ')} onClick={event => {
                event.stopPropagation();
                onOpen(row);
              }}>
                <span className="banli-one-line">{localize(row.title)}</span>
                {row.path.length > 0 ? <span className="banli-secondary banli-one-line">{pathOf(row, language).join(' / ')}</span> : null}
              </Button>
            </td>
            {more.map(column => {
              const value = row.values[column.name];
              const words = value === undefined ? '' : text(column, value, row.words[column.name]);
              return <td key={column.name} className="app-catalog-col-more" title={words}><span className="banli-one-line">{words}</span></td>;
            })}
            <td className="app-catalog-col-state"><span className={row.state === 'effective' ? undefined : 'app-mark'}>{t(`state.${row.state}`)}</span>{row.pending.length > 1 ? <span className="banli-secondary banli-one-line" title={row.pending.map(each => each.title).join('、')}>{t('row.pendingMark', {count: row.pending.length})}</span> : null}{row.scheduled ? <span className="banli-secondary banli-one-line">{t('state.scheduledFrom', {date: dayOf(row.scheduled.effectiveAt)})}</span> : null}</td>
            <td className="app-catalog-col-date" title={formatFull(row.updatedAt)}>{formatMoment(row.updatedAt, serverClock.now(), language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
