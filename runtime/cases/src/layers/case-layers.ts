import type {Knex} from 'knex';
import {isMatterForm, matterFormsOf, type CompiledBundle, type CaseLayers, type FormNode, type KeptLayers, type LayerSubject} from '@banli/formats';
import type {Store, Tx} from '@banli/store';
import {textOrNull} from '../context.js';
import type {CaseDeps} from '../deps.js';
import type {CaseRecord, CaseRouting} from '../model.js';
import {factsOf} from '../release-facts.js';

type Values = Readonly<Record<string, unknown>>;
type FindDeps = Pick<CaseDeps, 'forms' | 'catalogs' | 'people'>;

/** Whose layers are asked for: what the case says of itself, and the unit that accepted it. */
export interface LayeredValues {
  readonly values: Values;
  readonly acceptingUnitId: string;
}

/** The layers for a case of these values as of a moment; `null` when the base forms stand alone. An unknown matter has none. */
export async function findLayers(deps: FindDeps, release: CompiledBundle, of: LayeredValues, at: number, tx?: Tx): Promise<KeptLayers | null> {
  const {manifest} = release.bundle;
  if (!dependsOnClass(release)) return null;
  const subject = await subjectOf(deps, release, of, at, tx);
  const tables = manifest.classForm && subject.matters.length > 0 ? await deps.catalogs.elements(manifest.classForm.catalog, at, tx, subject.areaCode === '' ? undefined : subject.areaCode) : null;
  return deps.forms.layers(release, subject, tables);
}

/** Whether the forms depend on matter and channel. */
export function dependsOnClass(release: CompiledBundle): boolean {
  const {standIns, extensions} = matterFormsOf(release);
  return release.bundle.manifest.classForm !== undefined || standIns.length + extensions.length > 0;
}

/** The form that the catalog names for a matter, where it is another than that of the start. One that the release of the case does not have is passed over: publishing tells of it. */
async function matterForm({catalogs}: FindDeps, release: CompiledBundle, matter: string, at: number, tx?: Tx): Promise<Pick<LayerSubject, 'form'>> {
  const named = await catalogs.matterHandling(matter, at, tx);
  const forms = matterFormsOf(release);
  return named?.processCode === release.bundle.manifest.id && named.formCode !== forms.start && isMatterForm(forms, named.formCode) ? {form: named.formCode} : {};
}

async function subjectOf(deps: FindDeps, release: CompiledBundle, {values, acceptingUnitId}: LayeredValues, at: number, tx?: Tx): Promise<LayerSubject> {
  const {caseFields} = release.bundle.manifest;
  const read = (name: string | undefined) => (name === undefined ? null : textOrNull(values[name]));
  const matter = read(caseFields.matter);
  const catalog = caseFields.matter === undefined ? undefined : factsOf(release).fields.get(caseFields.matter)?.['x-banli']?.catalog?.id;
  return {
    matters: matter === null || catalog === undefined ? [] : await deps.catalogs.branches(catalog, matter, at, tx),
    channel: read(caseFields.channel),
    areaCode: deps.people.unit(acceptingUnitId)?.areaCode ?? '',
    ...(matter === null || catalog === undefined ? {} : await matterForm(deps, release, matter, at, tx)),
  };
}

/** Whether the values make it another class of case: another matter, or another channel. */
export function isReclassified(release: CompiledBundle, before: Values, after: Values): boolean {
  const {matter, channel} = release.bundle.manifest.caseFields;
  return [matter, channel].some(name => name !== undefined && textOrNull(before[name]) !== textOrNull(after[name]));
}

/** Keeps layers for the cases that name them; the same ones again change nothing. */
export async function keepLayers(tx: Tx, {hash, layers}: KeptLayers, at: number): Promise<void> {
  await tx('form_layer').insert({hash, body: JSON.stringify(layers), created_at: at}).onConflict('hash').ignore();
}

/** Kept layers never change, so they are read once; the oldest go first. */
const known = new WeakMap<Store, Map<string, KeptLayers>>();
const mostKnown = 2_000;

async function readLayers(store: Store, hash: string, using: Knex | Tx): Promise<KeptLayers | null> {
  const memory = known.get(store) ?? new Map<string, KeptLayers>();
  known.set(store, memory);
  const before = memory.get(hash);
  if (before) return before;
  const row = await using('form_layer').where({hash}).first<{body: string} | undefined>();
  if (!row) return null;
  const kept: KeptLayers = {hash, layers: JSON.parse(row.body) as CaseLayers};
  const [oldest] = memory.keys();
  if (memory.size >= mostKnown && oldest !== undefined) memory.delete(oldest);
  memory.set(hash, kept);
  return kept;
}

type LayerDeps = Pick<CaseDeps, 'store' | 'forms' | 'releases'>;

/**
 * The release as a case sees it: its forms with the layers the case keeps. Whatever reads or writes values of a case works on this one.
 *
 * @param using - The transaction to read through when one is open.
 * @returns `null` when the release is unknown.
 */
export async function releaseOf(deps: LayerDeps, record: Pick<CaseRecord, 'releaseHash' | 'routing'>, using?: Tx): Promise<{readonly release: CompiledBundle; readonly definitionId: string} | null> {
  const found = await deps.releases.byHash(record.releaseHash, using);
  if (!found || record.routing.layers === null) return found;
  return {...found, release: await layered(deps, found.release, record.routing.layers, using)};
}

async function layered(deps: LayerDeps, base: CompiledBundle, {now, former}: NonNullable<CaseRouting['layers']>, using?: Tx): Promise<CompiledBundle> {
  const read = (hash: string) => readLayers(deps.store, hash, using ?? deps.store.knex);
  const current = now === null ? null : await read(now);
  const gone: KeptLayers[] = [];
  for (const hash of former) gone.push(...([await read(hash)].filter(kept => kept !== null)));
  return deps.forms.layered(base, current, gone);
}

/** A case under another class: its release with that class's form, and what to write down. */
export interface Reclassified {
  readonly release: CompiledBundle;
  readonly layers: CaseRouting['layers'];
  readonly kept: KeptLayers | null;
}

/**
 * The form of a case whose matter or channel is about to change: that of the new class as of now. Fields that both classes have keep
 * their values; those of the former class stay readable. `null` when the class stays, and then the form does.
 */
export async function reclassify(deps: LayerDeps & FindDeps, record: CaseRecord, sent: Values, at: number): Promise<Reclassified | null> {
  const base = await deps.releases.byHash(record.releaseHash);
  const values = {...record.values, ...sent};
  if (!base || !isReclassified(base.release, record.values, values)) return null;
  const kept = await findLayers(deps, base.release, {values, acceptingUnitId: record.acceptingUnitId}, at);
  const before = record.routing.layers ?? {now: null, former: []};
  if ((kept?.hash ?? null) === before.now) return null;
  const former = [...before.former, ...(before.now === null ? [] : [before.now])].filter((hash, index, all) => hash !== kept?.hash && all.indexOf(hash) === index);
  const layers = kept === null && former.length === 0 ? null : {now: kept?.hash ?? null, former};
  if (layers === null) return {release: base.release, layers, kept};
  const gone = await Promise.all(former.map(hash => readLayers(deps.store, hash, deps.store.knex)));
  return {release: deps.forms.layered(base.release, kept, gone.filter(each => each !== null)), layers, kept};
}

/** Fields that layers bring to a release beside those of its base forms, by name. */
export function layerFields(base: CompiledBundle, layered: CompiledBundle): ReadonlyMap<string, FormNode> {
  const own = factsOf(base).fields;
  return new Map([...factsOf(layered).fields].filter(([name]) => !own.has(name)));
}
