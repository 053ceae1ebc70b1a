import {catalogLifeRoutes, type AnswerOf} from '@banli/api';
import type {LocalizedText} from '@banli/formats';
import {useQuery} from '@tanstack/react-query';
import {api} from '../http/api.js';

/** What the pages of a catalog are made of: tables and columns with their words. */
export type CatalogForm = AnswerOf<typeof catalogLifeRoutes.form>;
/** A table of a catalog. */
export type TableForm = CatalogForm['tables'][number];
/** A column of a table. */
export type FormColumn = TableForm['columns'][number];

/** Loads the form of a catalog, kept for a minute. `enabled` is false for whoever may not read it. */
export function useCatalogForm(catalogId: string, enabled = true) {
  return useQuery({enabled, queryKey: ['catalogForm', catalogId], queryFn: () => api.call(catalogLifeRoutes.form, {params: {catalogId}}), staleTime: 60_000});
}

/** The same as a change set would make it: with the columns that the set adds. An empty id is the last version. */
export function useFormOfSet(catalogId: string, changeId: string) {
  return useQuery({queryKey: ['catalogForm', catalogId, changeId], queryFn: () => api.call(catalogLifeRoutes.form, {params: {catalogId}, query: changeId === '' ? {} : {changeId}}), staleTime: 5_000});
}

/** What a column is called; its own name where the catalog says nothing. */
export function columnTitle(form: CatalogForm | undefined, table: string, column: string): LocalizedText {
  return form?.tables.find(each => each.name === table)?.columns.find(each => each.name === column)?.title ?? {'zh-CN': column};
}
