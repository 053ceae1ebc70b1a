import {listRoutes, type RowColumn} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {api} from '../http/api.js';
import {useAdminText} from '../texts/admin-hook.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {cellColumn, shownRowColumns} from './row-columns.js';
import type {TableForm} from './use-catalog-form.js';

/** Own columns of a table of a catalog, kept on the server. A chosen column shows at once and goes back when it could not be kept. */
export function useRowColumns(catalogId: string, table: TableForm) {
  const cache = useQueryClient();
  const queryKey = ['rowColumns', catalogId, table.name];
  const params = {catalogId, table: table.name};
  const loaded = useQuery({queryKey, queryFn: () => api.call(listRoutes.readRows, {params}), staleTime: 60_000});
  const save = useMutation({
    mutationFn: (columns: readonly RowColumn[] | null) => api.call(listRoutes.saveRows, {params, body: {columns: columns && [...columns]}}),
    onMutate: columns => cache.setQueryData(queryKey, {columns}),
    onError: () => cache.invalidateQueries({queryKey}),
  });
  const chosen = loaded.data?.columns ?? null;
  return {columns: shownRowColumns(table, chosen), isChosen: chosen !== null, error: loaded.error ?? save.error, retry: () => void loaded.refetch(), save: (columns: readonly RowColumn[] | null) => save.mutate(columns)};
}

/** What a column of the list is called. */
export function useRowColumnName(table: TableForm): (column: RowColumn) => string {
  const t = useCatalogText();
  const own = useAdminText();
  const localize = useLocalize();
  return column => {
    const cell = cellColumn(table, column);
    if (cell) return localize(cell.title);
    if (column === 'state' || column === 'updated') return t(`column.${column}`);
    return column === 'level' || column === 'path' || column === 'creator' || column === 'created' ? own(`column.${column}`) : column;
  };
}
