import {Pool, errors, type Dispatcher, type FormData} from 'undici';
import {engineErrors} from './engine-errors.js';

/** Where the engine listens, and the token it wants. Both may change when it is restarted. */
export interface EngineEndpoint {
  readonly baseUrl: string;
  readonly token: string;
}

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** Sent as JSON, or as a form. */
  readonly body?: object | FormData;
  readonly timeoutMs: number;
  /** Sending it twice does no harm: then a connection that broke before the answer is tried once more. */
  readonly repeatable: boolean;
}

/** A status below 500 or a companion's refusal, and the parsed body. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** HTTP to the engine: one pool, one token, every failure as `ENGINE_DOWN`. */
export interface EngineHttp {
  send(request: EngineRequest): Promise<EngineAnswer>;
  close(): Promise<void>;
}

const connectTimeoutMs = 5_000;

/**
 * Opens a pool of kept connections. The endpoint is asked for before each request; another address gets another pool.
 *
 * @param connections - Most requests in flight at once; more wait for a free connection.
 */
export function createEngineHttp(endpoint: () => EngineEndpoint, connections: number): EngineHttp {
  let pool: Pool | null = null;
  let address = '';
  const retired: Array<Promise<void>> = [];
  const poolFor = (baseUrl: string): Pool => {
    if (pool !== null && address === baseUrl) return pool;
    if (pool !== null) retired.push(pool.close());
    address = baseUrl;
    pool = new Pool(baseUrl, {connections, pipelining: 1, connect: {timeout: connectTimeoutMs}, keepAliveTimeout: 30_000});
    return pool;
  };
  const once = async (request: EngineRequest): Promise<EngineAnswer> => {
    const {baseUrl, token} = endpoint();
    const {body} = request;
    const isForm = body !== undefined && Symbol.toStringTag in body;
    const response = await poolFor(baseUrl).request({
      method: request.method,
      path: request.path,
      headers: {authorization: `Bearer ${token}`, ...(body === undefined || isForm ? {} : {'content-type': 'application/json'})},
      body: body === undefined ? null : isForm ? (body as FormData) : JSON.stringify(body),
      headersTimeout: request.timeoutMs,
      bodyTimeout: request.timeoutMs,
    });
    return {status: response.statusCode, body: await readJson(response)};
  };
  return {
    send: async request => {
      try {
        return await once(request);
      } catch (error) {
        if (!request.repeatable || !isBrokenConnection(error)) throw down(error);
      }
      return once(request).catch((error: unknown) => {
        throw down(error);
      });
    },
    close: async () => {
      await Promise.all([...retired, pool?.close()]);
      pool = null;
    },
  };
}

async function readJson(response: Dispatcher.ResponseData): Promise<unknown> {
  const text = await response.body.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A kept connection that the other side closed meanwhile, or a process that died over it. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof errors.SocketError || (error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE'));
}

function down(error: unknown): Error {
  return engineErrors.DOWN({reason: error instanceof Error ? error.message : String(error)}, {cause: error});
}
