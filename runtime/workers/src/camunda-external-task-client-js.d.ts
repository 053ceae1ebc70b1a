/** The part of the client that we use; the package brings no types. Version 3.1.0. */
declare module 'camunda-external-task-client-js' {
  import type {EventEmitter} from 'node:events';

  export interface ExternalTask {
    readonly id: string;
    readonly topicName: string;
    readonly activityId: string;
    readonly businessKey?: string | null;
    readonly retries?: number | null;
    readonly processInstanceId: string;
  }

  export interface TaskService {
    handleFailure(task: ExternalTask, options: {errorMessage: string; errorDetails?: string; retries: number; retryTimeout: number}): Promise<void>;
    extendLock(task: ExternalTask, newDuration: number): Promise<void>;
    unlock(task: {id: string}): Promise<void>;
  }

  /** Options of one request as got takes them. */
  export type RequestOptions = Readonly<Record<string, unknown>>;

  export interface ClientOptions {
    readonly baseUrl: string;
    readonly workerId: string;
    readonly maxTasks: number;
    readonly maxParallelExecutions: number;
    readonly interval: number;
    readonly lockDuration: number;
    readonly asyncResponseTimeout: number;
    readonly autoPoll: boolean;
    readonly interceptors: (options: RequestOptions) => RequestOptions;
  }

  export class Client extends EventEmitter {
    constructor(options: ClientOptions);
    readonly taskService: TaskService;
    readonly engineService: {request(method: string, path: string, options?: RequestOptions): Promise<unknown>};
    start(): void;
    stop(): void;
    subscribe(topic: string, options: {lockDuration?: number; variables?: readonly string[]}, handler: (args: {task: ExternalTask; taskService: TaskService}) => Promise<void>): void;
  }
}
