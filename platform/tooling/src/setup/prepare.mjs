import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {run} from './run.mjs';
import {step} from './say.mjs';
import {hashInputs, unlessStamped} from './stamps.mjs';
import {checkTools} from './tools.mjs';

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');

const webShared = ['platform/ui', 'platform/api', 'platform/formats', 'platform/expressions', 'platform/errors', 'platform/time', 'platform/sdk', 'platform/bundles', 'package-lock.json'];
const apps = [
  {title: '构建工作台 build the workbench', folder: 'runtime/app', inputs: ['runtime/app', 'plugins', ...webShared]},
  {title: '构建设计器 build the designer', folder: 'designer/app', inputs: ['designer', 'plugins', ...webShared]},
];

/**
 * Does everything between a clone and a start: tools, npm packages and engine side by side, web apps. Each part only if its input changed.
 *
 * @param {{web: boolean, engines: readonly ('camunda' | 'operaton')[]}} wanted
 */
export async function prepare(wanted) {
  await step('检查工具 check the tools', checkTools);
  const both = await Promise.allSettled([installPackages(), buildEngines(wanted.engines)]);
  for (const result of both) if (result.status === 'rejected') throw result.reason;
  if (wanted.web) for (const app of apps) await buildApp(app);
}

async function installPackages() {
  const stamp = join(root, 'node_modules/.banli-installed');
  await unlessStamped(stamp, hashInputs(root, ['package-lock.json']), () =>
    step('安装软件包 install npm packages', () => run('npm', ['ci', '--no-audit', '--no-fund'], {cwd: root})));
}

async function buildEngines(products) {
  const builder = join(root, 'runtime/engine/bin/build-engine.mjs');
  for (const product of products) {
    await step(`准备流程引擎 ${product} prepare the engine`, () => run('node', [builder], {cwd: root, env: {...process.env, BANLI_ENGINE: product}}));
  }
}

async function buildApp(app) {
  const dist = join(root, app.folder, 'dist');
  await unlessStamped(join(dist, '.stamp'), hashInputs(root, app.inputs), () => step(app.title, () => run('npx', ['vite', 'build', '--logLevel', 'warn'], {cwd: join(root, app.folder)})));
}
