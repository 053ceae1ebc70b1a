import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join, resolve} from 'node:path';
import {SetupProblem} from './say.mjs';

/**
 * Claims a data folder for this process, so that two instances never share one.
 *
 * @param {string} home
 * @returns {() => void} Gives it back.
 * @throws SetupProblem when a living process has it.
 */
export function claimHome(home) {
  mkdirSync(home, {recursive: true});
  const file = join(home, 'run.json');
  if (existsSync(file)) {
    const pid = readPid(file);
    if (pid !== null && pid !== process.pid && isBanli(pid)) {
      throw new SetupProblem(
        `数据目录 ${resolve(home)} 正被进程 ${pid} 使用：先在那里按 Ctrl+C，或运行 kill ${pid}，或用 BANLI_HOME 指定另一个目录（the data folder is in use by process ${pid}: stop it, or set BANLI_HOME）`,
      );
    }
  }
  writeFileSync(file, JSON.stringify({pid: process.pid}));
  return () => {
    if (readPid(file) === process.pid) rmSync(file, {force: true});
  };
}

function readPid(file) {
  try {
    return Number(JSON.parse(readFileSync(file, 'utf8')).pid) || null;
  } catch (error) {
    if (error instanceof SyntaxError || error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A number that was reused by another program is not ours. */
function isBanli(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || /start\.mjs|main\.ts/.test(readFileSync(commandLine, 'utf8'));
}

/**
 * Makes sure that a port of this machine is free.
 *
 * @param {number} port
 * @throws SetupProblem with what to do when it is taken.
 */
export async function checkPort(port) {
  const error = await new Promise(done => {
    const server = createServer();
    server.once('error', done);
    server.listen(port, '127.0.0.1', () => server.close(() => done(null)));
  });
  if (error === null) return;
  throw new SetupProblem(`端口 ${port} 不可用（${error.code}）：用 PORT=${port + 1} npm start 换一个端口，或停掉占用它的程序（port ${port} is taken: start with another PORT）`);
}
