/** The engines we build: one POM, one profile each. */
export type EngineProduct = 'camunda' | 'operaton';

/** Where a built engine lies. */
export interface BuiltEngine {
  readonly product: EngineProduct;
  /** Class path for `java -cp`. */
  readonly classPath: string;
  /** Archive of loaded classes for a quicker start; Java goes on without one that is missing or does not fit. */
  readonly archive: string;
  /** `false` when an earlier build with the same input was found. */
  readonly built: boolean;
}

/**
 * Fetches and builds the engine through Maven, unless a build of exactly these sources exists. Safe to call from several processes.
 *
 * @param onProgress - Gets a short sentence whenever there is something to tell.
 * @throws Error with a sentence that says what to install, or with Maven's own last lines.
 */
export function buildEngine(product: EngineProduct, onProgress?: (text: string) => void): Promise<BuiltEngine>;

/** How Java runs the engine. */
export const jvmOptions: readonly string[];

/** Class that starts the engine. */
export const mainClass: string;
