import {createClient, fileRoutes, sessionRoutes, type AnswerOf, type CallInput, type Client, type FetchLike, type Route, type SessionView} from '@banli/api';
import {FormData, Pool} from 'undici';

/** Someone signed in over HTTP, as a browser would be. */
export interface Person {
  readonly account: string;
  readonly session: SessionView;
  call<R extends Route>(route: R, input?: CallInput<R>): Promise<AnswerOf<R>>;
  close(): Promise<void>;
}

/**
 * Signs an account in at an instance.
 *
 * @param url - Asked again for every call, as a restarted instance has a new port.
 */
export async function signIn(url: () => string, account: string, password: string): Promise<Person> {
  const browser = createBrowser(url);
  let csrf: string | null = null;
  const client: Client = createClient({baseUrl: '', fetch: browser.fetch, csrf: () => csrf});
  const session = await client.call(sessionRoutes.login, {body: {account, password}});
  csrf = session.csrf;
  return {account, session, call: (route, input) => client.call(route, input), close: browser.close};
}

/** Uploads a small PNG as an attachment; answers its id. */
export async function uploadPicture(person: Person, name: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([onePixel], {type: 'image/png'}), name);
  return (await person.call(fileRoutes.upload, {form})).id;
}

/** The smallest picture there is. */
export const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Makes a `fetch` that keeps its cookie and its connections: the global one costs several times more CPU. */
export function createBrowser(url: () => string): {readonly fetch: FetchLike; close(): Promise<void>} {
  const pools = new Map<string, Pool>();
  let cookie = '';
  const fetch: FetchLike = async (path, init) => {
    const base = url();
    const pool = pools.get(base) ?? new Pool(base, {connections: 8});
    pools.set(base, pool);
    const answer = await pool.request({
      path,
      method: init.method as 'GET',
      headers: {...init.headers, origin: base, ...(cookie === '' ? {} : {cookie})},
      ...(typeof init.body === 'string' || init.body instanceof FormData ? {body: init.body} : {}),
    });
    const fresh = answer.headers['set-cookie'];
    if (fresh !== undefined) cookie = (Array.isArray(fresh) ? fresh : [fresh]).map(line => line.split(';')[0]).join('; ');
    const text = await answer.body.text();
    return {
      ok: answer.statusCode < 400,
      status: answer.statusCode,
      headers: {get: name => String(answer.headers[name.toLowerCase()] ?? '')},
      json: async () => JSON.parse(text) as unknown,
      text: async () => text,
    };
  };
  return {
    fetch,
    close: async () => {
      await Promise.all([...pools.values()].map(pool => pool.destroy()));
    },
  };
}
