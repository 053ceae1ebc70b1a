import type {CompiledBundle} from '@banli/formats';

/** Where a drawing divides into parallel branches, and where they meet again. */
export interface ForkStructure {
  readonly fork: string;
  /** Parallel gateway where branches meet first; `null` when they never do. */
  readonly join: string | null;
  /** One for each flow out of the fork, in drawing order: its nodes before the join, each branch in the order reached. */
  readonly branches: ReadonlyArray<{readonly flow: string; readonly nodes: readonly string[]; readonly reachesJoin: boolean}>;
}

/**
 * The block structure of a release's drawings: what a move of tokens has to look at (which joins lie between here and there, which
 * branches each still waits for). Follows sequence flows only; what hangs on boundary events is not part of a branch.
 */
export function structureOf({nodes, flows}: Pick<CompiledBundle, 'nodes' | 'flows'>): readonly ForkStructure[] {
  const leaving = (id: string): CompiledBundle['flows'] => flows.filter(flow => flow.source === id);
  const joins = new Set(nodes.filter(({id, type}) => type === 'parallelGateway' && flows.filter(flow => flow.target === id).length > 1).map(({id}) => id));
  const forks = nodes.filter(({id, type}) => type === 'parallelGateway' && leaving(id).length > 1);
  return forks.map(({id: fork}) => {
    const reached = leaving(fork).map(flow => walk(flow.target, fork, null, leaving));
    const shared = reached.flat().filter(id => joins.has(id) && reached.filter(branch => branch.includes(id)).length > 1);
    const join = shared.sort((a, b) => distance(a, reached) - distance(b, reached))[0] ?? null;
    const branches = leaving(fork).map((flow, index) => ({
      flow: flow.id,
      nodes: flow.target === join ? [] : walk(flow.target, fork, join, leaving).filter(id => id !== join),
      reachesJoin: join !== null && (reached[index]?.includes(join) ?? false),
    }));
    return {fork, join, branches};
  });
}

function walk(from: string, fork: string, stop: string | null, leaving: (id: string) => CompiledBundle['flows']): readonly string[] {
  const seen = [from];
  for (let index = 0; index < seen.length; index++) {
    const id = seen[index] ?? '';
    if (id === stop) continue;
    for (const {target} of leaving(id)) if (target !== fork && !seen.includes(target)) seen.push(target);
  }
  return seen;
}

function distance(id: string, branches: ReadonlyArray<readonly string[]>): number {
  return branches.reduce((sum, branch) => sum + Math.max(0, branch.indexOf(id)), 0);
}
