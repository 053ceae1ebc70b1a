import {listColumns, listRoutes, type ListColumn} from '@banli/api';
import type {ListPreferenceStore} from '@banli/people';
import {bindRoute, type BoundRoute} from '../http/index.js';

/** Binds the routes of what a person arranges for himself in lists: everyone his own. */
export function bindListRoutes({lists}: {readonly lists: ListPreferenceStore}): readonly BoundRoute[] {
  return [
    bindRoute(listRoutes.read, async ({actor, params}) => {
      const {columns, views} = await lists.read(actor.personId, params.list);
      return {columns: columns === null ? null : columns.filter(isColumn), views: [...views]};
    }),
    bindRoute(listRoutes.saveColumns, async ({actor, params, body}) => {
      await lists.saveColumns(actor.personId, params.list, body.columns);
      return {done: true as const};
    }),
    bindRoute(listRoutes.readRows, async ({actor, params}) => {
      const {columns} = await lists.read(actor.personId, tableList(params));
      return {columns: columns && [...columns]};
    }),
    bindRoute(listRoutes.saveRows, async ({actor, params, body}) => {
      await lists.saveColumns(actor.personId, tableList(params), body.columns);
      return {done: true as const};
    }),
    bindRoute(listRoutes.addView, ({actor, params, body}) => lists.addView(actor.personId, params.list, {name: body.name, filters: {...body.filters} as Readonly<Record<string, string>>})),
    bindRoute(listRoutes.removeView, async ({actor, params}) => {
      await lists.removeView(actor.personId, params.list, params.viewId);
      return {done: true as const};
    }),
  ];
}

/** What the list of a table's rows is called. */
function tableList({catalogId, table}: {readonly catalogId: string; readonly table: string}): string {
  return `catalog:${catalogId}/${table}`;
}

/** A column that a later version no longer has is left out. */
function isColumn(name: string): name is ListColumn {
  return listColumns.some(each => each === name);
}
