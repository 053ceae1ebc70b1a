import {caseRoutes, type AnswerOf} from '@banli/api';
import type {FieldAccess, FormSchema} from '@banli/formats';
import {fieldsOf} from '@banli/ui/logic';
import {useQuery} from '@tanstack/react-query';
import {api} from '../http/api.js';

/** The start form of an application as the server gives it. */
export type StartForm = AnswerOf<typeof caseRoutes.startForm>;

/** Values of one order of the call. */
export type ItemValues = Readonly<Record<string, unknown>>;

/** Applications this person may start a case in. */
export function useApps() {
  return useQuery({queryKey: ['apps'], queryFn: () => api.call(caseRoutes.apps), staleTime: 60_000});
}

/** The start form; it stays the same while one types, so it is not loaded anew. */
export function useStartForm(bundleId: string) {
  return useQuery({queryKey: ['startForm', bundleId], queryFn: () => api.call(caseRoutes.startForm, {params: {bundleId}}), staleTime: Infinity, refetchOnWindowFocus: false});
}

/** The start form's schema in the renderer's terms. */
export function startSchema(start: StartForm): FormSchema {
  return start.schema as unknown as FormSchema;
}

/** The start form's access. */
export function startAccess(start: StartForm): Readonly<Record<string, FieldAccess>> {
  return start.access;
}

/** Which form field carries a meaning; where the server does not tell, the field of that very name, if there is one. */
export function meaningOf(start: StartForm, meaning: 'title' | 'matter' | 'channel' | 'nature' | 'serviceObject' | 'area' | 'urgency' | 'industry' | 'phone'): string | null {
  const told = start.caseFields?.[meaning];
  if (told !== undefined) return told;
  return fieldsOf(startSchema(start)).some(field => field.name === meaning) ? meaning : null;
}

/**
 * Values of a further order of the same call: everything is taken over except what makes it another matter, what its class asks, its
 * title and its attachments; those go back to what the form begins with.
 *
 * @param form - The form of the order that is copied, with what its class asks.
 */
export function copyItem(start: StartForm, values: ItemValues, form: StartForm = start): ItemValues {
  const base = new Set(fieldsOf(startSchema(start)).map(field => field.name));
  const asked = fieldsOf(startSchema(form)).filter(field => !base.has(field.name)).map(field => field.name);
  const own = new Set([meaningOf(start, 'title'), meaningOf(start, 'matter'), ...asked].filter(name => name !== null));
  for (const field of fieldsOf(startSchema(start))) if (field.node['x-component'] === 'FileUpload') own.add(field.name);
  return Object.fromEntries(Object.entries({...start.values, ...values}).flatMap(([name, value]) => (own.has(name) ? (start.values[name] === undefined ? [] : [[name, start.values[name]]]) : [[name, value]])));
}

/** Answers that another form asks for as well: the same name, type and catalog. What either form shows as its own stays behind. */
export function commonAnswers(from: StartForm, to: StartForm, values: ItemValues): ItemValues {
  const [here, there] = [from, to].map(form => new Map(fieldsOf(startSchema(form)).map(field => [field.name, field.node])));
  const same = (name: string): boolean => {
    const [one, other] = [here?.get(name), there?.get(name)];
    return one !== undefined && other !== undefined && one.type === other.type && one['x-banli']?.catalog?.id === other['x-banli']?.catalog?.id;
  };
  return {...to.values, ...Object.fromEntries(Object.entries(values).filter(([name]) => same(name)))};
}

/** Puts the shared fields (the person who called) of one order into another. */
export function withShared(start: StartForm, from: ItemValues, to: ItemValues): ItemValues {
  const shared = new Set(start.sharedFields);
  const kept = Object.entries(to).filter(([name]) => !shared.has(name));
  return Object.fromEntries([...kept, ...Object.entries(from).filter(([name]) => shared.has(name))]);
}
