import type {Language} from '@banli/ui';
import type {ListedRow} from './rows-tab.js';

/** The titles above a row, outermost first. */
export function pathOf(row: Pick<ListedRow, 'path' | 'pathEn'>, language: Language): readonly string[] {
  return language === 'en' ? (row.pathEn ?? row.path) : row.path;
}
