import test from 'ava';
import type {Problem} from '@banli/errors';
import {isAppError} from '@banli/errors';
import {createCatalogLife, type CatalogReferences, type ChangeSet, type LifeActor, type LifeDeps, type LifePermission, type RowInput, type RowUse} from '../../src/index.js';
import {emptyService, sampleService, wordsCatalog} from '../sample-service.js';

export const author = person('p-author', 'editors');
export const reviewer = person('p-reviewer', 'editors');
export const stranger = person('p-stranger', 'elsewhere');

function person(personId: string, unitId: string): LifeActor {
  return {personId, personName: personId, unitId, roles: [], requestId: 'r', address: ''};
}

/** A life on published catalogs: whoever is at `editors` may do everything, strangers nothing. `uses` answers what orders hold. */
function lifeOver(parts: Awaited<ReturnType<typeof emptyService>>, more: Pick<LifeDeps, 'coverage'> = {}) {
  const uses: RowUse[] = [];
  /** What open cases stand on in any table, and what was asked about that. */
  const stands: RowUse[] = [];
  const askedRows: Array<Parameters<NonNullable<CatalogReferences['rowUses']>>[0]> = [];
  const hidden: Array<{code: string; layout: string}> = [];
  const denied = new Set<LifePermission>();
  const audit: Array<{action: string; subject: string; personId: string; data?: unknown}> = [];
  /** What is asked of cases, bundles and units; tests may change it. */
  const references: {-readonly [Name in keyof CatalogReferences]: CatalogReferences[Name]} = {uses: async (_catalogId, keys) => uses.filter(use => keys.includes(use.key)), rowUses: async asked => {
    askedRows.push(asked);
    return stands.filter(use => asked.rows.some(row => row.key === use.key));
  }, hiddenElements: async catalogId => (catalogId === 'elements' ? hidden : [])};
  const life = createCatalogLife({
    ...more,
    store: parts.store, clock: parts.clock,
    audit: {record: async (tx, entry) => {
      await tx('setting').select('name').limit(1);
      tx.onCommit(() => void audit.push({action: entry.action, subject: entry.subject, personId: entry.actor.personId, ...(entry.data === undefined ? {} : {data: entry.data})}));
    }},
    rights: {may: (actor, permission) => actor.unitId === 'editors' && !denied.has(permission)},
    references,
    onPublished: async () => {
      await parts.service.close();
      await parts.service.start();
    },
  });
  const draft = async (catalogId: string, ...rows: readonly RowInput[]): Promise<ChangeSet> => {
    let change = await life.create(author, {catalogId, title: '变更'});
    for (const row of rows) change = await put(change, row);
    return change;
  };
  const put = (change: ChangeSet, row: RowInput): Promise<ChangeSet> => life.put(author, ref(change), row);
  const approved = async (catalogId: string, ...rows: readonly RowInput[]): Promise<ChangeSet> => pass(await draft(catalogId, ...rows));
  const pass = async (change: ChangeSet): Promise<ChangeSet> => life.decide(reviewer, ref(await life.submit(author, ref(change))), {result: 'pass', opinion: '同意'});
  const publish = (change: ChangeSet, effectiveFrom = '2026-03-02'): Promise<ChangeSet> => life.publish(reviewer, {...ref(change), effectiveFrom});
  return {...parts, life, references, uses, stands, askedRows, hidden, denied, audit, draft, put, approved, pass, publish};
}

/** The sample catalogs, on 2026-03-02. */
export async function sampleLife() {
  return lifeOver(await sampleService());
}

/** The same, which asks for the coverage of dispatch before it publishes. */
export async function guardedLife() {
  const parts = await sampleService();
  return lifeOver(parts, {coverage: (at, source) => parts.service.reports.change(at, source)});
}

let shared: ReturnType<typeof sampleLife> | undefined;

test.after.always('the shared life is closed', async () => {
  await (await shared)?.close();
});

/** One for all tests of a file that publish nothing; `close` leaves it open until the file is through. */
export async function sharedLife() {
  shared ??= sampleLife();
  return {...(await shared), close: () => Promise.resolve()};
}

/** A catalog `words` with the rows a, b and c. */
export async function wordsLife() {
  const parts = await emptyService();
  await parts.service.publish([wordsCatalog('2026.1.0', '2026-01-01', ['a,甲,A,active', 'b,乙,B,active', 'c,丙,C,active'])], 'tests');
  return lifeOver(parts);
}

export function ref(change: ChangeSet) {
  return {changeId: change.id, lockVersion: change.lockVersion};
}

/** A new row of `words`. */
export function word(code: string, titleZh: string): RowInput {
  return {op: 'add', cells: {code, titleZh, titleEn: titleZh, sourceRef: 'own:'}};
}

/** The problems of a refusal: `code at file/element/field`, or the code of the refusal when it names none. */
export async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!isAppError(error)) throw error ?? new Error('Nothing was refused.');
  return error.problems.length === 0 ? [error.code] : error.problems.filter(problem => problem.severity !== 'warning').map(placed);
}

export function placed(problem: Problem): string {
  const {file, element, field} = problem.place;
  return [problem.code.replace(/^CATALOG_(CHANGE_)?/, ''), file, element, field].filter(part => part !== undefined).join(' ');
}
