import {checkBundle, type Installed} from '@banli/bundles';
import {isAppError, type AppError, type Problem} from '@banli/errors';
import type {BundleFiles, CompiledBundle} from '@banli/formats';
import type {Deployment, ProcessEngine} from '@banli/processes';
import {isDuplicateKey, type Store, type Tx} from '@banli/store';
import {sleep, type Clock} from '@banli/time';
import {releaseErrors} from '../errors.js';
import type {Actor, CaseAudit, CaseLog, CaseReleases} from '../ports.js';
import {systemActor} from '../system-actor.js';
import {withNextVersion} from './next-version.js';
import {listCurrent, listReleases, markDeployed, markRefused, readCurrent, readRelease, writeRelease, type ReleaseRow} from './release-store.js';

/** How files are published. */
export interface PublishOptions {
  readonly bundleId?: string;
  readonly nextVersion?: boolean;
}

/** Who publishes; at setup nobody who is signed in. */
export type Publisher = Pick<Actor, 'personId' | 'personName'> & Partial<Actor>;

/** Publishes bundles and finds releases. Answers come from memory; another server's publishing is seen within a second. */
export interface Releases extends CaseReleases {
  /** Checks files as they are, without storing them. */
  check(files: BundleFiles): Promise<readonly Problem[]>;
  /**
   * Checks, compiles, stores and deploys; the same files again answer the same release, and make it the current one again.
   * @param options - `bundleId`: the bundle that the files must belong to. `nextVersion`: other files under a version that a release has get the next one.
   * @throws AppError `RELEASE_REFUSED` with every problem; `RELEASE_BUNDLE_OTHER`; `RELEASE_NOT_DEPLOYED` when the engine is down: it is deployed later by `resume`.
   */
  publish(files: BundleFiles, actor: Publisher, options?: PublishOptions): Promise<ReleaseRow>;
  /** Deploys what a crash or a missing engine left over; call it at start and from time to time. */
  resume(): Promise<void>;
  list(bundleId: string): Promise<readonly ReleaseRow[]>;
  /** Bundles with a current release. */
  bundles(): Promise<ReadonlyArray<{readonly bundleId: string; readonly hash: string}>>;
}

/** What releases stand on. `installed` tells the check which workers, catalogs and widgets there are. */
export interface ReleaseDeps {
  readonly store: Store;
  readonly engine: ProcessEngine;
  readonly clock: Clock;
  readonly log: CaseLog;
  readonly audit: CaseAudit;
  readonly installed?: () => Promise<Installed>;
}

interface Known {
  readonly release: CompiledBundle;
  readonly definitionId: string;
}

const currentForMs = 1_000;
const deployAttempts = 3;
const deployPauseMs = 1_000;

/** What this process remembers of releases; the hash of the current one is asked again every second. */
function createMemory({store, clock}: ReleaseDeps) {
  const byHash = new Map<string, Known>();
  const current = new Map<string, {readonly hash: string | null; readonly at: number}>();
  const find = async (hash: string, using?: Parameters<CaseReleases['byHash']>[1]) => {
    const known = byHash.get(hash);
    if (known) return known;
    const stored = await readRelease(store, hash, using);
    if (!stored || stored.definitionId === null) return null;
    const found = {release: stored.release, definitionId: stored.definitionId};
    byHash.set(hash, found);
    return found;
  };
  return {
    find,
    remember: (release: CompiledBundle, definitionId: string) => {
      byHash.set(release.hash, {release, definitionId});
      current.delete(release.bundle.manifest.id);
    },
    async current(bundleId: string) {
      const known = current.get(bundleId);
      const now = clock.now();
      const isFresh = known !== undefined && Math.abs(now - known.at) < currentForMs;
      const hash = isFresh ? known.hash : await readCurrent(store, bundleId);
      if (!isFresh) current.set(bundleId, {hash, at: now});
      return hash === null ? null : find(hash);
    },
  };
}

/** Makes the one place that knows releases. */
export function createReleases(deps: ReleaseDeps): Releases {
  const {store, clock} = deps;
  const memory = createMemory(deps);
  const deploy = async (row: ReleaseRow, release: CompiledBundle) => {
    const definitionId = await deployRelease(deps, row, release);
    await store.tx(tx => markDeployed(tx, row, definitionId, clock.now()));
    memory.remember(release, definitionId);
    return {...row, status: 'deployed' as const, definitionId};
  };
  const installed = async () => (deps.installed ? deps.installed() : {});
  return {
    byHash: memory.find,
    current: memory.current,
    async ensureDeployed(hash) {
      const stored = await readRelease(store, hash);
      if (!stored) throw releaseErrors.UNKNOWN({hash});
      const there = await deps.engine.findDeployment(deploymentName(stored));
      const definitionId = there?.definitions[stored.release.bundle.manifest.mainProcess];
      if (definitionId !== undefined && definitionId === stored.definitionId) {
        // Another process may have deployed it anew: what this one remembers is renewed.
        memory.remember(stored.release, definitionId);
        return definitionId;
      }
      return (await deploy(stored, stored.release)).definitionId;
    },
    check: async files => checkBundle(files, await installed()).problems,
    async publish(files, actor, {bundleId, nextVersion = false} = {}) {
      const asked = compile(files, await installed());
      const {id, version} = asked.bundle.manifest;
      if (bundleId !== undefined && id !== bundleId) throw releaseErrors.BUNDLE_OTHER({found: id, expected: bundleId});
      const known = nextVersion ? await listReleases(store, {bundleId: id}) : [];
      const isKnown = known.some(row => row.hash === asked.hash);
      const compiled = !nextVersion || isKnown ? asked : compile(withNextVersion(files, version, known.map(row => row.version)), await installed());
      const row = await storeRelease(deps, compiled, actor);
      return deploy(row, compiled);
    },
    async resume() {
      for (const row of await listReleases(store, {status: 'deploying'})) {
        const stored = await readRelease(store, row.hash);
        if (stored) await deploy(row, stored.release).catch((error: unknown) => deps.log.warn('releases.resume.failed', {hash: row.hash, code: isAppError(error) ? error.code : String(error)}));
      }
    },
    list: bundleId => listReleases(store, {bundleId}),
    bundles: () => listCurrent(store),
  };
}

/** @throws AppError `RELEASE_REFUSED` with every problem */
function compile(files: BundleFiles, installed: Installed): CompiledBundle {
  const {problems, compiled} = checkBundle(files, installed);
  const errors = problems.filter(problem => problem.severity !== 'warning');
  if (!compiled || errors.length > 0) throw releaseErrors.REFUSED({count: errors.length}, {problems});
  return compiled;
}

/** Stores a release once, with its row of the audit log; publishing known files again only renews its place as the last one published. */
async function storeRelease(deps: ReleaseDeps, compiled: CompiledBundle, actor: Publisher): Promise<ReleaseRow> {
  const {store, clock} = deps;
  const {id: bundleId, version} = compiled.bundle.manifest;
  const row: ReleaseRow = {hash: compiled.hash, bundleId, version, status: 'deploying', definitionId: null, refusal: null, publishedAt: clock.now(), publishedBy: actor.personId, publishedByName: actor.personName, deployedAt: null};
  const note = (tx: Tx, again: boolean) => deps.audit.record(tx, {actor: {...systemActor, ...actor}, action: 'design.publish', subject: row.hash, result: 'done', at: row.publishedAt, data: {bundleId, version, again}});
  try {
    await store.tx(async tx => {
      await writeRelease(tx, row, compiled);
      await note(tx, false);
    });
    return row;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await store.tx(async tx => {
      await tx('bundle_release').where({hash: row.hash}).update({published_at: row.publishedAt, published_by: row.publishedBy, published_by_name: row.publishedByName});
      await note(tx, true);
    });
    return row;
  }
}

function deploymentName(row: Pick<ReleaseRow, 'bundleId' | 'hash'>): string {
  return `${row.bundleId}@${row.hash}`;
}

/** The deployment is named by the hash: the engine answers the first one however often it is asked. */
async function deployRelease(deps: ReleaseDeps, row: ReleaseRow, release: CompiledBundle): Promise<string> {
  const files = Object.entries(release.compiled).map(([id, xml]) => ({fileName: `${id}.bpmn`, xml}));
  try {
    const {definitions} = await deployPatiently(deps.engine, deploymentName(row), files);
    const definitionId = definitions[release.bundle.manifest.mainProcess];
    if (definitionId === undefined) throw releaseErrors.NOT_DEPLOYED({hash: row.hash});
    return definitionId;
  } catch (error) {
    if (isAppError(error, 'ENGINE_REFUSED')) {
      await markRefused(deps.store, row.hash, error.message);
      const problems = placeProblems(error, release);
      throw releaseErrors.REFUSED({count: problems.length}, {cause: error, problems});
    }
    if (isAppError(error)) throw releaseErrors.NOT_DEPLOYED({hash: row.hash}, {cause: error});
    throw error;
  }
}

/**
 * What the engine says against a release, at the drawing and element it means. It speaks of the compiled files, named by process: lines and
 * columns are theirs and left out.
 */
function placeProblems(error: AppError, {bundle, compiled}: CompiledBundle): readonly Problem[] {
  const drawings = Object.keys(bundle.files).filter(path => path.endsWith('.bpmn'));
  const drawnIn = (processId: string) => drawings.find(path => path.endsWith(`/${processId}.bpmn`)) ?? drawings.find(path => bundle.files[path]?.includes(`id="${processId}"`));
  const placeOf = (compiledName: string | undefined, element?: string): Problem['place'] => {
    const processId = compiledName?.replace(/\.bpmn$/, '') ?? '';
    const file = processId in compiled ? drawnIn(processId) : undefined;
    return {...(file === undefined ? {} : {file}), ...(element === undefined ? {} : {element})};
  };
  const found = error.problems.map(problem => ({code: error.code, message: problem.message, place: placeOf(problem.place.file, problem.place.element), details: {reason: problem.message}}));
  const reason = String(error.details['reason'] ?? error.message);
  return found.length > 0 ? found : [{code: error.code, message: error.message, place: placeOf(bundle.manifest.mainProcess), details: {reason}}];
}

/** A slow engine may take a release without answering in time: asking again finds it. */
async function deployPatiently(engine: ProcessEngine, name: string, files: Parameters<ProcessEngine['deploy']>[1]): Promise<Deployment> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await engine.deploy(name, files);
    } catch (error) {
      if (attempt === deployAttempts || !(isAppError(error, 'ENGINE_DOWN') || isAppError(error, 'ENGINE_TRY_AGAIN'))) throw error;
      await sleep(deployPauseMs);
    }
  }
}
