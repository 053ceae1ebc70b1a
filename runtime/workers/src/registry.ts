import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import type {WorkerDefinition} from '@banli/sdk/server';
import type {Tx} from '@banli/store';
import {workerErrors} from './errors.js';

/** A worker with its compiled input check. */
export interface RegisteredWorker {
  readonly definition: WorkerDefinition<unknown>;
  /** Names of the inputs that do not fit; empty when all do. */
  checkInputs(inputs: unknown): readonly string[];
  /** What the platform's own worker writes; nothing for those of plugins. */
  readonly write?: WorkerWrite;
}

/** Writes of a worker that is part of the platform, in the transaction that ends its task: together with that they happen once or not at all. */
export type WorkerWrite = (tx: Tx, task: {readonly caseId: string; readonly input: Readonly<Record<string, unknown>>; readonly at: number}) => Promise<void>;

/** Where plugins put their workers: the service `workers` of the SDK. */
export interface WorkerRegistry {
  /** @throws AppError `WORKERS_TOPIC_TWICE`, `WORKERS_SCHEMA_INVALID` */
  handle<Input>(worker: WorkerDefinition<Input>, write?: WorkerWrite): void;
  topics(): readonly string[];
  find(topic: string): RegisteredWorker | undefined;
}

/** Knows JSON Schema itself; every other instance would compile that anew. */
const metaSchema = new Ajv2020({validateFormats: false});

/** Makes an empty registry. */
export function createWorkerRegistry(): WorkerRegistry {
  const workers = new Map<string, RegisteredWorker>();
  const ajv = new Ajv2020({allErrors: true, strict: false, validateFormats: false, validateSchema: false});
  return {
    handle(worker, write) {
      const {topic} = worker;
      if (workers.has(topic)) throw workerErrors.TOPIC_TWICE({topic});
      const validate = compile(ajv, topic, worker.inputSchema);
      // The inputs are checked against the schema before each run, so the worker's own type is right.
      workers.set(topic, {definition: worker as unknown as WorkerDefinition<unknown>, checkInputs: inputs => misfits(validate, inputs), ...(write ? {write} : {})});
    },
    topics: () => [...workers.keys()].sort(),
    find: topic => workers.get(topic),
  };
}

function compile(ajv: Ajv2020, topic: string, schema: Readonly<Record<string, unknown>>): ValidateFunction {
  try {
    metaSchema.validateSchema(schema, true);
    return ajv.compile(schema);
  } catch (error) {
    throw workerErrors.SCHEMA_INVALID({topic, reason: error instanceof Error ? error.message : 'unreadable'}, {cause: error});
  }
}

function misfits(validate: ValidateFunction, inputs: unknown): readonly string[] {
  if (validate(inputs)) return [];
  return [...new Set((validate.errors ?? []).map(error => (error.keyword === 'required' ? String(error.params['missingProperty']) : error.instancePath.slice(1) || '/')))].sort();
}
