import {stat} from 'node:fs/promises';
import {readSettings, type Settings} from '@banli/server/settings';
import {createStore, type Store} from '@banli/store';
import {cliErrors} from './errors.js';

/** An installation that is there already; the command line never makes one. */
export interface OpenInstallation {
  readonly settings: Settings;
  readonly store: Store;
}

/**
 * Opens the database of the installation for one piece of work and closes it again.
 *
 * @throws AppError `CLI_HOME_MISSING`
 */
export async function withInstallation<T>(env: NodeJS.ProcessEnv, work: (installation: OpenInstallation) => Promise<T>): Promise<T> {
  const settings = readSettings(env);
  await stat(settings.keysFolder).catch((cause: unknown) => {
    throw cliErrors.HOME_MISSING({home: settings.home}, {cause});
  });
  const store = createStore(settings.databaseUrl, {poolMax: 2});
  try {
    return await work({settings, store});
  } finally {
    await store.close();
  }
}
