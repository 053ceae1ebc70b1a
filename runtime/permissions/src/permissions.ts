import type {Store} from '@banli/store';
import {createCasbinPolicy} from './casbin-policy.js';
import {compilePolicy, type CompiledIndex, type Reach} from './compiled-index.js';
import {permissionErrors} from './errors.js';
import {readLocalGrants, readPermissionsVersion} from './local-grants.js';
import type {PolicyFile} from './policy-file.js';
import {createPolicy, dataScopes, type Policy, type Relation} from './policy.js';

/** Who asks: what permissions need of an actor. */
export interface PermissionActor {
  readonly personId: string;
  readonly unitId: string;
  readonly roles: readonly string[];
}

/** The thing that is asked about: the units it belongs to and the persons who took part. */
export interface PermissionTarget {
  readonly unitIds: readonly string[];
  readonly personIds: readonly string[];
}

/** Rights of roles, decided from memory. */
export interface Permissions {
  /** Whether the actor may do this to anything at all: what a route asks. */
  can(actor: Pick<PermissionActor, 'roles'>, permission: string): boolean;
  /** @throws AppError `PERMISSIONS_DENIED` */
  demand(actor: Pick<PermissionActor, 'roles'>, permission: string): void;
  /** Whether he may do it to this thing. */
  canWith(actor: PermissionActor, permission: string, target: PermissionTarget): boolean;
  /** How far the right reaches, to compile it into a query. */
  reach(actor: Pick<PermissionActor, 'roles'>, permission: string): Reach;
  /** Permissions that reach anything, for showing and hiding things. */
  permissionsOf(roles: readonly string[]): readonly string[];
  /** @throws AppError `PERMISSIONS_UNKNOWN` for a permission that no file declares. */
  checkKnown(permission: string): void;
  titles(): Policy['permissions'];
  /** Loads local grants anew if their version moved. */
  refresh(version?: number): Promise<void>;
}

/** What permissions ask of people: the ids from the root to a unit. */
export interface PermissionUnits {
  unit(unitId: string): {readonly path: readonly string[]} | null;
}

/**
 * Builds the rights from policy files and local grants. The compiled index is compared with casbin on every role, permission
 * and relation before it is used.
 *
 * @throws AppError `PERMISSIONS_POLICY_BROKEN`, `PERMISSIONS_INDEX_DISAGREES`.
 */
export async function createPermissions(parts: {readonly store: Store; readonly files: readonly PolicyFile[]; readonly units: PermissionUnits; readonly roles?: ReadonlySet<string>}): Promise<Permissions> {
  const {store, files, units} = parts;
  const load = async () => {
    const version = await readPermissionsVersion(store.knex);
    const policy = createPolicy(files, await readLocalGrants(store.knex), parts.roles);
    const index = compilePolicy(policy);
    await compareWithCasbin(policy, index);
    return {version, policy, index};
  };
  let current = await load();
  const can: Permissions['can'] = (actor, permission) => Object.values(current.index.reach(actor.roles, permission)).some(Boolean);
  return {
    can,
    demand(actor, permission) {
      if (!can(actor, permission)) throw permissionErrors.DENIED({permission});
    },
    canWith: (actor, permission, target) => current.index.decide(actor.roles, permission, relationOf(actor, target, units)),
    reach: (actor, permission) => current.index.reach(actor.roles, permission),
    permissionsOf: roles => current.index.permissionsOf(roles),
    checkKnown(permission) {
      if (!current.policy.permissions.has(permission)) throw permissionErrors.UNKNOWN({permission});
    },
    titles: () => current.policy.permissions,
    async refresh(version) {
      if ((version ?? (await readPermissionsVersion(store.knex))) !== current.version) current = await load();
    },
  };
}

/** The closest relation between an actor and a thing. */
export function relationOf(actor: PermissionActor, target: PermissionTarget, units: PermissionUnits): Relation {
  if (target.personIds.includes(actor.personId)) return 'own';
  if (target.unitIds.includes(actor.unitId)) return 'unit';
  return target.unitIds.some(unitId => units.unit(unitId)?.path.includes(actor.unitId)) ? 'unitAndBelow' : 'all';
}

/** Lines of one role, with all permissions, on which index and casbin agreed: what comes out depends on nothing else. The newest. */
const agreed = new Set<string>();
const mostAgreed = 500;

/** Role by role, so that casbin, which walks through every line, has few lines to walk through; of a changed policy only the roles that changed. */
async function compareWithCasbin(policy: Policy, index: CompiledIndex): Promise<void> {
  const permissions = JSON.stringify([...policy.permissions.keys()]);
  for (const role of new Set(policy.lines.map(line => line.role))) {
    const own = {...policy, lines: policy.lines.filter(line => line.role === role)};
    const key = `${permissions} ${JSON.stringify(own.lines)}`;
    if (agreed.has(key)) continue;
    const casbin = await createCasbinPolicy(own, [{person: 'person', role, unit: 'unit'}]);
    for (const permission of policy.permissions.keys()) {
      for (const relation of dataScopes) {
        const expected = casbin.decide({person: 'person', unit: 'unit', permission, relation});
        if (index.decide([role], permission, relation) !== expected) throw permissionErrors.INDEX_DISAGREES({role, permission, relation});
      }
    }
    agreed.add(key);
    for (const oldest of agreed) {
      if (agreed.size <= mostAgreed) break;
      agreed.delete(oldest);
    }
  }
}
