import {fileURLToPath} from 'node:url';

/** The file that declares the platform's own permissions. */
export const platformPolicyPath = fileURLToPath(new URL('../policy.yaml', import.meta.url));
