import {isDuplicateKey, newId, type SqlRow, type Store} from '@banli/store';
import type {Clock} from '@banli/time';
import {peopleErrors} from './errors.js';

/** Filters of a list by name, as they stand in its address. */
export type ListFilters = Readonly<Record<string, string>>;

/** A view that a person has saved: a name for filters. */
export interface ListView {
  readonly id: string;
  readonly name: string;
  readonly filters: ListFilters;
}

/** How a person has arranged one list. `columns` in their order, `null` while he has chosen none; `views` in the order they were saved. */
export interface ListPreferences {
  readonly columns: readonly string[] | null;
  readonly views: readonly ListView[];
}

/** Keeps what persons arrange for themselves in lists, so that every browser shows it; nobody reads that of another. */
export interface ListPreferenceStore {
  read(personId: string, list: string): Promise<ListPreferences>;
  /** Keeps the chosen columns; `null` goes back to the usual ones. */
  saveColumns(personId: string, list: string, columns: readonly string[] | null): Promise<void>;
  /** @throws AppError `PEOPLE_VIEW_NAME_BAD`, `PEOPLE_VIEW_NAME_TAKEN`, `PEOPLE_VIEWS_FULL` */
  addView(personId: string, list: string, view: Omit<ListView, 'id'>): Promise<ListView>;
  /** @throws AppError `PEOPLE_VIEW_UNKNOWN`, also for a view of somebody else and for one that is gone. */
  removeView(personId: string, list: string, viewId: string): Promise<void>;
}

/** Views of one person at one list, at most; the figure is our own. */
export const mostViews = 20;
const longestName = 40;

/** Makes the store on the tables `list_columns` and `list_view`. */
export function createListPreferences({store, clock}: {readonly store: Store; readonly clock: Clock}): ListPreferenceStore {
  const {knex} = store;
  return {
    async read(personId, list) {
      const [chosen, views] = await Promise.all([
        knex('list_columns').where({person_id: personId, list}).first<SqlRow | undefined>('columns'),
        knex('list_view').where({person_id: personId, list}).orderBy('id').select<SqlRow[]>('id', 'name', 'filters'),
      ]);
      return {
        columns: chosen ? (JSON.parse(String(chosen['columns'])) as string[]) : null,
        views: views.map(row => ({id: String(row['id']), name: String(row['name']), filters: JSON.parse(String(row['filters'])) as ListFilters})),
      };
    },
    async saveColumns(personId, list, columns) {
      if (columns === null) await knex('list_columns').where({person_id: personId, list}).delete();
      else await knex('list_columns').insert({person_id: personId, list, columns: JSON.stringify(columns), updated_at: clock.now()}).onConflict(['person_id', 'list']).merge();
    },
    addView: (personId, list, {name: typed, filters}) => store.tx(async tx => {
      const name = typed.trim();
      if (name === '' || name.length > longestName || /[\u0000-\u001f\u007f]/.test(name)) throw peopleErrors.VIEW_NAME_BAD({longest: longestName});
      const held = await tx('list_view').where({person_id: personId, list}).count({count: '*'}).first<{count: number | string} | undefined>();
      if (Number(held?.count ?? 0) >= mostViews) throw peopleErrors.VIEWS_FULL({most: mostViews});
      const id = newId(clock.now());
      await tx('list_view').insert({id, person_id: personId, list, name, filters: JSON.stringify(filters), created_at: clock.now()}).catch((error: unknown) => {
        throw isDuplicateKey(error) ? peopleErrors.VIEW_NAME_TAKEN({name}, {cause: error}) : error;
      });
      return {id, name, filters};
    }),
    async removeView(personId, list, viewId) {
      if ((await knex('list_view').where({id: viewId, person_id: personId, list}).delete()) !== 1) throw peopleErrors.VIEW_UNKNOWN();
    },
  };
}
