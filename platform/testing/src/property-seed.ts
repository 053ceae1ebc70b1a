/**
 * The seed of the random tests of a file: another one each time, so that every run tries something new. A test prints it, and `BANLI_PROPERTY_SEED` gives it
 * again.
 */
export const propertySeed = Number(process.env['BANLI_PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
