import {designRoutes} from '@banli/api';
import type {BundleFiles, FormLayer, FormSchema, LayerSubject} from '@banli/formats';
import {parseDate, startOfDay} from '@banli/time';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {useMemo} from 'react';
import {api} from '../http/api.js';
import {compositionOf, type Composition} from './compose-form.js';
import {classFormFiles, readFormParts, type FormParts} from './read-layers.js';

/** Whose form is shown; empty parts are left open. `day` is `YYYY-MM-DD`. */
export interface Subject {
  readonly matter: string;
  readonly channel: string;
  readonly area: string;
  readonly day: string;
  readonly changeId: string;
  /** Id of a form that stands in for the base form; empty: as the catalog says. */
  readonly form: string;
}

/** The layers of a subject as the files stand and as the catalog has them. */
export interface Layers {
  readonly parts: FormParts;
  readonly composition: Composition | null;
  readonly subject: LayerSubject;
  /** The form that is shown in place of the base form. */
  readonly standIn: FormSchema | null;
  /** Version of the catalog that the class form is from; `null` when the matter has none. */
  readonly version: string | null;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

const unknownSubject = {matters: [], channel: null, areaCode: ''};

/** Reads the files and asks the server for the class form; while one is on its way, the one before stays. */
export function useLayers(bundleId: string, files: BundleFiles, asked: Subject): Layers {
  const parts = useMemo(() => readFormParts(files), [files]);
  const sent = useMemo(() => classFormFiles(files, parts), [files, parts]);
  const {matter, channel, area, day, changeId, form} = asked;
  const body = {files: sent, ...(matter === '' ? {} : {matter}), ...(channel === '' ? {} : {channel}), ...(area === '' ? {} : {areaCode: area}), ...(day === '' ? {} : {at: startOfDay(parseDate(day))}), ...(changeId === '' ? {} : {changeId})};
  const loaded = useQuery({
    queryKey: ['class-form', bundleId, body],
    queryFn: () => api.call(designRoutes.classForm, {params: {bundleId}, body}),
    enabled: parts.base !== null && matter !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const data = matter === '' ? undefined : loaded.data;
  const subject = useMemo((): LayerSubject => ({...(data?.subject ?? unknownSubject), channel: channel === '' ? null : channel, areaCode: area, ...(form === '' ? {} : {form})}), [data, channel, area, form]);
  const standIn = parts.standIns.find(each => each['x-banli-form'].id === subject.form) ?? null;
  const composition = useMemo(() => (parts.base ? compositionOf(parts, standIn ?? parts.base, subject, (data?.classLayer as FormLayer | null | undefined) ?? null) : null), [parts, standIn, subject, data]);
  return {parts, composition, subject, standIn, version: data?.version ?? null, isLoading: loaded.isFetching, error: matter === '' ? null : loaded.error, retry: () => void loaded.refetch()};
}
