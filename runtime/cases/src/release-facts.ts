import {engineReads} from '@banli/bundles';
import type {CompiledBundle, FormNode, FormSchema, StepModel, StrandKind} from '@banli/formats';
import type {Variables} from '@banli/processes';

/** What is asked of a release again and again, worked out once. */
export interface ReleaseFacts {
  /** Every value field of all forms by name. */
  readonly fields: ReadonlyMap<string, FormNode>;
  /** Names of fields that are stored encrypted. */
  readonly sealed: ReadonlySet<string>;
  /** Names of fields whose value belongs to one task. */
  readonly taskScoped: ReadonlySet<string>;
  readonly startStep: StepModel;
  readonly startForm: FormSchema;
  /** Events that any clock listens to. */
  readonly clockEvents: ReadonlySet<string>;
  readonly nodeNames: ReadonlyMap<string, string>;
  /** Steps that lie in a strand's sub-process, and the kind of strand. */
  readonly strandOfStep: ReadonlyMap<string, StrandKind>;
  /** Fields that belong to strands, and not to the case. */
  readonly strandFields: ReadonlySet<string>;
}

const known = new WeakMap<CompiledBundle, ReleaseFacts>();

/** The facts of a release; computed when first asked for. @throws Error when the start step or its form is missing: the check of the bundle lets no such release through. */
export function factsOf(release: CompiledBundle): ReleaseFacts {
  const before = known.get(release);
  if (before) return before;
  const startStep = release.steps[release.startStep];
  const startForm = startStep?.form ? release.bundle.forms[startStep.form] : undefined;
  if (!startStep || !startForm) throw new Error(`The release ${release.hash} has no start form.`);
  const fields = new Map<string, FormNode>();
  for (const form of Object.values(release.bundle.forms)) collectFields(form.properties, fields);
  const names = (test: (node: FormNode) => boolean) => new Set([...fields].filter(([, node]) => test(node)).map(([name]) => name));
  const facts: ReleaseFacts = {
    fields,
    sealed: names(node => node['x-banli']?.sensitivity === 'encrypt'),
    taskScoped: names(node => node['x-banli']?.scope === 'task'),
    startStep,
    startForm,
    clockEvents: new Set(release.bundle.limits.clocks.flatMap(rule => rule.on.map(trigger => trigger.event))),
    nodeNames: new Map(release.nodes.map(node => [node.id, node.name])),
    strandOfStep: new Map((release.bundle.manifest.strands ?? []).flatMap(kind => Object.values(release.steps).filter(step => step.scope === kind.subProcess).map(step => [step.id, kind] as const))),
    strandFields: new Set((release.bundle.manifest.strands ?? []).flatMap(kind => kind.fields)),
  };
  known.set(release, facts);
  return facts;
}

/** Of variables those that the engine reads: what it never asks for stays with us. */
export function forEngine(release: CompiledBundle, variables: Variables): Variables {
  const read = engineReads(release);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => read.has(name)));
}

/** Names of the value fields of one form, in drawing order. */
export function fieldNames(form: FormSchema): readonly string[] {
  const fields = new Map<string, FormNode>();
  collectFields(form.properties, fields);
  return [...fields.keys()];
}

function collectFields(properties: Readonly<Record<string, FormNode>>, into: Map<string, FormNode>): void {
  for (const [name, node] of Object.entries(properties)) {
    if (node.type === 'void') collectFields(node.properties ?? {}, into);
    else into.set(name, node);
  }
}
