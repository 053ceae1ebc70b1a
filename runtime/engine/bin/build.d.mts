/** The engines we build: one POM, one profile each. */
export type EngineProduct = 'camunda' | 'operaton';

/** Where a built engine lies. */
export interface BuiltEngine {
  readonly product: EngineProduct;
  /** Class path for `java -cp`. */
  readonly classPath: string;
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
