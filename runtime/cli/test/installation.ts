import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {openAudit} from '@banli/audit';
import {createAccounts, createLoginGuard, createSessions, importOrganisation, readOrganisation} from '@banli/people';
import {openVault} from '@banli/store';
import {openTestStoreIn} from '@banli/store/testing';
import {systemClock} from '@banli/time';

const organisationFolder = fileURLToPath(new URL('../../../catalogs/organisation', import.meta.url));

/** An installation in a folder, with the sample organisation and four of its accounts. */
export async function install(t: ExecutionContext, home: string) {
  const {store, env} = await openTestStoreIn(home);
  t.teardown(() => store.close());
  const audit = (await openAudit(store, join(home, 'keys'))).log;
  const organisation = await readOrganisation(organisationFolder);
  await importOrganisation(store, await openVault(store, join(home, 'keys', 'vault.json')), organisation);
  const accounts = createAccounts({store, clock: systemClock, sessions: createSessions(store, systemClock), guard: createLoginGuard(store), audit});
  await accounts.ensure(organisation.accounts.filter(account => ['qu.admin', 'qu.fenxi', 'shi.admin', 'shi.zhiban'].includes(account.login)), 'Banli-xiafa-2026');
  return {store, audit, env};
}

/** Names of the sample persons, by id. */
export const names = new Map((await readOrganisation(organisationFolder)).persons.map(person => [person.id, person.name]));

/** How the region's administrator publishes without a review. */
export const direct = ['--as', 'qu.admin', '--direct'];
