import type {CompiledBundle} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {CaseDeps} from './deps.js';
import {textOrNull} from './context.js';
import type {CaseRecord} from './model.js';
import {takeNumbers} from './numbers.js';
import {factsOf} from './release-facts.js';
import {prepareStart, writeStart} from './start-work.js';
import {systemActor} from './system-actor.js';
import {findLayers, layerFields} from './layers/case-layers.js';

/** A case that a worker wants to open, and how it belongs to its own. */
export interface LinkedCase {
  readonly relation: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Starts another case on the current release of the same bundle, accepted by the same unit, and links the two. The system acts, so
 * no field rights apply: a worker is trusted code.
 */
export async function openLinked(deps: CaseDeps, tx: Tx, origin: CaseRecord, on: {readonly release: CompiledBundle; readonly definitionId: string}, linked: LinkedCase, at: number): Promise<string> {
  const {definitionId} = on;
  const redoField = on.release.bundle.manifest.caseFields.redoOf;
  const values = {...linked.values};
  if (redoField !== undefined && linked.relation === 'redo' && textOrNull(values[redoField]) === null) values[redoField] = origin.number;
  const layers = await findLayers(deps, on.release, {values, acceptingUnitId: origin.acceptingUnitId}, at, tx);
  const release = deps.forms.layered(on.release, layers, []);
  for (const [name, node] of layerFields(on.release, release)) {
    // The same grievance once more: what its class asks was told already. Attachments belong to the case they were sent with.
    if (values[name] === undefined && origin.values[name] !== undefined && node['x-component'] !== 'FileUpload') values[name] = origin.values[name];
  }
  const taskScoped = factsOf(release).taskScoped;
  const prepared = prepareStart(deps, {
    release,
    definitionId,
    actor: systemActor,
    acceptingUnitId: origin.acceptingUnitId,
    outcome: factsOf(release).startStep.outcomes[0] ?? null,
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !taskScoped.has(name))),
    taskValues: Object.fromEntries(Object.entries(values).filter(([name]) => taskScoped.has(name))),
    newFiles: [],
    layers,
    startKey: null,
    callId: origin.callId,
    at,
  });
  const areaCode = deps.people.unit(origin.acceptingUnitId)?.areaCode ?? '';
  const [number = ''] = await takeNumbers(deps.store, tx, {pattern: release.bundle.manifest.numbering.pattern, areaCode, at}, 1);
  const {loaded} = await writeStart(deps, tx, prepared, number, 0);
  await tx('case_link').insert({case_id: origin.id, other_id: loaded.record.id, relation: linked.relation.slice(0, 32), at, by_person: systemActor.personId});
  return loaded.record.id;
}
