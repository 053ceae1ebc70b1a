import type {CompiledBundle} from '@banli/formats';
import {newId, type Tx} from '@banli/store';
import type {RecordDeps} from './deps.js';
import type {CaseRecord} from './model.js';
import {factsOf} from './release-facts.js';
import {openValues, sealValues} from './sealing.js';
import type {CaseVault} from './ports.js';

type Values = Readonly<Record<string, unknown>>;

/** Form values of drafts as text for the table, sealed like those of cases; each item by the releases whose forms it may be typed in. */
export function packItems(items: ReadonlyArray<{readonly values: Values; readonly releases: readonly CompiledBundle[]}>, vault: CaseVault): string {
  return JSON.stringify(items.map(({values, releases}) => sealValues(values, new Set(releases.flatMap(release => [...factsOf(release).sealed])), vault)));
}

/** Reads what `packItems` wrote. */
export function unpackItems(text: string, vault: CaseVault): ReadonlyArray<Record<string, unknown>> {
  return (JSON.parse(text) as Values[]).map(item => openValues(item, vault));
}

/** The title a draft is listed under. */
export function draftTitle(release: CompiledBundle, items: readonly Values[]): string {
  const title = items[0]?.[release.bundle.manifest.caseFields.title];
  return typeof title === 'string' ? title.slice(0, 255) : '';
}

/** Keeps the values of a case that could not be started as a draft of the person who typed them. */
export async function keepAsDraft(deps: RecordDeps, tx: Tx, release: CompiledBundle, record: CaseRecord, at: number): Promise<void> {
  const items = [record.values];
  await tx('case_draft').insert({id: newId(at), owner_id: record.startedBy, bundle_id: record.bundleId, task_id: null, title: draftTitle(release, items), items: packItems([{values: record.values, releases: [release]}], deps.vault), saved_at: at});
}
