import {queryRows, type Store} from '@banli/store';
import {mostCounted, type FoundNumbers, type RowsAsked} from './catalog-rows-asked.js';
import {heldValue} from './held-rows.js';
import {proposalCatalog} from './views/dispatch-reason.js';

/**
 * Finds open cases whose form holds what stands for rows of a catalog: the row they were dispatched by, or an option of an element. Each is looked up by index: what is held first, which
 * `cross join` tells SQLite, who would walk through all open cases otherwise; MariaDB reads it as any join and knows by its statistics.
 */
export async function findHeld({knex}: Store, {catalogId, table, rows}: RowsAsked, found: FoundNumbers): Promise<void> {
  for (const {key, values: {elementCode, value}} of rows) {
    const [name, held] = table === 'options' ? [elementCode, value] : catalogId === proposalCatalog ? ['', key] : [];
    if (name === undefined || held === undefined) continue;
    const cases = await queryRows(knex, `select record.number from case_held_row held cross join case_record record on record.id = held.case_id
      where held.catalog_id = ? and held.name = ? and held.value = ? and record.status = 'open' limit ${mostCounted}`, [catalogId, name, heldValue(held)]);
    for (const {number} of cases) found.add(key, String(number));
  }
}
