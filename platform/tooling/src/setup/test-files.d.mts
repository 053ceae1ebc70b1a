/** Every test file of the project, sorted, relative to root. */
export function listTests(root: string): string[];

/** What test files need, by their names. */
export function sortTests(root: string, files: readonly string[]): Readonly<Record<'unit' | 'contract' | 'database' | 'process' | 'mysql' | 'engine' | 'browser', string[]>>;
