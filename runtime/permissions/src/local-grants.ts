import type {Knex} from 'knex';
import {newId, type Tx} from '@banli/store';
import type {PolicyLine} from './policy.js';

const name = 'permissions.version';

interface GrantRow { readonly role_id: string; readonly permission: string; readonly scope: PolicyLine['scope']; readonly effect: PolicyLine['effect'] }

/** Counts every change of local grants. */
export async function readPermissionsVersion(knex: Knex): Promise<number> {
  const row = await knex('setting').where({name}).first<{value: string} | undefined>();
  return Number(row?.value ?? 0);
}

/** Grants and denials that an administrator added, oldest first. */
export async function readLocalGrants(knex: Knex): Promise<readonly PolicyLine[]> {
  const rows = (await knex('permission_grant').orderBy('id')) as GrantRow[];
  return rows.map(row => ({role: row.role_id, permission: row.permission, scope: row.scope, effect: row.effect}));
}

/** Adds a grant or denial; every server follows with its next request. Adding it twice changes nothing. */
export async function addLocalGrant(tx: Tx, line: PolicyLine, by: {readonly personId: string; readonly at: number}): Promise<void> {
  const row = {role_id: line.role, permission: line.permission, scope: line.scope, effect: line.effect};
  if (await tx('permission_grant').where(row).first()) return;
  await tx('permission_grant').insert({id: newId(by.at), ...row, created_by: by.personId, created_at: by.at});
  await raiseVersion(tx);
}

/** Takes a local grant or denial away; answers whether there was one. */
export async function removeLocalGrant(tx: Tx, line: PolicyLine): Promise<boolean> {
  const removed = await tx('permission_grant').where({role_id: line.role, permission: line.permission, scope: line.scope, effect: line.effect}).delete();
  if (removed > 0) await raiseVersion(tx);
  return removed > 0;
}

async function raiseVersion(tx: Tx): Promise<void> {
  await tx('setting').where({name}).update({value: tx.raw('cast(value as decimal(15)) + 1')});
}
