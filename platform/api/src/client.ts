import type {ErrorAnswerBody} from './schemas.js';
import type {AnswerOf, BodyOf, ParamsOf, QueryOf, Route} from './define-route.js';

/** The part of `fetch` that the client needs; tests and Node scripts pass their own. */
export type FetchLike = (url: string, init: {method: string; headers: Record<string, string>; body?: string | Blob | object; credentials?: 'same-origin'; signal?: unknown}) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: {get(name: string): string | null};
  json(): Promise<unknown>;
  text(): Promise<string>;
}>;

/** What a client works with: where the server is, how to fetch, and the token against forged requests. */
export interface ClientOptions {
  /** Empty for the page's own origin. */
  readonly baseUrl: string;
  readonly fetch: FetchLike;
  /** The token of the session, sent with everything that changes something. */
  readonly csrf: () => string | null;
  /** Called for every refusal, e.g. to show the login page on 401. */
  readonly onError?: (error: ApiError) => void;
}

/** A refusal of the server, or no answer at all (`code` `NETWORK`, `status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(readonly status: number, readonly answer: ErrorAnswerBody) {
    super(answer.message);
  }

  get code(): string {
    return this.answer.code;
  }
}

/** What a call needs: only the parts that its route has. `signal` is an AbortSignal. */
export type CallInput<R> = {readonly params?: ParamsOf<R>; readonly query?: QueryOf<R>; readonly body?: BodyOf<R>; readonly form?: object; readonly signal?: unknown};

/** Calls routes of the contract, typed by them. */
export interface Client {
  call<R extends Route>(route: R, input?: CallInput<R>): Promise<AnswerOf<R>>;
}

/**
 * Makes a client.
 *
 * @throws ApiError (from `call`) for every answer that is not a success.
 */
export function createClient(options: ClientOptions): Client {
  return {
    async call(route, input = {}) {
      const headers: Record<string, string> = {accept: 'application/json'};
      const csrf = options.csrf();
      if (route.method !== 'GET' && csrf) headers['x-banli-csrf'] = csrf;
      if (input.body !== undefined) headers['content-type'] = 'application/json';
      const body = input.form ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
      const error = (answer: ApiError) => {
        options.onError?.(answer);
        return answer;
      };
      const response = await options
        .fetch(options.baseUrl + buildPath(route.path, input.params ?? {}, input.query ?? {}), {
          method: route.method,
          headers,
          credentials: 'same-origin',
          ...(body === undefined ? {} : {body}),
          ...(input.signal === undefined ? {} : {signal: input.signal}),
        })
        .catch((cause: unknown) => {
          throw error(networkError(cause));
        });
      if (!response.ok) throw error(await readRefusal(response));
      if (response.status === 204) return undefined as never;
      return (route.kind === 'html' || route.kind === 'text' ? await response.text() : await response.json()) as never;
    },
  };
}

/** Fills the holes of a path and appends the query; empty values are left out. */
export function buildPath(path: string, params: Readonly<Record<string, unknown>>, query: Readonly<Record<string, unknown>> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
}

function networkError(cause: unknown): ApiError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ApiError(0, {code: 'NETWORK', message, messageZh: '网络不通，请检查连接后重试。', details: {}, problems: [], requestId: ''});
}

async function readRefusal(response: {readonly status: number; text(): Promise<string>}): Promise<ApiError> {
  const text = await response.text();
  try {
    return new ApiError(response.status, JSON.parse(text) as ErrorAnswerBody);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    return new ApiError(response.status, {code: 'HTTP', message: `The server answered ${response.status} (${reason}).`, messageZh: `服务器返回 ${response.status}。`, details: {}, problems: [], requestId: ''});
  }
}
