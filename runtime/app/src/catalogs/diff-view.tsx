import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {columnTitle} from './column-words.js';

/** What is different in one row. */
export type RowDiff = AnswerOf<typeof catalogLifeRoutes.diff>['diff'][number];

/** Rows that differ, cell by cell, what was beside what is. `onRemove` offers to take a row out. */
export function DiffView({diff, onRemove}: {readonly diff: readonly RowDiff[]; readonly onRemove?: ((row: RowDiff) => void) | undefined}) {
  const t = useCatalogText();
  const localize = useLocalize();
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
              {row.cells.map(cell => (
                <tr key={cell.column}>
                  <th scope="row">{localize(columnTitle(cell.column))}</th>
                  <td className="app-catalog-before">{cell.before === null ? t('change.blank') : <del>{cell.before}</del>}</td>
                  <td className="app-catalog-after">{cell.after === null ? t('change.blank') : <ins>{cell.after}</ins>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
