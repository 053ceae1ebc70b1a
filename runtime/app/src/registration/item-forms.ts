import {caseRoutes} from '@banli/api';
import {fieldsOf} from '@banli/ui/logic';
import {keepPreviousData, queryOptions, useQuery, type QueryClient} from '@tanstack/react-query';
import {api} from '../http/api.js';
import {meaningOf, startSchema, type ItemValues, type StartForm} from './start-form.js';

/** What the form of an order depends on beside the application: its matter and its channel. */
export interface Subject {
  readonly matter?: string;
  readonly channel?: string;
}

const keptMs = 5 * 60_000;

/** Matter and channel of an order, as far as they are chosen; nothing where the form does not depend on them. */
export function subjectOf(start: StartForm, values: ItemValues): Subject {
  if (!start.byClass) return {};
  const read = (meaning: 'matter' | 'channel') => {
    const name = meaningOf(start, meaning);
    const value = name === null ? undefined : values[name];
    return typeof value === 'string' && value !== '' ? {[meaning]: value} : {};
  };
  return {...read('matter'), ...read('channel')};
}

/** The form of an order of this subject: the base form with what its class asks as of now. */
export function itemForm(bundleId: string, subject: Subject) {
  return queryOptions({
    queryKey: ['startForm', bundleId, subject.matter ?? '', subject.channel ?? ''],
    queryFn: () => api.call(caseRoutes.startForm, {params: {bundleId}, query: {...subject}}),
    staleTime: keptMs,
    refetchOnWindowFocus: false,
  });
}

/** The form for a subject; while it is on its way, the one shown before. */
export function useItemForm(bundleId: string, start: StartForm, subject: Subject): {readonly form: StartForm; readonly error: Error | null; readonly retry: () => void} {
  const isBase = Object.keys(subject).length === 0;
  const {data, error, refetch} = useQuery({...itemForm(bundleId, subject), enabled: !isBase, placeholderData: keepPreviousData});
  return {form: isBase ? start : (data ?? start), error: isBase ? null : error, retry: () => void refetch()};
}

/** The form of an order for checking and sending it, loaded if it is not known. @throws ApiError when it cannot be loaded. */
export async function loadItemForm(cache: QueryClient, bundleId: string, start: StartForm, item: ItemValues): Promise<StartForm> {
  const subject = subjectOf(start, item);
  return Object.keys(subject).length === 0 ? start : cache.ensureQueryData(itemForm(bundleId, subject));
}

/** What of an order fits its form: answers to a class it no longer has stay on the screen's memory, but are not kept in the draft. */
export function fittingItem(cache: QueryClient, bundleId: string, start: StartForm, item: ItemValues): ItemValues {
  const subject = subjectOf(start, item);
  const form = Object.keys(subject).length === 0 ? start : cache.getQueryData(itemForm(bundleId, subject).queryKey);
  return form && start.byClass ? onlyFields(form, item) : item;
}

function onlyFields(form: StartForm, item: ItemValues): ItemValues {
  const names = new Set(fieldsOf(startSchema(form)).map(field => field.name));
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}
