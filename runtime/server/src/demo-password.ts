import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createPassword} from '@banli/people';

/**
 * The password of the demo accounts: as given, or made up once and kept in the home, readable by its owner only.
 */
export async function demoPassword(home: string, given: string | null): Promise<string> {
  if (given !== null) return given;
  const path = join(home, 'demo-password');
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (known !== null) return known.trim();
  const made = createPassword();
  await writeFile(path, `${made}\n`, {mode: 0o600, flag: 'wx'});
  return made;
}
