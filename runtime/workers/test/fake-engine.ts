import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** A task waiting in the fake engine. */
export interface FakeTask {
  readonly id: string;
  readonly topicName: string;
  readonly activityId: string;
  readonly businessKey: string;
  retries: number | null;
  lockedBy: string | null;
}

/** Everything the fake engine was asked, and its tasks. */
export interface FakeEngine {
  readonly baseUrl: string;
  token: string;
  readonly tasks: FakeTask[];
  readonly calls: Array<{readonly path: string; readonly body: Readonly<Record<string, unknown>>}>;
  /** What the next requests meet: an answer as usual, a broken body, an error status, or no answer at all. */
  mood: 'well' | 'charset' | 'broken' | 'silent';
  refuseExtension: boolean;
  add(task: Pick<FakeTask, 'id' | 'topicName'> & Partial<FakeTask>): void;
  pathsOf(part: string): ReadonlyArray<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

/** Starts an HTTP server that speaks the external task part of the engine's REST API. Long polls answer after 20 ms. */
export async function startFakeEngine(): Promise<FakeEngine> {
  const tasks: FakeTask[] = [];
  const calls: FakeEngine['calls'] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const engine: FakeEngine = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'first',
    tasks,
    calls,
    mood: 'well',
    refuseExtension: false,
    add: task => void tasks.push({activityId: 'work', businessKey: 'case-1', retries: null, lockedBy: null, ...task}),
    pathsOf: part => calls.filter(call => call.path.includes(part)).map(call => call.body),
    close: () => new Promise(resolve => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/engine-rest', '');
    const body = await readBody(request);
    calls.push({path, body});
    if (engine.mood === 'silent') return;
    if (request.headers.authorization !== `Bearer ${engine.token}`) return send(response, 401, {message: 'who are you'});
    if (engine.mood === 'broken') return send(response, 500, {message: 'broken'});
    if (path.endsWith('/fetchAndLock')) {
      await new Promise(resolve => setTimeout(resolve, 20));
      const free = tasks.filter(task => task.lockedBy === null && task.retries !== 0).slice(0, Number(body['maxTasks']));
      for (const task of free) task.lockedBy = String(body['workerId']);
      return send(response, 200, free);
    }
    const [, , id, verb] = path.split('/');
    if (path.startsWith('/external-task?')) return send(response, 200, tasks.filter(task => task.lockedBy !== null));
    const task = tasks.find(each => each.id === id);
    if (!task || (verb === 'extendLock' && engine.refuseExtension)) return send(response, task ? 400 : 404, {message: 'no'});
    if (verb === 'failure') failed(task, body);
    if (verb === 'unlock') task.lockedBy = null;
    response.writeHead(204).end();
  }

  /** As the engine does, the task is nobody's once its pause is over. */
  function failed(task: FakeTask, body: Readonly<Record<string, unknown>>): void {
    task.retries = Number(body['retries']);
    setTimeout(() => (task.lockedBy = null), Number(body['retryTimeout'])).unref();
  }

  function send(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, {'content-type': engine.mood === 'charset' ? 'application/json;charset=utf-8' : 'application/json'}).end(JSON.stringify(body));
  }
  return engine;
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
