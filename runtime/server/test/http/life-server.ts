import type {ExecutionContext} from 'ava';
import {createCatalogLife, createCatalogService, type CatalogSource} from '@banli/catalogs';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogLifeRoutes} from '../../src/routes/catalog-life.js';
import {codeOf, ownRoutes, serverClock, setup} from './setup.js';

export const columns = ['code', 'titleZh', 'titleEn', 'status', 'sourceRef'];

/** A small catalog of an owner. */
function words(id: string, owner: string): CatalogSource {
  return {name: id, files: {
    'catalog.yaml': JSON.stringify({id, version: '2026.1.0', effectiveFrom: '2026-01-01', kind: 'list', title: {'zh-CN': '词', en: 'Words'}, owner, tables: {[id]: {file: 'data/words.csv', schema: 'schema/words.json', key: ['code']}}}),
    'schema/words.json': JSON.stringify({type: 'object', required: columns, additionalProperties: false, properties: Object.fromEntries(columns.map(column => [column, {type: 'string'}]))}),
    'data/words.csv': `${columns.join()}\na,甲,A,active,own:\n`,
  }};
}

/** A server with the catalogs `city` (owned by the city's centre) and `nobody` (owned by no unit). */
export async function lifeServer(t: ExecutionContext) {
  const server = await setup(t, {routes: parts => {
    const life = createCatalogLife({store: parts.store, clock: serverClock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => [], isUnit: id => parts.people.unit(id) !== null}, elsewhere: (_table, key) => parts.people.unit(key)?.name ?? null, onPublished: async () => undefined});
    return [...ownRoutes(parts), ...bindCatalogLifeRoutes({life})];
  }});
  const catalogs = createCatalogService(server.store, serverClock);
  await catalogs.publish([words('city', 'u650100-centre'), words('nobody', 'hotline-operations')], 'tests');
  await catalogs.close();
  const as = async (login: string) => {
    const {headers} = await server.signIn(login);
    return async (method: string, path: string, body?: unknown) => {
      const answer = await server.call(path, {method, headers: {...headers, ...(body === undefined ? {} : {'content-type': 'application/json'})}, ...(body === undefined ? {} : {body: JSON.stringify(body)})});
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : {refused: await codeOf(answer)};
    };
  };
  return {...server, as};
}

/** A change set as routes answer it. */
export interface Seen {
  readonly id: string;
  readonly lockVersion: number;
  readonly state: string;
}

/** The set of an answer. */
export const changeOf = (answer: Record<string, unknown>): Seen => answer['change'] as Seen;
