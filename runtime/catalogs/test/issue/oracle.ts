import type {CatalogManifest, CatalogRow, CatalogTable} from '@banli/formats/catalogs';

/** Rows by table and key. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, CatalogRow>>;
export type Cells = Readonly<Record<string, string>>;

/** What a unit makes of one row: a row of its own, or cells laid over one from above. */
export interface Mine {
  readonly table: string;
  readonly key: string;
  readonly cells: Cells;
}

/** What a unit confirmed: the rows it was given then with its own in them, what those are, and what it stood on. */
export interface Confirmed {
  readonly rows: Rows;
  readonly mine: readonly Mine[];
  readonly standsOn: Confirmed | null;
}

/** What a unit puts or proposes. */
export interface Move {
  readonly table: string;
  readonly key?: string;
  readonly cells: Cells;
}

/** Areas are nested by their digits: 6501 holds 650102. */
export function isWithin(area: string, outer: string): boolean {
  return area.startsWith(outer.replace(/(00)+$/, ''));
}

/** Rows that a unit is given: without those of elsewhere. */
export function given(manifest: CatalogManifest, rows: Rows, area: string): Rows {
  const isGiven = (table: string, row: CatalogRow): boolean => {
    const own = row[manifest.tables[table]?.issue?.area ?? ''];
    return own === undefined || isWithin(own, area) || isWithin(area, own);
  };
  return new Map([...rows].map(([table, all]) => [table, new Map([...all].filter(([, row]) => isGiven(table, row)))]));
}

/** Rows with cells of a unit laid over them. */
export function laid(rows: Rows, mine: readonly Mine[]): Rows {
  const all = new Map([...rows].map(([table, own]) => [table, new Map(own)]));
  for (const {table, key, cells} of mine) all.get(table)?.set(key, {...(all.get(table)?.get(key) ?? {}), ...cells});
  return all;
}

/** What a unit made of it, without the cells that the level above has by now, too. */
export function carried(rows: Rows, mine: readonly Mine[], groups: (table: string, column: string) => readonly string[]): readonly Mine[] {
  return mine.flatMap(each => {
    const theirs = rows.get(each.table)?.get(each.key);
    if (!theirs) return [each];
    const differs = (column: string): boolean => groups(each.table, column).some(other => other in each.cells && each.cells[other] !== theirs[other]);
    const cells = Object.fromEntries(Object.entries(each.cells).filter(([column]) => differs(column)));
    return Object.keys(cells).length > 0 ? [{...each, cells}] : [];
  });
}

/** Whether the catalog's own words allow a move; `null` where only units or other measures of time could tell. */
export function isAllowed(definition: CatalogTable, theirs: CatalogRow | undefined, {cells}: Move, area: string): boolean | null {
  const {issue} = definition;
  if (!issue) return false;
  if (!theirs) {
    const isOpen = Object.entries(issue.localOnly ?? {}).every(([column, values]) => values.includes(cells[column] ?? ''));
    return issue.local === true && isOpen && (issue.area === undefined || isWithin(cells[issue.area] ?? '', area));
  }
  const own = issue.area === undefined ? area : theirs[issue.area];
  if (own === undefined || !isWithin(own, area)) return false;
  const said = Object.entries(cells).filter(([column, value]) => value !== theirs[column]).map(([column, value]) => allows(definition, theirs, column, {...theirs, ...cells}, value));
  return said.includes(false) ? false : said.includes(null) ? null : true;
}

function allows(definition: CatalogTable, theirs: CatalogRow, column: string, mine: CatalogRow, value: string): boolean | null {
  const override = definition.issue?.overrides?.find(each => each.columns.includes(column));
  if (!override) return false;
  const [first = '', unit = ''] = override.columns;
  const rank = (found: string | undefined): number => override.order?.indexOf(found ?? '') ?? 0;
  return {
    free: true, ownUnit: null, retire: value === 'retired', extend: value.includes(theirs[column] ?? ''), notLower: rank(value) >= rank(theirs[column]),
    notLonger: mine[unit] === theirs[unit] ? Number(mine[first]) <= Number(theirs[first]) : null,
  }[override.bound];
}
