import type {CompiledBundle} from '@banli/formats';

/** A way from one step to another: the nodes between them and the flows taken. */
export interface Path {
  readonly nodes: readonly string[];
  readonly flows: readonly string[];
}

/** The drawing as a graph in which sub-processes are entered by their start and left by their ends. */
export interface DrawnGraph {
  /**
   * The shortest way between two steps over nodes that are no steps, beginning with a flow of the outcome; from `''` the way begins at
   * an event. `null` when there is none.
   */
  path(move: {readonly from: string; readonly outcome: string; readonly to: string}): Path | null;
  /** Every node that may still be reached from these. */
  ahead(from: readonly string[]): ReadonlySet<string>;
  /** Containers around a node, innermost first. */
  containers(nodeId: string): readonly string[];
}

interface Edge {
  readonly to: string;
  readonly flow: string | null;
}

const graphs = new WeakMap<CompiledBundle, DrawnGraph>();
const exit = (id: string) => `${id}\u0000exit`;

/** The graph of a release; made when first asked for. */
export function graphOf(release: CompiledBundle): DrawnGraph {
  const known = graphs.get(release);
  if (known) return known;
  const graph = makeGraph(release);
  graphs.set(release, graph);
  return graph;
}

function makeGraph(release: CompiledBundle): DrawnGraph {
  const nodes = new Map(release.nodes.map(node => [node.id, node]));
  const edges = edgesOf(release);
  const events = eventStarts(release);
  const outcomes = outcomeFlows(release);
  const search = (start: string, to: string, outcome = '') => shortest(start, to, edges, {isStep: id => id in release.steps, isOpen: flow => outcome === '' || flow === null || (outcomes.get(flow)?.includes(outcome) ?? true)});
  return {
    path: ({from, outcome, to}) => (from === '' ? (events.map(id => search(id, to)).find(path => path !== null) ?? null) : search(from, to, outcome)),
    ahead(from) {
      const seen = new Set<string>();
      const queue = [...from];
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        for (const edge of edges.get(id) ?? []) {
          if (seen.has(edge.to)) continue;
          seen.add(edge.to);
          queue.push(edge.to);
        }
      }
      return seen;
    },
    containers(nodeId) {
      const around: string[] = [];
      for (let scope = nodes.get(nodeId)?.scope ?? null; scope !== null; scope = nodes.get(scope)?.scope ?? null) around.push(scope);
      return around;
    },
  };
}

function edgesOf(release: CompiledBundle): Map<string, Edge[]> {
  const type = new Map(release.nodes.map(node => [node.id, node.type]));
  const edges = new Map<string, Edge[]>();
  const add = (from: string, edge: Edge) => edges.set(from, [...(edges.get(from) ?? []), edge]);
  for (const flow of release.flows) add(type.get(flow.source) === 'subProcess' ? exit(flow.source) : flow.source, {to: flow.target, flow: flow.id});
  for (const node of release.nodes) {
    if (node.scope === null) continue;
    if (node.type === 'startEvent') add(node.scope, {to: node.id, flow: null});
    if (node.type === 'endEvent') add(node.id, {to: exit(node.scope), flow: null});
  }
  return edges;
}

/** Events that begin a way of their own: boundary events, and starts of sub-processes that no flow leads to. */
function eventStarts(release: CompiledBundle): readonly string[] {
  const targets = new Set(release.flows.map(flow => flow.target));
  return release.nodes.filter(node => node.type === 'boundaryEvent' || (node.type === 'startEvent' && node.scope !== null && !targets.has(node.scope))).map(node => node.id);
}

/** Outcomes that a drawn flow out of a step is for; flows that name none are for all. The drawing passed the check, so its tags can be read as text. */
function outcomeFlows(release: CompiledBundle): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const {xml} of Object.values(release.bundle.processes)) {
    for (const [tag] of xml.matchAll(/<(?:\w+:)?sequenceFlow\b[^>]*>/g)) {
      const id = /\bid="([^"]+)"/.exec(tag)?.[1];
      const outcomes = /\b\w+:outcome="([^"]*)"/.exec(tag)?.[1];
      if (id !== undefined && outcomes !== undefined) found.set(id, outcomes.split(/\s+/));
    }
  }
  return found;
}

interface SearchRules {
  readonly isStep: (id: string) => boolean;
  /** Whether the way may begin with this flow. */
  readonly isOpen: (flow: string | null) => boolean;
}

function shortest(start: string, to: string, edges: ReadonlyMap<string, readonly Edge[]>, rules: SearchRules): Path | null {
  const came = new Map<string, {from: string; flow: string | null} | null>([[start, null]]);
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const edge of edges.get(id) ?? []) {
      if (id === start && !rules.isOpen(edge.flow)) continue;
      if (edge.to === to) return trace(id, edge, came);
      if (came.has(edge.to) || rules.isStep(edge.to)) continue;
      came.set(edge.to, {from: id, flow: edge.flow});
      queue.push(edge.to);
    }
  }
  return null;
}

function trace(last: string, edge: Edge, came: ReadonlyMap<string, {from: string; flow: string | null} | null>): Path {
  const nodes = [edge.to];
  const flows = edge.flow === null ? [] : [edge.flow];
  for (let id: string | undefined = last; id !== undefined; ) {
    if (!id.includes('\u0000')) nodes.push(id);
    const step: {from: string; flow: string | null} | null = came.get(id) ?? null;
    if (step?.flow) flows.push(step.flow);
    id = step?.from;
  }
  return {nodes: nodes.reverse(), flows: flows.reverse()};
}
