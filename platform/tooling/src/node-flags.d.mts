/** Arguments for `node` before the file: the loader of TypeScript, and room for young objects. */
export const nodeFlags: readonly string[];
