import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import {useToolText} from '../texts/tools-hook.js';
import {CellText} from './cell-text.js';
import {fieldsTable, settingsTable} from './field-cells.js';
import type {OtherSet} from './rows-preview.js';
import {useCatalogForm} from './use-catalog-form.js';

/** What is different in one row. */
export type RowDiff = AnswerOf<typeof catalogLifeRoutes.diff>['diff'][number];

/** Cells of a new column that its place in the list says already. */
const said = new Set(['order', 'status', 'table']);

/** Rows that differ, cell by cell, what was beside what is. `others` are open change sets that touch them, too; `onRemove` offers to take a row out. */
export function DiffView({catalogId, diff, others = [], onRemove}: {readonly catalogId: string; readonly diff: readonly RowDiff[]; readonly others?: readonly OtherSet[]; readonly onRemove?: ((row: RowDiff) => void) | undefined}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const fieldText = useFieldText();
  const toolText = useToolText();
  const form = useCatalogForm(catalogId).data;
  const columnOf = (table: string, name: string) => form?.tables.find(each => each.name === table)?.columns.find(each => each.name === name);
  const blank = (table: string, cell: string) => (table === fieldsTable && cell === 'below' ? fieldText('below.locked') : t('change.blank'));
  return (
    <div className="app-catalog-diff">
      {diff.map(row => (
        <section key={`${row.table}|${row.key}`}>
          <header>
            <span className="app-mark">{t(`op.${row.op}`)}</span>
            <strong title={row.key}>{row.table === fieldsTable ? `${fieldText('tab')} · ` : row.table === settingsTable ? `${fieldText('setting.head')} · ` : ''}{localize(row.title)}</strong>
            {row.key.includes('|') ? null : <span className="banli-secondary app-number">{row.key}</span>}
            {others.filter(other => other.table === row.table && other.key === row.key).map(other => <span key={other.changeId} className="app-mark">{toolText('work.alsoIn', {title: other.title, name: other.authorName})}</span>)}
            {onRemove ? <Button size="small" onClick={() => onRemove(row)}>{t('change.remove')}</Button> : null}
          </header>
          <table>
            <thead>
              <tr>
                <th>{t('change.field')}</th>
                <th>{t('change.before')}</th>
                <th>{t('change.after')}</th>
              </tr>
            </thead>
            <tbody>
              {row.cells.filter(cell => row.table !== fieldsTable || row.op !== 'add' || !said.has(cell.column)).map(cell => {
                const column = columnOf(row.table, cell.column);
                return (
                  <tr key={cell.column}>
                    <th scope="row">{cell.title ? localize(cell.title) : column ? localize(column.title) : cell.column}</th>
                    <td className="app-catalog-before">{cell.before === null ? blank(row.table, cell.column) : <del><CellText column={column} value={cell.before} words={cell.beforeWords} /></del>}</td>
                    <td className="app-catalog-after">{row.op === 'void' && cell.column === 'status' ? <ins>{t('state.void')}</ins> : cell.after === null ? blank(row.table, cell.column) : <ins><CellText column={column} value={cell.after} words={cell.afterWords} /></ins>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
