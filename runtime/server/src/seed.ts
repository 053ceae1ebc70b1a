import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {readBundleFolder} from '@banli/bundles/node';
import type {BundleFiles} from '@banli/formats';
import {readCatalogFolders, renewSchemaWords, type CatalogSource} from '@banli/catalogs';
import {errorText, isAppError, type Problem} from '@banli/errors';
import {compareVersions, readManifest} from '@banli/formats/catalogs';
import {createAccounts, createLoginGuard, createSessions, importOrganisation, readOrganisation, type PeopleAudit} from '@banli/people';
import {openVault, type Store} from '@banli/store';
import {systemClock} from '@banli/time';
import type {Platform} from './platform.js';
import type {Settings} from './settings.js';

const publisher = {personId: 'system', personName: '系统'};

/** Loads the sample organisation from its text files; nothing happens when they are the ones loaded last. */
export async function seedOrganisation(store: Store, settings: Settings): Promise<void> {
  const organisation = await readOrganisation(join(settings.root, 'catalogs/organisation'));
  await importOrganisation(store, await openVault(store, join(settings.keysFolder, 'vault.json')), organisation);
}

/** A demo account, with the titles of its roles and the names of its units. */
export interface DemoAccount {
  readonly login: string;
  readonly roles: readonly string[];
  readonly units: readonly string[];
}

/** Makes the demo accounts that are missing; answers every one. */
export async function seedAccounts(platform: Platform, password: string): Promise<readonly DemoAccount[]> {
  const {store, settings} = platform;
  const {accounts, posts, roles, units} = await readOrganisation(join(settings.root, 'catalogs/organisation'));
  const sessions = createSessions(store, systemClock);
  const audit: PeopleAudit = platform.audit.log;
  await createAccounts({store, clock: systemClock, sessions, guard: createLoginGuard(store), audit}).ensure(accounts, password);
  return accounts.map(({login, personId}) => {
    const own = posts.filter(post => post.personId === personId && post.status === 'active');
    return {
      login,
      roles: [...new Set(own.flatMap(post => post.roles))].map(id => roles.find(role => role.id === id)?.titleZh ?? id),
      units: [...new Set(own.map(post => post.unitId))].map(id => units.find(unit => unit.id === id)?.name ?? id),
    };
  });
}

/** Publishes the sample catalogs; a version that is there already stays as it is, and what administrators published since is never replaced. */
export async function seedCatalogs(platform: Pick<Platform, 'settings' | 'store' | 'catalogs' | 'catalogReferences' | 'logger'>): Promise<void> {
  const sources = await readCatalogFolders(join(platform.settings.root, 'catalogs'));
  await publishSeed(platform, await sourcesToSeed(platform.store, sources));
  await renewSchemaWords(platform.store, sources);
}

/** What a newer catalog of the folder may be wrong about here: forms, units and what units below made of catalogs are an installation's own. */
const heldBack: readonly string[] = [
  'CATALOG_ELEMENT_HIDDEN', 'CATALOG_HANDLING_FORM', 'CATALOG_CHANGE_SETTING_OWNER', 'CATALOG_CHANGE_SETTING_OWNER_EMPTY', 'CATALOG_CHANGE_USED_BY_DATA', 'CATALOG_CHANGE_USED_BY_ROW', 'CATALOG_CONTENT_UNIT_UNKNOWN',
];

/** A newer catalog that does not fit this installation (a layout hides what it requires, a form, unit or owner is not there, a unit below stands on what goes out of use) stays unpublished, the version of before holds: somebody decides, and the log says what. */
async function publishSeed(platform: Parameters<typeof seedCatalogs>[0], sources: readonly CatalogSource[]): Promise<void> {
  const outside = platform.catalogReferences;
  try {
    await platform.catalogs.publish(sources, publisher.personId, outside);
  } catch (error) {
    const errors = isAppError(error, 'CATALOG_INVALID') ? error.problems.filter(problem => problem.severity !== 'warning') : [];
    if (errors.length === 0 || errors.some(problem => !heldBack.includes(problem.code))) throw error;
    const notice = 'The version of before holds on. Change the row, or what it does not fit (layout, form, unit, the rows that name it), and start again; `banli catalog publish <folder> --as <account> --direct` says the same.';
    for (const {code, place, message, details} of errors) platform.logger.error({event: 'catalogs.seed.heldBack', code, file: place.file, line: place.line, field: place.field, message, zh: errorText(code, 'zh-CN', details ?? {}), notice});
    const isHeldBack = (source: CatalogSource): boolean => errors.some((problem: Problem) => problem.place.file?.startsWith(`${source.name}/`));
    await platform.catalogs.publish(sources.filter(source => !isHeldBack(source)), publisher.personId, outside);
  }
}

/** Those catalogs that nobody took over: no change set of theirs was published, and no version that comes after the one of the folder, nor was that one withdrawn. */
export async function sourcesToSeed(store: Store, sources: readonly CatalogSource[]): Promise<readonly CatalogSource[]> {
  const changed = new Set((await store.knex('catalog_change').whereIn('state', ['published', 'withdrawn']).distinct('catalog_id').select<Array<{catalog_id: string}>>('catalog_id')).map(row => row.catalog_id));
  const versions = await store.knex('catalog_version').select<Array<{catalog_id: string; version: string; withdrawn_at: number | null}>>('catalog_id', 'version', 'withdrawn_at');
  return sources.filter(source => {
    const {manifest} = readManifest(source.files['catalog.yaml']);
    return !manifest || (!changed.has(manifest.id) && !versions.some(row => row.catalog_id === manifest.id && (compareVersions(row.version, manifest.version) > 0 || (row.version === manifest.version && row.withdrawn_at !== null))));
  });
}

/** Templates and further bundles that have no release yet; what analysts published since is never replaced. */
export async function bundlesToSeed(platform: Platform): Promise<readonly BundleFiles[]> {
  const templates = join(platform.settings.root, 'templates');
  const folders = (await readdir(templates, {withFileTypes: true})).filter(entry => entry.isDirectory()).map(entry => join(templates, entry.name));
  folders.push(...platform.settings.moreBundles);
  const known = new Set((await platform.releases.bundles()).map(bundle => bundle.bundleId));
  const found = await Promise.all(folders.map(folder => readBundleFolder(folder)));
  return found.filter(files => !known.has(/^id: *(\w+)/m.exec(files['bundle.yaml'] ?? '')?.[1] ?? ''));
}

/** Publishes bundles one after the other; needs the engine. */
export async function seedBundles(platform: Platform, bundles: readonly BundleFiles[]): Promise<void> {
  for (const files of bundles) await platform.releases.publish(files, publisher);
}
