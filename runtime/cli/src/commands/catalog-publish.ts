import {catalogErrors, mostBatchRows, outsideOf, publishIn, readSources, toConfirm, type ReadSources} from '@banli/catalogs';
import {createAccounts, createLoginGuard, createSessions, type PeopleActor} from '@banli/people';
import {openPlatform} from '@banli/server/commands';
import {readAll, sentence} from '../catalog-folder.js';
import {changesOf, ownerOf, type FolderChanges} from '../catalog-changes.js';
import type {Command, CommandContext} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';
import {fromCommandLine} from '../operator.js';

type Platform = Awaited<ReturnType<typeof openPlatform>>;
type Write = CommandContext['write'];

const words = 'catalog publish';

/**
 * Hands in what folders change, catalog by catalog, for the review that changes on the pages go through. With `--direct` it publishes without one: for first versions, and for
 * what no change set can say; that wants the right to publish, and is told to the audit log. Warnings that the pages ask about are listed, and want `--accept-warnings`.
 */
export const catalogPublish: Command = {
  words,
  takes: '<文件夹> --as <账号> [--direct [--accept-warnings]]',
  help: '将目录（或其下全部目录）的改动提交审核；--direct 不经审核直接发布，须有发布权限，记入审计；有提醒时，核对后加 --accept-warnings',
  async run(args, {env, write}) {
    const {folder, login, direct} = readArguments(args);
    // First of all: a command never makes an installation.
    await withInstallation(env, () => Promise.resolve());
    const read = await readSources(await readAll(folder));
    const platform = await withInstallation(env, ({settings}) => openPlatform(settings));
    try {
      await (direct ? publishDirectly(platform, read, {login, ...direct}, write) : submit(platform, read, login, write));
    } finally {
      await platform.close();
    }
    return 0;
  },
};

interface Arguments {
  readonly folder: string;
  readonly login: string;
  /** `null`: goes through the review. */
  readonly direct: {readonly acceptWarnings: boolean} | null;
}

const [directly, accepting] = ['--direct', '--accept-warnings'] as const;

function readArguments(args: readonly string[]): Arguments {
  const isDirect = args.includes(directly);
  // Warnings of a change that is handed in are looked at by its reviewers.
  const rest = args.filter(word => word !== directly && !(isDirect && word === accepting));
  const at = rest.indexOf('--as');
  const login = at < 0 ? undefined : rest[at + 1];
  const folders = at < 0 ? rest : rest.toSpliced(at, 2);
  const option = folders.find(word => word.startsWith('--'));
  if (option !== undefined) throw cliErrors.OPTION_UNKNOWN({option});
  const [folder] = folders;
  if (folder === undefined || login === undefined || folders.length > 1) throw cliErrors.ARGUMENT_MISSING({words, takes: '<folder> --as <account> [--direct [--accept-warnings]]'});
  return {folder, login, direct: isDirect ? {acceptWarnings: args.includes(accepting)} : null};
}

async function submit(platform: Platform, read: ReadSources, login: string, write: Write): Promise<void> {
  const errors = read.problems.filter(problem => problem.severity !== 'warning');
  if (errors.length > 0) throw catalogErrors.INVALID({count: errors.length}, {problems: read.problems});
  const {catalogLife: life, store} = platform;
  const wanted: Array<FolderChanges & {readonly actor: PeopleActor}> = [];
  for (const {source, catalog} of read.catalogs) {
    const changes = await changesOf(store, source);
    if (changes.rows.length === 0) write(`· 未变 ${changes.catalogId}`);
    else wanted.push({...changes, actor: await actorFor(platform, login, 'catalogs.edit', catalog.manifest)});
  }
  for (const {catalogId, version, title, rows, actor} of wanted) {
    let change = await life.create(actor, {catalogId, title: `${title} ${version}（命令行）`});
    try {
      for (let start = 0; start < rows.length; start += mostBatchRows) change = await life.putMany(actor, {changeId: change.id, lockVersion: change.lockVersion}, rows.slice(start, start + mostBatchRows));
      const {warnings, ...submitted} = await life.submit(actor, {changeId: change.id, lockVersion: change.lockVersion});
      for (const warning of warnings) write(sentence(warning));
      write(`✓ 已提交审核 ${catalogId}：${rows.length} 行，${submitted.reviewNumber === null ? '待审核员审核' : `审核单 ${submitted.reviewNumber}`}`);
      write(`  进展：在页面打开 /catalogs/${catalogId}?tab=changes&change=${change.id}；通过后在该页发布`);
    } catch (error) {
      // What could not be handed in is out of the way; the refusal says why.
      await life.revoke(actor, {changeId: change.id, lockVersion: change.lockVersion});
      throw error;
    }
  }
}

async function publishDirectly(platform: Platform, read: ReadSources, {login, acceptWarnings}: {readonly login: string; readonly acceptWarnings: boolean}, write: Write): Promise<void> {
  const {store, clock, catalogReferences, audit: {log}} = platform;
  const actors = new Map<string, PeopleActor>();
  for (const {catalog: {manifest}} of read.catalogs) actors.set(manifest.id, await actorFor(platform, login, 'catalogs.publish', manifest));
  const at = clock.now();
  const outside = await outsideOf(store, read, catalogReferences);
  const results = await store.tx(async tx => {
    const published = await publishIn(tx, read, [...actors.values()][0]?.personId ?? '', at, outside);
    const fresh = published.filter(result => result.published).map(result => ({...result, asked: toConfirm(result.warnings)}));
    const asked = fresh.flatMap(result => result.asked);
    if (asked.length > 0 && !acceptWarnings) {
      for (const warning of asked) write(sentence(warning));
      throw cliErrors.WARNINGS_NEW({count: asked.length});
    }
    for (const {catalogId, version, asked: accepted} of fresh) {
      const actor = actors.get(catalogId);
      const data = {version, direct: true, ...(accepted.length > 0 ? {acceptedWarnings: accepted.map(({code, place}) => `${code} ${place.file ?? ''}${place.line === undefined ? '' : `:${place.line}`}`).slice(0, 100)} : {})};
      if (actor) await log.record(tx, {actor, action: 'catalogs.publishFolder', subject: catalogId, result: 'done', at, data});
    }
    return published;
  });
  for (const result of results) {
    for (const warning of result.warnings) write(sentence(warning));
    write(`${result.published ? '✓ 已直接发布（未经审核）' : '· 未变'} ${result.catalogId} ${result.version}（自 ${result.effectiveFrom} 起）`);
  }
}

/** The person of an account, in the post that has the right over the owner of a catalog as it is published. @throws AppError `CLI_ACCOUNT_UNKNOWN`, `CLI_RIGHT_MISSING` */
async function actorFor({store, clock, people, permissions, audit}: Platform, login: string, permission: 'catalogs.edit' | 'catalogs.publish', manifest: {readonly id: string; readonly owner: string}): Promise<PeopleActor> {
  const owner = await ownerOf(store, manifest);
  const accounts = await createAccounts({store, clock, sessions: createSessions(store, clock), guard: createLoginGuard(store), audit: audit.log}).list();
  const account = accounts.find(each => each.login === login.toLowerCase() && each.status !== 'disabled');
  const person = account && people.person(account.personId);
  if (!person) throw cliErrors.ACCOUNT_UNKNOWN({login});
  const post = person.posts.find(each => permissions.canWith(each, permission, {unitIds: [owner], personIds: []}));
  if (!post) throw cliErrors.RIGHT_MISSING({login, permission, owner: people.unit(owner)?.name ?? owner, catalog: manifest.id});
  return {personId: person.id, personName: person.name, unitId: post.unitId, roles: post.roles, ...fromCommandLine()};
}
