import type {LocalizedText} from '@banli/formats';
import type {WorkerEffects, WorkerMessage, WorkerNotice} from '@banli/sdk/server';
import {workerErrors} from './errors.js';
import type {WorkerCaseEffects} from './ports.js';

/** What a run asked for, as plain data. */
export interface CollectedEffects {
  readonly case: WorkerCaseEffects;
  readonly messages: readonly WorkerMessage[];
  readonly documents: ReadonlyArray<{readonly documentId: string; readonly data: Readonly<Record<string, unknown>>}>;
}

/** Gives a worker its effects object and hands out what it collected; after `close` nothing more is taken. */
export interface EffectCollector {
  readonly effects: WorkerEffects;
  close(): CollectedEffects;
}

/**
 * Collects what a worker asks for without doing any of it. Values are copied as JSON, so that a worker cannot change them later.
 *
 * @throws AppError `WORKERS_EFFECT_INVALID` (from the effects) for values that are no JSON, variables of another type, or too late.
 */
export function collectEffects(topic: string): EffectCollector {
  const fields: Record<string, unknown> = {};
  const variables: Record<string, string | number | boolean> = {};
  const notices: WorkerNotice[] = [];
  const linkedCases: Array<{relation: string; values: Readonly<Record<string, unknown>>}> = [];
  const notes: Array<{text: LocalizedText; data?: Readonly<Record<string, unknown>>}> = [];
  const messages: WorkerMessage[] = [];
  const documents: Array<{documentId: string; data: Readonly<Record<string, unknown>>}> = [];
  let open = true;
  const take = <T>(value: T): T => {
    if (!open) throw workerErrors.EFFECT_INVALID({topic, reason: 'the run is over'});
    return copyJson(topic, value);
  };
  const effects: WorkerEffects = {
    setFields: values => void Object.assign(fields, take(values)),
    setVariables: values => {
      for (const [name, value] of Object.entries(take(values))) {
        if (!['string', 'number', 'boolean'].includes(typeof value)) throw workerErrors.EFFECT_INVALID({topic, reason: `the variable ${name} is a ${typeof value}`});
        variables[name] = value;
      }
    },
    send: message => void messages.push(take(message)),
    notify: notice => void notices.push(take(notice)),
    storeDocument: document => void documents.push(take(document)),
    openLinkedCase: linked => void linkedCases.push(take(linked)),
    note: (text, data) => void notes.push(take(data === undefined ? {text} : {text, data})),
  };
  return {
    effects,
    close() {
      open = false;
      return {case: {fields, variables, notices, linkedCases, notes}, messages, documents};
    },
  };
}

function copyJson<T>(topic: string, value: T): T {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, (_key, each: unknown) => {
      if (typeof each === 'number' && !Number.isFinite(each)) throw new TypeError('a number is not finite');
      if (typeof each === 'function' || typeof each === 'symbol' || typeof each === 'bigint') throw new TypeError(`a ${typeof each} is no data`);
      return each;
    });
  } catch (error) {
    throw workerErrors.EFFECT_INVALID({topic, reason: error instanceof Error ? error.message : 'no JSON'}, {cause: error});
  }
  return JSON.parse(text) as T;
}
