/** An executable example of a bundle (`samples/*.yaml`): what goes in, what people answer, what must come out. */
export interface Sample {
  readonly title: {readonly 'zh-CN': string; readonly en?: string};
  readonly source?: string;
  /** Values of the start form. */
  readonly start: Readonly<Record<string, unknown>>;
  /** What workers write, by topic; a worker that is not named writes nothing. */
  readonly workers?: Readonly<Record<string, {readonly fields?: Readonly<Record<string, unknown>>; readonly variables?: Readonly<Record<string, string | number | boolean>>}>>;
  /** Reasons of returns that do not blame the choice of the unit, as the catalog has it. */
  readonly harmlessReasons?: readonly string[];
  /** In order: a task finished with an outcome, an action asked for, or a clock that lapses. */
  readonly answers: ReadonlyArray<SampleAnswer>;
  readonly expect: {
    /** Elements passed on the main way; steps that are not named here may come in between. */
    readonly path?: readonly string[];
    /** The end event reached last. */
    readonly end: string;
    readonly round?: number;
    readonly depth?: number;
    readonly returnCount?: number;
    readonly excludedUnits?: readonly string[];
    readonly fields?: Readonly<Record<string, unknown>>;
  };
}

export type SampleAnswer =
  | {readonly step: string; readonly outcome: string; readonly values?: Readonly<Record<string, unknown>>}
  | {readonly step: string; readonly action: string; readonly values?: Readonly<Record<string, unknown>>}
  | {readonly lapse: string};

type Value = string | number | boolean | null;

/** One operation for the engine, as the engine port takes it. */
export type SampleOperation =
  | {readonly kind: 'start'; readonly definitionId: string; readonly variables: Readonly<Record<string, Value>>}
  | {readonly kind: 'complete'; readonly taskId: string; readonly variables: Readonly<Record<string, Value>>}
  | {readonly kind: 'completeExternal'; readonly externalTaskId: string; readonly variables: Readonly<Record<string, Value>>}
  | {readonly kind: 'message'; readonly messageName: string; readonly variables: Readonly<Record<string, Value>>};

/** What the engine answers. */
export interface SampleState {
  readonly ended: boolean;
  readonly endActivityId: string | null;
  readonly tasks: ReadonlyArray<{readonly id: string; readonly stepId: string}>;
  readonly externalTasks: ReadonlyArray<{readonly id: string; readonly stepId: string; readonly topic: string}>;
}

/** The engine that samples run on; the engine port fits. */
export interface SampleEngine {
  deploy(name: string, files: ReadonlyArray<{readonly fileName: string; readonly xml: string}>): Promise<{readonly definitions: Readonly<Record<string, string>>}>;
  apply(request: {readonly caseId: string; readonly seq: number; readonly operations: readonly SampleOperation[]}): Promise<{readonly state: SampleState; readonly skipped: readonly number[]}>;
}
