import type {Knex} from 'knex';
import type {CompiledBundle, DataScope} from '@banli/formats';
import type {Actor} from './ports.js';
import type {CaseDeps} from './deps.js';
import {loadCase, type LoadedCase} from './case-store.js';
import {isInQueue} from './desk.js';
import {caseErrors, releaseErrors} from './errors.js';
import {limitToQueues, type OpenQueues} from './open-queues.js';
import {pathOf, pathRange} from './parties.js';
import {releaseOf} from './layers/case-layers.js';

/** A case that the person may see, with the release it runs on. */
export interface VisibleCase extends LoadedCase {
  readonly release: CompiledBundle;
  readonly definitionId: string;
}

const order: readonly DataScope[] = ['own', 'unit', 'unitAndBelow', 'all'];

/** The widest scope that the person's roles give him over cases of a bundle; `null` for none. */
export function scopeOf(release: CompiledBundle, roles: readonly string[]): DataScope | null {
  const scopes = release.bundle.permissions.view.filter(rule => roles.includes(rule.role)).map(rule => order.indexOf(rule.scope));
  return scopes.length === 0 ? null : (order[Math.max(...scopes)] ?? null);
}

/** Relations in which a person sees a case under a scope of the bundle. */
const relationsOf = (scope: DataScope): readonly DataScope[] => order.slice(0, order.indexOf(scope) + 1);

/**
 * What the person's right to read cases lets him of a bundle's scope: all of it, or only cases to which he stands in certain relations. A
 * relation is the closest one: took part, own unit, a unit below, any other.
 */
function limitsOf({readReach}: Pick<CaseDeps, 'readReach'>, scope: DataScope, actor: Actor): Readonly<Record<DataScope, boolean>> | null {
  const reach = readReach?.(actor);
  return reach === undefined || relationsOf(scope).every(relation => reach[relation]) ? null : reach;
}

/** Reads a case for someone. @throws AppError `CASE_UNKNOWN`, also when he may not see it: whether it exists is nobody's business. */
export async function readVisible(deps: CaseDeps, actor: Actor, caseId: string): Promise<VisibleCase> {
  const loaded = await loadCase(deps, caseId);
  if (!loaded) throw caseErrors.UNKNOWN();
  const found = await releaseOf(deps, loaded.record);
  if (!found) throw releaseErrors.UNKNOWN({hash: loaded.record.releaseHash});
  if (!maySee(deps, found.release, actor, loaded)) throw caseErrors.UNKNOWN();
  return {...loaded, ...found};
}

/** Whether a person may see a case in his post: it has an open task in it, or the bundle's scope for his roles covers it and his right to read cases reaches it. */
export function maySee(deps: Pick<CaseDeps, 'people' | 'readReach'>, release: CompiledBundle, actor: Actor, {record, tasks}: LoadedCase): boolean {
  if (tasks.some(task => isInQueue(deps, actor, task))) return true;
  const scope = scopeOf(release, actor.roles);
  if (scope === null) return false;
  const relation = relationTo(deps, actor, record.routing.parties);
  if (!relationsOf(scope).includes(relation)) return false;
  return limitsOf(deps, scope, actor)?.[relation] ?? true;
}

/** The closest relation of a person to a case. */
function relationTo({people}: Pick<CaseDeps, 'people'>, {personId, unitId}: Actor, parties: readonly string[]): DataScope {
  if (parties.includes(`person:${personId}`)) return 'own';
  if (parties.includes(`unit:${unitId}`)) return 'unit';
  const own = pathOf(people, unitId);
  return parties.some(party => party.startsWith('unit:') && pathOf(people, party.slice(5)).startsWith(own)) ? 'unitAndBelow' : 'all';
}

/** Bundles whose cases can be looked for: those with a current release. */
export async function currentBundles({releases}: Pick<CaseDeps, 'releases'>): Promise<ReadonlyArray<{readonly bundleId: string; readonly release: CompiledBundle}>> {
  const current = await releases.bundles();
  const found = await Promise.all(current.map(async ({bundleId}) => ({bundleId, found: await releases.current(bundleId)})));
  return found.flatMap(each => (each.found ? [{bundleId: each.bundleId, release: each.found.release}] : []));
}

/**
 * What a person sees, in words that are the same for people who see the same cases: whoever sees every case of every bundle and has no open task besides sees what all others of these see.
 */
export function sightOf(deps: Pick<CaseDeps, 'readReach'>, actor: Actor, bundles: ReadonlyArray<{readonly bundleId: string; readonly release: CompiledBundle}>, {shared, own}: OpenQueues): string {
  const seen = bundles.map(({bundleId, release}) => {
    const scope = scopeOf(release, actor.roles);
    return {bundleId, scope, limits: scope && limitsOf(deps, scope, actor)};
  });
  const isAll = seen.every(({scope, limits}) => scope === 'all' && limits === null) && [...shared, own].every(({count}) => count === 0);
  return JSON.stringify([seen, isAll ? null : [actor.personId, actor.unitId, [...actor.roles].sort()]]);
}

/**
 * Limits a query over `case_record` (named `record`) to what a person may see, in the query itself: for each bundle the scope of his
 * roles as far as his right to read cases reaches, and everything with a task in one of his queues.
 */
export function limitToVisible(deps: Pick<CaseDeps, 'people' | 'store' | 'readReach'>, query: Knex.QueryBuilder, actor: Actor, bundles: ReadonlyArray<{readonly bundleId: string; readonly release: CompiledBundle}>, queues: OpenQueues): Knex.QueryBuilder {
  const {knex} = deps.store;
  const byParty = (where: (party: Knex.QueryBuilder) => void) => knex('case_party').select(knex.raw('1')).whereRaw('case_party.case_id = record.id').andWhere(any => void where(any));
  return query.andWhere(any => {
    void any.whereExists(limitToQueues(knex('case_task as task').select(knex.raw('1')).whereRaw('task.case_id = record.id').andWhere({'task.status': 'open'}), queues));
    for (const {bundleId, release} of bundles) {
      const scope = scopeOf(release, actor.roles);
      if (scope === null) continue;
      void any.orWhere(one => {
        void one.where('record.bundle_id', bundleId);
        const limits = limitsOf(deps, scope, actor);
        if (limits) limitToRelations(deps, one, actor, limits);
        if (scope === 'all') return;
        void one.whereExists(byParty(party => {
          void party.where('party', `person:${actor.personId}`);
          if (scope === 'unit') void party.orWhere('party', `unit:${actor.unitId}`);
          if (scope === 'unitAndBelow') void party.orWhereBetween('path', pathRange(deps.people, actor.unitId));
        }));
      });
    }
  });
}

/** The closest relation, in the query. */
function limitToRelations({people}: Pick<CaseDeps, 'people'>, query: Knex.QueryBuilder, {personId, unitId}: Actor, limits: Readonly<Record<DataScope, boolean>>): void {
  const party = (condition: string) => `when exists (select 1 from case_party where case_party.case_id = record.id and ${condition}) then ?`;
  const bit = (scope: DataScope) => (limits[scope] ? 1 : 0);
  void query.whereRaw(
    `(case ${party('party = ?')} ${party('party = ?')} ${party('path between ? and ?')} else ? end) = 1`,
    [`person:${personId}`, bit('own'), `unit:${unitId}`, bit('unit'), ...pathRange(people, unitId), bit('unitAndBelow'), bit('all')],
  );
}
