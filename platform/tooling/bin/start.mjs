#!/usr/bin/env node
// Starts Banli from a fresh clone: no dependencies, so that it runs before anything is installed.
import {spawn} from 'node:child_process';
import {join, resolve} from 'node:path';
import {checkPort, claimHome} from '../src/setup/home.mjs';
import {nodeFlags} from '../src/node-flags.mjs';
import {prepare, root} from '../src/setup/prepare.mjs';
import {fail, SetupProblem} from '../src/setup/say.mjs';

const home = resolve(process.env.BANLI_HOME ?? join(root, '.banli'));
const port = Number(process.env.PORT ?? 8330);
const engine = process.env.BANLI_ENGINE ?? 'camunda';

async function main() {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SetupProblem(`PORT 必须是 0 到 65535 的整数，收到 ${process.env.PORT}（PORT must be a whole number from 0 to 65535）`);
  if (engine !== 'camunda' && engine !== 'operaton') throw new SetupProblem(`BANLI_ENGINE 只能是 camunda 或 operaton，收到 ${engine}（BANLI_ENGINE is camunda or operaton）`);
  process.stdout.write('办理 Banli\n');
  const giveBack = claimHome(home);
  process.on('exit', giveBack);
  if (port !== 0) await checkPort(port);
  await prepare({web: true, engines: [engine]});
  runServer();
}

/** The server takes Ctrl+C and SIGTERM itself and ends all that it started; this process only waits for it. */
function runServer() {
  const child = spawn(process.execPath, [...nodeFlags, join(root, 'runtime/server/src/main.ts')], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {...process.env, BANLI_HOME: home, PORT: String(port), BANLI_ENGINE: engine},
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (signal === 'SIGTERM') child.kill(signal);
    });
  }
  child.on('error', fail);
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
}

main().catch(fail);
