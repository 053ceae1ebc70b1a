import {cellsFor, type EditedOption, type FieldCells} from './field-cells.js';
import {addText} from './refused-inputs.js';

/** Kinds of catalogs that are made on a page. */
export const kinds = ['list', 'tree', 'relation', 'matrix'] as const;

/** A column of a catalog that is to be, as it is edited. */
export interface MadeColumn {
  readonly cells: FieldCells;
  readonly options: readonly EditedOption[];
}

/** What most catalogs begin with: a code and a title. */
export const firstColumns: readonly MadeColumn[] = [
  {cells: {column: 'code', titleZh: '编码', titleEn: 'Code', type: 'text', format: 'code', maxLength: '40', required: 'yes', key: 'yes'}, options: []},
  {cells: {column: 'titleZh', titleZh: '名称', titleEn: 'Name', type: 'text', maxLength: '100', required: 'yes'}, options: []},
];

/** An id out of an English title: `Job fairs (2026)` → `job-fairs-2026`. */
export function idFrom(titleEn: string): string {
  return titleEn.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 64).replace(/-+$/, '');
}

/** A column as it is sent. */
export function sentColumn({cells, options}: MadeColumn): Record<string, string> {
  return {...cellsFor(cells, options)};
}

/** Where a refusal is shown: at an input of the catalog, or at a column by its name. */
export interface PlacedFaults {
  readonly cells: ReadonlyMap<string, string>;
  readonly columns: ReadonlyMap<string, string>;
  /** Something stands at no input and at no column: then the refusal is told as a whole, too. */
  readonly isWhole: boolean;
}

const inputs = new Set(['titleZh', 'titleEn', 'id', 'kind', 'owner', 'risk', 'key']);

/** What was refused, as far as the page knows the place. */
export interface Refusal {
  readonly code: string;
  readonly problems: ReadonlyArray<{readonly place: {readonly file?: string | undefined; readonly element?: string | undefined; readonly field?: string | undefined}; readonly text: string}>;
  readonly text: string;
}

/** Puts each problem of a refusal at its input; what is said of the id as a whole stands at the id. @param names - The columns that the page shows. */
export function placeFaults({code, problems, text}: Refusal, names: readonly string[]): PlacedFaults {
  const cells = new Map<string, string>();
  const columns = new Map<string, string>();
  let unplaced = 0;
  if (problems.length === 0 && code.startsWith('CATALOG_CHANGE_ID_')) cells.set('id', text);
  if (problems.length === 0 && code === 'CATALOG_CHANGE_NOT_YOURS') cells.set('owner', text);
  for (const problem of problems) {
    const {file = '', element = '', field = ''} = problem.place;
    const name = element.split('|')[1] ?? '';
    const isColumn = file.endsWith('/.fields');
    if (isColumn && names.includes(name)) addText(columns, name, problem.text);
    else if (!isColumn && inputs.has(field)) addText(cells, field, problem.text);
    else unplaced += 1;
  }
  return {cells, columns, isWhole: unplaced > 0 || cells.size + columns.size === 0};
}
