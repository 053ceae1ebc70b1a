import {newEnforcer, newModelFromString, type Enforcer} from 'casbin';
import {coversRelation, fitsPermission, type DataScope, type Policy, type Relation} from './policy.js';

/** The one model: roles belong to a person at a unit; some line allows and none denies. The role check stands last, it costs most. */
const model = `
[request_definition]
r = person, unit, permission, relation

[policy_definition]
p = role, permission, scope, eft

[role_definition]
g = _, _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = fitsPermission(r.permission, p.permission) && coversRelation(p.scope, r.relation) && g(r.person, p.role, r.unit)
`;

/** A role that a person has at a unit. */
export interface RoleAssignment {
  readonly person: string;
  readonly role: string;
  readonly unit: string;
}

/** Answers by casbin itself: the measure for the compiled index, and the way to explain a decision. Slow (linear in the lines). */
export interface CasbinPolicy {
  decide(request: {readonly person: string; readonly unit: string; readonly permission: string; readonly relation: Relation}): boolean;
}

/** Builds a casbin enforcer from a policy and the assignments. */
export async function createCasbinPolicy(policy: Policy, assignments: readonly RoleAssignment[]): Promise<CasbinPolicy> {
  const enforcer: Enforcer = await newEnforcer(newModelFromString(model));
  const known = new Set(policy.permissions.keys());
  await enforcer.addFunction('fitsPermission', (permission: string, pattern: string) => known.has(permission) && fitsPermission(permission, pattern));
  await enforcer.addFunction('coversRelation', (scope: string, relation: string) => coversRelation(scope as DataScope, relation as Relation));
  const lines = distinct(policy.lines.map(line => [line.role, line.permission, line.scope, line.effect]));
  if (lines.length > 0) await enforcer.addPolicies(lines);
  const roles = distinct(assignments.map(one => [one.person, one.role, one.unit]));
  if (roles.length > 0) await enforcer.addGroupingPolicies(roles);
  return {decide: request => enforcer.enforceSync(request.person, request.unit, request.permission, request.relation)};
}

/** casbin refuses a whole batch when one line stands in it twice. */
function distinct(lines: readonly string[][]): string[][] {
  return [...new Map(lines.map(line => [JSON.stringify(line), line])).values()];
}
