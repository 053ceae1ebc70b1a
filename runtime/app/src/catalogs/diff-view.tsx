import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {CellText} from './cell-text.js';
import {useCatalogForm} from './use-catalog-form.js';

/** What is different in one row. */
export type RowDiff = AnswerOf<typeof catalogLifeRoutes.diff>['diff'][number];

/** Rows that differ, cell by cell, what was beside what is. `onRemove` offers to take a row out. */
export function DiffView({catalogId, diff, onRemove}: {readonly catalogId: string; readonly diff: readonly RowDiff[]; readonly onRemove?: ((row: RowDiff) => void) | undefined}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const form = useCatalogForm(catalogId).data;
  const columnOf = (table: string, name: string) => form?.tables.find(each => each.name === table)?.columns.find(each => each.name === name);
  return (
    <div className="app-catalog-diff">
      {diff.map(row => (
        <section key={`${row.table}|${row.key}`}>
          <header>
            <span className="app-mark">{t(`op.${row.op}`)}</span>
            <strong>{localize(row.title)}</strong>
            <span className="banli-secondary app-number">{row.key}</span>
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
              {row.cells.map(cell => {
                const column = columnOf(row.table, cell.column);
                return (
                  <tr key={cell.column}>
                    <th scope="row">{column ? localize(column.title) : cell.column}</th>
                    <td className="app-catalog-before">{cell.before === null ? t('change.blank') : <del><CellText column={column} value={cell.before} words={cell.beforeWords} /></del>}</td>
                    <td className="app-catalog-after">{cell.after === null ? t('change.blank') : <ins><CellText column={column} value={cell.after} words={cell.afterWords} /></ins>}</td>
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
