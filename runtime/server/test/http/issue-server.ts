import type {ExecutionContext} from 'ava';
import {createCatalogIssues, createCatalogLife, createCatalogService} from '@banli/catalogs';
import {dayOf, formatDate} from '@banli/time';
import {createLifeRights} from '../../src/life-rights.js';
import {bindCatalogIssueRoutes} from '../../src/routes/catalog-issue.js';
import {bindCatalogRoutes} from '../../src/routes/catalogs.js';
import {ownRoutes, serverClock, setup} from './setup.js';

/** Today in Shanghai. */
export const today = formatDate(dayOf(serverClock.now()));
/** The limit that tests override: 3 working days for what is normal in the city's affairs. */
export const normal = 'city|normal|resolve';

/** A server on the sample catalogs and organisation. */
export async function issueServer(t: ExecutionContext) {
  const server = await setup(t, {catalogs: true, routes: parts => {
    const catalogs = createCatalogService(parts.store, serverClock);
    const onPublished = async () => {
      await catalogs.close();
      await catalogs.start();
    };
    const deps = {store: parts.store, clock: serverClock, audit: parts.audit.log, rights: createLifeRights(parts.permissions), references: {uses: async () => []}, onPublished};
    const issues = createCatalogIssues({...deps, units: parts.people});
    t.teardown(() => catalogs.close());
    return [...ownRoutes(parts), ...bindCatalogRoutes({catalogs, people: parts.people, releases: {current: async () => null}, clock: serverClock}), ...bindCatalogIssueRoutes({issues, life: createCatalogLife(deps), catalogs, people: parts.people, permissions: parts.permissions, clock: serverClock})];
  }});
  const as = async (login: string) => {
    const {headers} = await server.signIn(login);
    return async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
      const answer = await server.call(path, {method, headers: {...headers, ...(body === undefined ? {} : {'content-type': 'application/json'})}, ...(body === undefined ? {} : {body: JSON.stringify(body)})});
      const told = (await answer.json()) as {readonly code?: string; readonly problems?: ReadonlyArray<{readonly code: string}>} & Record<string, unknown>;
      return answer.ok ? told : {refused: told.code, status: answer.status, problems: (told.problems ?? []).map(problem => problem.code)};
    };
  };
  return {...server, as};
}

/** An issue as its commands tell it. */
export interface Seen {
  readonly id: string;
  readonly lockVersion: number;
  readonly state: string;
  readonly may: Readonly<Record<string, boolean>>;
}

/** The issue of an answer, or the first of several. */
export const issueOf = (answer: Record<string, unknown>): Seen => (answer['issue'] ?? (answer['issues'] as readonly unknown[])[0]) as Seen;
