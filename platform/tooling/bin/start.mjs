#!/usr/bin/env node
// Starts Banli from a fresh clone: no dependencies, so that it runs before anything is installed.
import {join, resolve} from 'node:path';
import {checkHome, checkPort, claimHome} from '../src/setup/home.mjs';
import {nodeFlags} from '../src/node-flags.mjs';
import {prepare, root} from '../src/setup/prepare.mjs';
import {fail, SetupProblem} from '../src/setup/say.mjs';
import {serve} from '../src/setup/serve.mjs';

const home = resolve(process.env.BANLI_HOME ?? join(root, '.banli'));
const port = Number(process.env.PORT ?? 8330);
const engine = process.env.BANLI_ENGINE ?? 'camunda';

async function main() {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SetupProblem(`PORT 必须是 0 到 65535 的整数，收到 ${process.env.PORT}（PORT must be a whole number from 0 to 65535）`);
  if (engine !== 'camunda' && engine !== 'operaton') throw new SetupProblem(`BANLI_ENGINE 只能是 camunda 或 operaton，收到 ${engine}（BANLI_ENGINE is camunda or operaton）`);
  process.stdout.write('办理 Banli\n');
  checkHome(home);
  if (port !== 0) await checkPort(port);
  process.on('exit', claimHome(home));
  await prepare({web: true, engines: [engine]});
  serve([...nodeFlags, join(root, 'runtime/server/src/main.ts')], {cwd: root, env: {...process.env, BANLI_HOME: home, PORT: String(port), BANLI_ENGINE: engine}});
}

main().catch(fail);
