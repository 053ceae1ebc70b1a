import type {ErrorAnswerBody} from './schemas.js';
import type {AnswerOf, BodyOf, ParamsOf, QueryOf, Route} from './define-route.js';

/** The part of `fetch` that the client needs; tests and Node scripts pass their own. */
export type FetchLike = (url: string, init: {method: string; headers: Record<string, string>; body?: string | Blob | object; credentials?: 'same-origin'; signal?: unknown}) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: {get(name: string): string | null};
  json(): Promise<unknown>;
  text(): Promise<string>;
  /** For files; in a browser a `Blob`. */
  blob?(): Promise<object>;
}>;

type Received = Awaited<ReturnType<FetchLike>>;

/** A file as it came: its bytes (in a browser a `Blob`), and the name that the server gives it. */
export interface ReceivedFile {
  readonly content: object;
  readonly name: string | null;
}

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

/** A refusal of the server, of what stands before it (`code` `HTTP`), or no answer at all (`code` `NETWORK`, `status` 0). */
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
  /** Fetches what a route of the kind `file` gives. */
  file<R extends Route>(route: R, input?: CallInput<R>): Promise<ReceivedFile>;
}

/**
 * Makes a client.
 *
 * @throws ApiError (from `call` and `file`) for every answer that is not a success.
 */
export function createClient(options: ClientOptions): Client {
  const failed = (answer: ApiError): ApiError => {
    options.onError?.(answer);
    return answer;
  };
  /** Reads a part of an answer; a connection that breaks meanwhile is a failure like any other. */
  const read = <Value>(part: Promise<Value>): Promise<Value> =>
    part.catch((cause: unknown) => {
      throw failed(cause instanceof SyntaxError ? unreadable(cause) : networkError(cause));
    });
  const send = async <R extends Route>(route: R, input: CallInput<R>): Promise<Received> => {
    const response = await read(options.fetch(options.baseUrl + buildPath(route.path, input.params ?? {}, input.query ?? {}), requestOf(route, input, options.csrf())));
    if (!response.ok) throw failed(readRefusal(response.status, await read(response.text())));
    return response;
  };
  return {
    async call(route, input = {}) {
      const response = await send(route, input);
      if (response.status === 204) return undefined as never;
      if (route.kind === 'html' || route.kind === 'text') return (await read(response.text())) as never;
      return (await read(response.json())) as never;
    },
    async file(route, input = {}) {
      const response = await send(route, input);
      if (!response.blob) throw new Error('This fetch reads no files.');
      return {content: await read(response.blob()), name: nameIn(response.headers.get('content-disposition') ?? '')};
    },
  };
}

function requestOf<R extends Route>(route: R, input: CallInput<R>, csrf: string | null): Parameters<FetchLike>[1] {
  const headers: Record<string, string> = {accept: 'application/json'};
  if (route.method !== 'GET' && csrf) headers['x-banli-csrf'] = csrf;
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  const body = input.form ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  return {method: route.method, headers, credentials: 'same-origin', ...(body === undefined ? {} : {body}), ...(input.signal === undefined ? {} : {signal: input.signal})};
}

/** The name of a file in whatever letters, as our server writes it. */
function nameIn(disposition: string): string | null {
  const name = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return name === undefined ? null : decodeURIComponent(name);
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
  return madeHere(0, 'NETWORK', 'No connection to the server. Check the network and try again.', '网络不通，请检查连接后重试。', cause);
}

/** A refusal that is not ours comes from what stands between, e.g. a proxy whose server is away. */
function readRefusal(status: number, text: string): ApiError {
  const answer = readJson(text);
  if (isErrorAnswer(answer)) return new ApiError(status, answer);
  if (status >= 500) return madeHere(status, 'HTTP', `The server cannot answer now (HTTP ${status}). Try again later.`, `服务器暂时无法答复（HTTP ${status}），请稍后重试。`);
  return madeHere(status, 'HTTP', `The request was refused on its way (HTTP ${status}). Reload the page; if it happens again, give this number to the administrator.`, `请求在途中被拒绝（HTTP ${status}）。请重新加载页面；仍不行请把这个数字告诉管理员。`);
}

/** A success that cannot be read is another page in its place, e.g. the sign-in page of a network: the server was not reached. */
function unreadable(cause: unknown): ApiError {
  return madeHere(0, 'NETWORK', 'What came back is not from this server. Check whether the network asks to sign in, then try again.', '收到的不是本系统的答复。请检查网络是否要求登录，然后重试。', cause);
}

function madeHere(status: number, code: 'NETWORK' | 'HTTP', message: string, messageZh: string, cause?: unknown): ApiError {
  const details = cause instanceof Error ? {reason: cause.message} : {};
  return new ApiError(status, {code, message, messageZh, details, problems: [], requestId: ''});
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

function isErrorAnswer(answer: unknown): answer is ErrorAnswerBody {
  if (typeof answer !== 'object' || answer === null) return false;
  const {code, message, messageZh, problems, requestId} = answer as Readonly<Record<string, unknown>>;
  return [code, message, messageZh, requestId].every(each => typeof each === 'string') && Array.isArray(problems);
}
