import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createCatalogLife, type CatalogLife} from '@banli/catalogs';
import {createFiles} from '@banli/files';
import {dayOf, formatDate} from '@banli/time';
import {createFileAccess} from '../../src/file-access.js';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogBasisRoutes} from '../../src/routes/catalog-basis.js';
import {bindCatalogLifeRoutes} from '../../src/routes/catalog-life.js';
import {changeOf, type Seen} from './life-server.js';
import {codeOf, ownRoutes, serverClock, setup} from './setup.js';

const pdf = '%PDF-1.7\n%âã\n1 0 obj\n<<>>\nendobj\n%%EOF\n';

/** A server with the sample catalogs whose change sets take files. */
async function basisServer(t: ExecutionContext) {
  const server = await setup(t, {catalogs: true, routes: parts => {
    const late: {life: CatalogLife | null} = {life: null};
    const files = createFiles({store: parts.store, clock: serverClock, folder: join(parts.home, 'files'), audit: parts.audit.log, access: createFileAccess(() => null, {mayReadBasis: async (actor, fileId) => (await late.life?.mayReadBasis(actor, fileId)) ?? false})});
    late.life = createCatalogLife({store: parts.store, clock: serverClock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => []}, files, onPublished: async () => undefined});
    return [...ownRoutes({...parts, files}), ...bindCatalogLifeRoutes({life: late.life}), ...bindCatalogBasisRoutes({life: late.life, files})];
  }});
  const as = async (login: string) => {
    const {headers} = await server.signIn(login);
    const call = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
      const answer = await server.call(path, body === undefined ? {headers} : {method: 'POST', headers: {...headers, 'content-type': 'application/json'}, body: JSON.stringify(body)});
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : {refused: await codeOf(answer)};
    };
    const attach = async ({id, lockVersion}: Pick<Seen, 'id' | 'lockVersion'>, name: string, content = pdf): Promise<Record<string, unknown>> => {
      const form = new FormData();
      form.append('file', new Blob([Buffer.from(content, 'latin1')]), name);
      const answer = await server.call(`/api/catalog-changes/${id}/basis?lockVersion=${lockVersion}`, {method: 'POST', headers, body: form});
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : {refused: await codeOf(answer)};
    };
    const download = async (fileId: string): Promise<string | number> => {
      const answer = await server.call(`/api/files/${fileId}`, {headers});
      return answer.ok ? (await answer.arrayBuffer()).byteLength : codeOf(answer);
    };
    const remove = (path: string) => server.call(path, {method: 'DELETE', headers});
    return {call, attach, download, remove};
  };
  return {...server, as};
}

const row = {op: 'modify', key: 'qz-u650102-chengguan', cells: {basisZh: '三定方案', remarkZh: '依据文件见变更单'}};

test('a set rests on files of its author; the version tells name and files, and whoever reads catalogs downloads them', async t => {
  const {as, store} = await basisServer(t);
  const [author, reviewer, clerk] = [await as('qu.admin'), await as('qu.fushen'), await as('shi.shouli')];
  let seen: Seen = changeOf(await author.call('/api/catalogs/unit-standards/changes', {title: '补依据文件', rows: [row]}));
  const command = async (who: typeof author, what: string, body: Record<string, unknown> = {}) => {
    const answer = await who.call(`/api/catalog-changes/${seen.id}/${what}`, {lockVersion: seen.lockVersion, ...body});
    if (answer['change']) seen = changeOf(answer);
    return answer['refused'];
  };
  const basis = async () => (await reviewer.call(`/api/catalog-changes/${seen.id}`))['basis'] as ReadonlyArray<{name: string; fileId: string; sizeBytes: number}>;
  for (const name of ['三定方案.pdf', '多余.pdf']) seen = changeOf(await author.attach(seen, name));
  t.is((await author.attach(seen, '三定方案.pdf', '<html>'))['refused'], 'FILES_TYPE_FALSE');
  t.is((await author.attach({...seen, lockVersion: 1}, '三定方案.pdf'))['refused'], 'CATALOG_CHANGE_STALE');
  t.is((await clerk.attach(seen, '三定方案.pdf'))['refused'], 'PERMISSIONS_DENIED');
  const [plan = '', spare = ''] = (await basis()).map(({fileId}) => fileId);
  t.is(await command(author, 'remove-basis', {fileId: spare}), undefined);
  t.is(await command(author, 'remove-basis', {fileId: spare}), 'CATALOG_CHANGE_BASIS_UNKNOWN');
  t.deepEqual((await basis()).map(({name, fileId, sizeBytes}) => [name, fileId, sizeBytes]), [['三定方案.pdf', plan, pdf.length]]);
  t.deepEqual([await reviewer.download(plan), await clerk.download(plan)], [pdf.length, 'FILES_UNKNOWN']);
  await command(author, 'submit');
  t.is((await author.attach(seen, '迟到.pdf'))['refused'], 'CATALOG_CHANGE_STATE', 'what is reviewed stays');
  await command(reviewer, 'decide', {result: 'pass', opinion: ''});
  t.is(await command(reviewer, 'publish', {effectiveFrom: formatDate(dayOf(serverClock.now())), versionName: ' 2026 年三定方案 '}), undefined);
  const [entry] = (await reviewer.call('/api/catalogs/unit-standards/timeline'))['entries'] as ReadonlyArray<{change: {versionName: string; basis: ReadonlyArray<{name: string}>}}>;
  t.deepEqual([entry?.change.versionName, entry?.change.basis.map(({name}) => name)], ['2026 年三定方案', ['三定方案.pdf']]);
  t.deepEqual([await (await as('shi.admin')).download(plan), await clerk.download(plan)], [pdf.length, 'FILES_UNKNOWN']);
  const actions = ((await store.knex('audit_entry').where({subject: seen.id, result: 'done'}).orderBy('id').select('action')) as Array<{action: string}>).map(({action}) => action);
  t.deepEqual(actions.filter(action => action.endsWith('Basis')), ['catalogs.attachBasis', 'catalogs.attachBasis', 'catalogs.detachBasis']);
});

test('no more than ten files, and a deleted set gives them up', async t => {
  const {as, store} = await basisServer(t);
  const author = await as('qu.admin');
  let seen: Seen = changeOf(await author.call('/api/catalogs/unit-standards/changes', {title: '试', rows: [row]}));
  for (let index = 0; index < 10; index += 1) seen = changeOf(await author.attach(seen, `${index}.pdf`));
  t.is((await author.attach(seen, '十一.pdf'))['refused'], 'CATALOG_CHANGE_BASIS_TOO_MANY');
  const held = async () => (await store.knex('file').whereNotNull('linked_at')).length;
  t.is(await held(), 10);
  await author.remove(`/api/catalog-changes/${seen.id}?lockVersion=${seen.lockVersion}`);
  t.deepEqual([await held(), (await store.knex('catalog_basis_file')).length], [0, 0]);
});
