import type {WorkerCase, WorkerDefinition, WorkerMessage, WorkerNotice} from '@banli/sdk/server';
import type {LocalizedText} from '@banli/formats';

/** Everything a worker asked for in one run, in order. */
export interface WorkerRun {
  readonly fields: Record<string, unknown>;
  readonly variables: Record<string, string | number | boolean>;
  readonly messages: WorkerMessage[];
  readonly notices: WorkerNotice[];
  readonly documents: Array<{readonly documentId: string; readonly data: Readonly<Record<string, unknown>>}>;
  readonly linkedCases: Array<{readonly relation: string; readonly values: Readonly<Record<string, unknown>>}>;
  readonly notes: LocalizedText[];
}

/** A case for workers under test: an order of round 1 without values. */
export function sampleCase(more: Partial<WorkerCase> = {}): WorkerCase {
  return {caseId: 'c1', number: '650100-20260212-000001', bundleId: 'sample', round: 1, acceptingUnitId: 'centre', areaCode: '650100', values: {}, excludedUnitIds: [], acceptedAt: 1_770_861_600_000, ...more};
}

/** Runs a worker once with fakes and tells what it asked for; errors come through. */
export async function runWorker<Input>(worker: WorkerDefinition<Input>, run: {readonly input: Input; readonly case?: WorkerCase; readonly now?: number}): Promise<WorkerRun> {
  const asked: WorkerRun = {fields: {}, variables: {}, messages: [], notices: [], documents: [], linkedCases: [], notes: []};
  await worker.run({
    input: run.input,
    case: run.case ?? sampleCase(),
    stepId: 'work',
    now: run.now ?? 1_770_861_600_000,
    effects: {
      setFields: values => void Object.assign(asked.fields, values),
      setVariables: values => void Object.assign(asked.variables, values),
      send: message => void asked.messages.push(message),
      notify: notice => void asked.notices.push(notice),
      storeDocument: document => void asked.documents.push(document),
      openLinkedCase: linked => void asked.linkedCases.push(linked),
      note: text => void asked.notes.push(text),
    },
    log: {info: () => undefined, warn: () => undefined},
    signal: new AbortController().signal,
  });
  return asked;
}
