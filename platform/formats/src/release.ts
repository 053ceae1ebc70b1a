import type {Bundle} from './bundle.js';
import type {ClockEvent, StepModel} from './steps.js';

/**
 * What a bundle becomes when it is compiled: immutable, named by its hash. The drawn files stay as drawn in `bundle.files`;
 * the compiled BPMN is an artefact beside them.
 */
export interface CompiledBundle {
  readonly bundle: Bundle;
  /** SHA-256 over the canonical files, 64 hex characters. */
  readonly hash: string;
  /** Process id → BPMN that the engine gets. Step and element ids are the drawn ids. */
  readonly compiled: Readonly<Record<string, string>>;
  /** Compiled element id → drawn element id, where they differ. */
  readonly elementMap: Readonly<Record<string, string>>;
  readonly startStep: string;
  /** Step id → step; the start event with the form is one of them. */
  readonly steps: Readonly<Record<string, StepModel>>;
  readonly clockEvents: readonly ClockEvent[];
  /** Every drawn flow node in drawing order with name and BPMN type: for diagrams, lists of steps and the timeline. */
  readonly nodes: ReadonlyArray<{readonly id: string; readonly name: string; readonly nameEn?: string; readonly type: string; readonly scope: string | null}>;
  readonly flows: ReadonlyArray<{readonly id: string; readonly source: string; readonly target: string}>;
  readonly messages: ReadonlyArray<{readonly id: string; readonly name: string}>;
}
