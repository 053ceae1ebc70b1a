import test from 'ava';
import {dayOf, formatDate} from '@banli/time';
import {changeOf, lifeServer} from './life-server.js';
import {serverClock} from './setup.js';

const columns = [
  {column: 'code', titleZh: '编码', titleEn: 'Code', type: 'text', format: 'code', maxLength: '20', required: 'yes', key: 'yes'},
  {column: 'titleZh', titleZh: '名称', titleEn: 'Name', type: 'text', maxLength: '40', required: 'yes'},
];
const fairs = {id: 'job-fairs', kind: 'list', titleZh: '招聘会', titleEn: 'Job fairs', owner: 'u650100-centre', columns};

test('an administrator makes a catalog over HTTP; a colleague finds its row when it is published', async t => {
  const {as, audit} = await lifeServer(t);
  const [admin, reviewer, colleague] = [await as('qu.admin'), await as('qu.jieguo'), await as('qu.fenxi')];
  const made = changeOf(await admin('POST', '/api/catalogs', fairs));
  const path = `/api/catalog-changes/${made.id}`;
  t.like((await colleague('GET', '/api/catalog-drafts'))['drafts'], [{id: 'job-fairs', changeId: made.id, state: 'editing', owner: 'u650100-centre'}]);
  t.true(((await colleague('GET', '/api/catalog-drafts'))['targets'] as Array<{reference: string}>).some(target => target.reference === 'city/city/code'));
  const filled = changeOf(await admin('PUT', `${path}/rows`, {lockVersion: made.lockVersion, op: 'add', cells: {code: 'spring', titleZh: '春季招聘会', sourceRef: 'own:'}}));
  const submitted = changeOf(await admin('POST', `${path}/submit`, {lockVersion: filled.lockVersion}));
  const passed = changeOf(await reviewer('POST', `${path}/decide`, {lockVersion: submitted.lockVersion, result: 'pass', opinion: '同意'}));
  t.like((await admin('POST', `${path}/publish`, {lockVersion: passed.lockVersion, effectiveFrom: formatDate(dayOf(serverClock.now()))}))['change'], {state: 'published', baseVersion: null});
  t.like((await colleague('GET', `/api/catalogs/job-fairs/rows?name=${encodeURIComponent('春季')}`))['rows'], [{key: 'spring', state: 'effective'}]);
  t.deepEqual((await colleague('GET', '/api/catalog-drafts'))['drafts'], []);
  t.deepEqual((await audit.log.list({limit: 50, subject: made.id})).rows.filter(row => row.result === 'done').map(row => row.action).reverse(), ['catalogs.createCatalog', 'catalogs.put', 'catalogs.submit', 'catalogs.pass', 'catalogs.publish']);
});

test('catalogs are made by those who may, for units they look after; an id is taken once', async t => {
  const {as} = await lifeServer(t);
  const [admin, city, county, writer] = [await as('qu.admin'), await as('shi.admin'), await as('ts.admin'), await as('qu.fenxi')];
  t.like(await writer('POST', '/api/catalogs', fairs), {refused: 'PERMISSIONS_DENIED'});
  t.like(await county('POST', '/api/catalogs', fairs), {refused: 'CATALOG_CHANGE_NOT_YOURS'});
  t.like(await city('POST', '/api/catalogs', {...fairs, owner: 'u650000-centre'}), {refused: 'CATALOG_CHANGE_NOT_YOURS'});
  const both = await Promise.all([admin('POST', '/api/catalogs', fairs), city('POST', '/api/catalogs', fairs)]);
  t.deepEqual(both.map(answer => (answer['change'] ? 'made' : answer['refused'])).sort(), ['CATALOG_CHANGE_ID_TAKEN', 'made']);
  t.like(await city('POST', '/api/catalogs', {...fairs, id: 'city'}), {refused: 'CATALOG_CHANGE_ID_TAKEN'});
  t.like(await city('POST', '/api/catalogs', {...fairs, id: 'Job fairs'}), {refused: 'CATALOG_CHANGE_ID_INVALID'});
  t.like(await city('POST', '/api/catalogs', {...fairs, id: 'matters'}), {refused: 'CATALOG_CHANGE_ID_RESERVED'});
  t.like(await city('POST', '/api/catalogs', {...fairs, id: 'days', kind: 'calendar'}), {refused: 'HTTP_INPUT_WRONG'});
  t.like(await city('POST', '/api/catalogs', {...fairs, id: 'nothing', columns: []}), {refused: 'CATALOG_CHANGE_REFUSED'});
  t.like(await county('GET', '/api/catalogs/job-fairs/changes'), {refused: 'CATALOG_CHANGE_NOT_YOURS'});
});
