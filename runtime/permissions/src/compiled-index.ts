import {coversRelation, dataScopes, fitsPermission, type Policy, type Relation} from './policy.js';

/** What a set of roles may reach with one permission. */
export type Reach = Readonly<Record<Relation, boolean>>;

/** The policy turned into hash maps: a decision costs two look-ups for each role, however many lines there are. */
export interface CompiledIndex {
  /** Decides like casbin on the same lines; an unknown permission, role or relation is refused. */
  decide(roles: readonly string[], permission: string, relation: Relation): boolean;
  reach(roles: readonly string[], permission: string): Reach;
  /** Permissions that reach anything at all, in the order of the policy. */
  permissionsOf(roles: readonly string[]): readonly string[];
}

/** Allowed and denied relations of one role and permission: bit n stands for `dataScopes[n]`. */
interface Bits {
  allow: number;
  deny: number;
}

/** Compiles a policy. */
export function compilePolicy(policy: Policy): CompiledIndex {
  const byRole = new Map<string, Map<string, Bits>>();
  for (const line of policy.lines) {
    const permissions = byRole.get(line.role) ?? new Map<string, Bits>();
    byRole.set(line.role, permissions);
    for (const permission of policy.permissions.keys()) {
      if (!fitsPermission(permission, line.permission)) continue;
      const bits = permissions.get(permission) ?? {allow: 0, deny: 0};
      bits[line.effect] |= bitsOf(line.scope);
      permissions.set(permission, bits);
    }
  }
  const allowedBits = (roles: readonly string[], permission: string): number => {
    let allow = 0;
    let deny = 0;
    for (const role of roles) {
      const bits = byRole.get(role)?.get(permission);
      allow |= bits?.allow ?? 0;
      deny |= bits?.deny ?? 0;
    }
    return allow & ~deny;
  };
  return {
    decide: (roles, permission, relation) => (allowedBits(roles, permission) & bitOf(relation)) !== 0,
    reach(roles, permission) {
      const bits = allowedBits(roles, permission);
      return {own: (bits & bitOf('own')) !== 0, unit: (bits & bitOf('unit')) !== 0, unitAndBelow: (bits & bitOf('unitAndBelow')) !== 0, all: (bits & bitOf('all')) !== 0};
    },
    permissionsOf: roles => [...policy.permissions.keys()].filter(permission => allowedBits(roles, permission) !== 0),
  };
}

function bitOf(relation: Relation): number {
  const index = dataScopes.indexOf(relation);
  return index < 0 ? 0 : 1 << index;
}

function bitsOf(scope: Relation): number {
  return dataScopes.filter(relation => coversRelation(scope, relation)).reduce((bits, relation) => bits | bitOf(relation), 0);
}
