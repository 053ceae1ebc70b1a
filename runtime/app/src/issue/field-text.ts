import {useLocalize} from '@banli/ui';
import {useCellText} from '../catalogs/cell-text.js';
import type {CatalogForm} from '../catalogs/use-catalog-form.js';
import {useIssueText} from '../texts/issue-hook.js';
import type {IssueRow} from './issue-data.js';

type Cells = Readonly<Record<string, string | null>>;

/** Turns cells that belong together into the text a person reads: 3 个工作日, a unit, a sentence. */
export function useFieldText(form: CatalogForm | undefined, table: string): (row: Pick<IssueRow, 'words'>, columns: readonly string[], cells: Cells) => string {
  const t = useIssueText();
  const localize = useLocalize();
  const text = useCellText();
  return (row, columns, cells) => {
    const parts = columns.flatMap(column => {
      const value = cells[column];
      const known = form?.tables.find(each => each.name === table)?.columns.find(each => each.name === column);
      if (value === null || value === undefined) return [];
      const option = known?.options.find(each => each.value === value);
      return [text(known, value, row.words[column]?.[value] ?? (option ? {'zh-CN': localize(option.title)} : null))];
    });
    return parts.length === 0 ? t('rows.empty') : parts.join(' ');
  };
}
