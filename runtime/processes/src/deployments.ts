import {FormData} from 'undici';
import type {EngineHttp} from './engine-http.js';
import type {Deployment} from './port.js';
import {deploymentRefusal, isFields, nonsense} from './read-answers.js';

const findTimeoutMs = 30_000;
const deployTimeoutMs = 60_000;
const fieldlessFile = 'application/octet-stream';

/** The first deployment with a name, and its definitions. Of two that raced, everybody finds the same one. */
export async function findDeployment(http: EngineHttp, name: string): Promise<Deployment | null> {
  const found = await list(http, `/engine-rest/deployment?name=${encodeURIComponent(name)}&sortBy=deploymentTime&sortOrder=asc&maxResults=20`);
  const ids = found.map(row => `${String(row['deploymentTime'])} ${String(row['id'])}`).sort();
  const deploymentId = ids[0]?.split(' ')[1];
  if (deploymentId === undefined) return null;
  const rows = await list(http, `/engine-rest/process-definition?deploymentId=${encodeURIComponent(deploymentId)}`);
  return {deploymentId, definitions: Object.fromEntries(rows.map(row => [String(row['key']), String(row['id'])]))};
}

/**
 * Deploys files under a name that nobody used before.
 *
 * @throws AppError `ENGINE_REFUSED` with one problem for each element that the engine or the companion refuses.
 */
export async function createDeployment(http: EngineHttp, name: string, files: ReadonlyArray<{readonly fileName: string; readonly xml: string}>): Promise<void> {
  const form = new FormData();
  form.set('deployment-name', name);
  form.set('deployment-source', 'banli');
  for (const file of files) form.append(file.fileName, new Blob([file.xml], {type: fieldlessFile}), file.fileName);
  const answer = await http.send({method: 'POST', path: '/engine-rest/deployment/create', body: form, timeoutMs: deployTimeoutMs, repeatable: false});
  if (answer.status === 200) return;
  if (answer.status === 400 || answer.status === 500) throw deploymentRefusal(name, answer);
  throw nonsense(answer);
}

async function list(http: EngineHttp, path: string): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
  const answer = await http.send({method: 'GET', path, timeoutMs: findTimeoutMs, repeatable: true});
  if (answer.status !== 200 || !Array.isArray(answer.body)) throw nonsense(answer);
  return answer.body.filter(isFields);
}
