import {join} from 'node:path';
import {randomUUID} from 'node:crypto';
import {openAudit, type OpenAudit} from '@banli/audit';
import {createCatalogIssues, createCatalogLife, createCatalogService, createCatalogSubscriptions, createLayerUses, type CatalogIssues, type CatalogLife, type CatalogService, type CatalogSource, type CatalogSubscriptions, type FileReferences, type MatterAdvisory} from '@banli/catalogs';
import {createCaseNotebook, createCaseSignals, createCaseWatch, createCases, createCatalogRowUses, createCatalogUses, createReleases, type CaseDeps, type CaseParts, type CaseWatch, type Releases} from '@banli/cases';
import {clockWords, createCaseClocks, createClockLoop, createClockPlans, isTextWanted, type ClockLoop, type ClockPlans} from '@banli/deadlines';
import {createDocuments, type Documents} from '@banli/documents';
import {createFiles, type Files} from '@banli/files';
import {createForms} from '@banli/forms';
import {createNotices, createSms, type Notices, type Sms} from '@banli/messages';
import {createPeople, type People} from '@banli/people';
import {createPermissions, platformPolicyPath, readPolicyFile, type Permissions} from '@banli/permissions';
import type {CountedProcessEngine} from '@banli/processes';
import {createStore, openVault, type Store, type Vault} from '@banli/store';
import {systemClock, type Clock} from '@banli/time';
import {forgetRun} from '@banli/workers';
import type {Logger} from 'pino';
import {createDecide} from './automatic-dispatch/decide.js';
import {dispatchRound} from './automatic-dispatch/run.js';
import {createClockTexts} from './clock-texts.js';
import {createCatalogReaders, createLifeRights} from './life-rights.js';
import {createFileAccess} from './file-access.js';
import {eventLog} from './log.js';
import {adviseMatters} from './matter-advisory.js';
import {createMovableClock, type MovableClock} from './movable-clock.js';
import {createPlugins, type Plugins} from './plugins.js';
import {createRefusalLog, safeError, type RefusalLog} from './http/index.js';
import {createReviewChains, endReview, registerDecision} from './review-chains.js';
import {isReviewTextWanted, tellReviewers} from './review-notices.js';
import type {Settings} from './settings.js';
import {createSmsGateway} from './sms-gateway.js';

/** Every service of one process, joined: the server and the worker host each have one on the same database. */
export interface Platform {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly clock: Clock;
  /** `null` unless this is a trial. */
  readonly movableClock: MovableClock | null;
  readonly store: Store;
  readonly vault: Vault;
  readonly engine: CountedProcessEngine;
  readonly people: People;
  readonly permissions: Permissions;
  readonly catalogs: CatalogService;
  readonly catalogLife: CatalogLife;
  /** What catalogs ask of cases, bundles, layers and units. */
  readonly catalogReferences: FileReferences;
  readonly catalogIssues: CatalogIssues;
  readonly catalogSubscriptions: CatalogSubscriptions;
  readonly audit: OpenAudit;
  readonly refusals: RefusalLog;
  readonly notices: Notices;
  readonly sms: Sms;
  readonly documents: Documents;
  readonly files: Files;
  readonly releases: Releases;
  readonly cases: CaseParts;
  readonly watch: CaseWatch;
  readonly clockLoop: ClockLoop;
  readonly clockPlans: ClockPlans;
  readonly plugins: Plugins;
  readonly advisory: MatterAdvisory;
  /** Decides about orders that wait for a dispatcher, one round, if this process has the turn. */
  readonly dispatchRound: () => Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the database and brings it up to date; nothing else runs yet. */
export async function openStore(settings: Settings, logger: Logger): Promise<{readonly store: Store; readonly clock: Clock; readonly movableClock: MovableClock | null}> {
  const movableClock = settings.movableClock === null ? null : createMovableClock();
  const clock = movableClock ?? systemClock;
  return {store: createStore(settings.databaseUrl, {clock, log: eventLog(logger)}), clock, movableClock};
}

interface PlatformParts {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly opened: Awaited<ReturnType<typeof openStore>>;
  /** Ends with the platform. */
  readonly engine: CountedProcessEngine;
}

/** Joins all services on an open, migrated database whose organisation is loaded. */
export async function createPlatform(parts: PlatformParts): Promise<Platform> {
  const {settings, logger, engine} = parts;
  const {store, clock, movableClock} = parts.opened;
  const log = eventLog(logger);
  const vault = await openVault(store, join(settings.keysFolder, 'vault.json'));
  const audit = await openAudit(store, settings.keysFolder);
  const refusals = createRefusalLog({store, audit: audit.log, clock: systemClock, onError: error => log.error('audit.refusal.unwritten', {...safeError(error)})});
  const people = await createPeople(store);
  const grants = await Promise.all([platformPolicyPath, join(settings.root, 'catalogs/organisation/grants.yaml')].map(path => readPolicyFile(path)));
  const permissions = await createPermissions({store, files: grants, units: people});
  const catalogs = createCatalogService(store, clock);
  await catalogs.start();
  const plugins = await createPlugins({root: settings.root, catalogs, people, clock, log});
  const documents = createDocuments({store});
  const notices = createNotices(store, clock);
  const {gateway: smsGateway, close: closeSms} = createSmsGateway(settings.sms, clock);
  const sms = createSms({store, clock, vault, gateway: smsGateway, isWanted: async message => (await isReviewTextWanted(store, message)) && isTextWanted(store, message), onGivenUp: message => log.warn('sms.message.givenUp', {id: message.id, kind: message.kind, reason: message.reason})});
  const texts = createClockTexts({sms, vault, quiet: settings.quietHours});
  const releases = createReleases({store, engine, clock, log, audit: audit.log, installed: () => plugins.installed()});
  const clocks = createCaseClocks({store, clock, catalogs});
  const late: {cases: CaseParts | null} = {cases: null};
  const references = {...createCatalogUses({store, releases}), ...createCatalogRowUses({store}), ...createLayerUses(store), isUnit: (unitId: string) => people.unit(unitId)?.active === true, hasPeople: (unitId: string) => people.persons().some(person => person.posts.some(post => post.unitId === unitId))};
  const unitName = (unitId: string) => people.unit(unitId)?.name ?? null;
  const files = createFiles({store, clock, folder: settings.filesFolder, audit: audit.log, access: createFileAccess(() => late.cases?.cases ?? null, {mayReadBasis: (actor, fileId) => catalogLife.mayReadBasis(actor, fileId)})});
  const lifeDeps = {
    chains: createReviewChains({bundleId: settings.catalogReview, people, sideCases: () => late.cases?.sideCases ?? null, assertVisible: async (actor, caseId) => late.cases?.cases.assertVisible(actor, caseId)}),
    store, clock, audit: audit.log, rights: createLifeRights(permissions), references, files,
    elsewhere: (table: string, key: string) => (table === 'units' ? unitName(key) : null),
    unitArea: (unitId: string) => people.unit(unitId)?.areaCode ?? null,
    coverage: (at: number, source: CatalogSource) => catalogs.reports.change(at, source),
    onPublished: async () => {
      await catalogs.close();
      await catalogs.start();
    },
  };
  const catalogLife = createCatalogLife(lifeDeps);
  const catalogIssues = createCatalogIssues({...lifeDeps, units: people, fourEyes: settings.catalogFourEyes, layerCoverage: (at, layer) => catalogs.reports.layerChange(at, layer)});
  const catalogSubscriptions = createCatalogSubscriptions({...lifeDeps, ...createCatalogReaders(permissions, people), notices});
  const watch = createCaseWatch();
  const caseDeps: CaseDeps & {readonly releases: Releases} = {
    store, clock, engine, releases, people, catalogs, clocks, watch, forms: createForms(plugins.widgetSchemas), audit: audit.log, vault, notices, files, words: clockWords, log,
    papers: {of: caseId => documents.list(caseId)},
    mayUnmask: roles => permissions.can({roles}, 'cases.unmask'),
    readReach: actor => permissions.reach(actor, 'cases.read'),
    onWorkUndone: forgetRun,
    onOpened: (tx, opened) => tellReviewers({bundleId: settings.catalogReview, notices, texts}, tx, opened),
    onEnded: (tx, end) => endReview({life: catalogLife, notices}, tx, end),
  };
  const cases = createCases(caseDeps);
  late.cases = cases;
  registerDecision(plugins.registry, {life: catalogLife, sideCases: cases.sideCases, notices});
  const signals = createCaseSignals({store, clock, people, vault, releases, notices, wake: () => cases.loop.wake()});
  const clockLoop = createClockLoop({store, clock, catalogs, signals, notices, texts, people, log, holder: randomUUID()});
  const clockPlans = createClockPlans({store, clock, catalogs, audit: audit.log, timeline: createCaseNotebook(), holder: randomUUID()}, {onError: error => log.error('deadlines.plans.failed', {error: error instanceof Error ? error.message : String(error)})});
  const advisory = adviseMatters({catalogs, clock, logger, plugins, store});
  const rounds = {automatic: cases.automaticDispatch, decide: createDecide({catalogs, advisory, people, store, clock}), store, clock: systemClock, holder: randomUUID()};
  return {
    settings, logger, clock, movableClock, store, vault, engine, people, permissions, catalogs, catalogLife, catalogReferences: {...references, unitName}, catalogIssues, catalogSubscriptions, audit, refusals, notices, sms, documents, files, releases, cases, watch, clockLoop, clockPlans, plugins, advisory,
    dispatchRound: () => dispatchRound(rounds),
    close: async () => {
      watch.close();
      await catalogs.close();
      await engine.close();
      await documents.close();
      await closeSms();
      await store.close();
    },
  };
}
