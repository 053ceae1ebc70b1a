import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {dirname, join, resolve} from 'node:path';
import {SetupProblem} from './say.mjs';

/**
 * Makes sure that nobody uses a data folder; makes and changes nothing.
 *
 * @param {string} home
 * @throws SetupProblem when a living process has it.
 */
export function checkHome(home) {
  const pid = existsSync(join(home, 'run.json')) ? readPid(join(home, 'run.json')) : null;
  if (pid !== null && pid !== process.pid && isBanli(pid)) throw inUse(home, pid);
}

/**
 * Claims a data folder for this process, so that two instances never share one; makes it where it is missing.
 *
 * @param {string} home
 * @returns {() => void} Gives it back.
 * @throws SetupProblem when a living process has it, or it cannot be written.
 */
export function claimHome(home) {
  checkHome(home);
  const file = join(home, 'run.json');
  try {
    makeFolder(resolve(home));
    rmSync(file, {force: true});
    // Of two that start at the same moment only one makes the file.
    writeFileSync(file, JSON.stringify({pid: process.pid}), {flag: 'wx'});
  } catch (error) {
    throw error.code === 'EEXIST' && existsSync(file) ? inUse(home, readPid(file)) : unwritable(home, error);
  }
  return () => {
    if (readPid(file) === process.pid) rmSync(file, {force: true});
  };
}

/** Makes a folder with those above it, one by one: where none can be made (under /proc), Node's own recursive way never ends. */
function makeFolder(path) {
  if (statSync(path, {throwIfNoEntry: false})?.isDirectory()) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else made it meanwhile.
    if (error.code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

function inUse(home, pid) {
  const [who, whoEn, kill] = pid === null ? ['另一个进程', 'another process', ''] : [`进程 ${pid} `, `process ${pid}`, `，或运行 kill ${pid}`];
  return new SetupProblem(`数据目录 ${resolve(home)} 正被${who}使用：先在那里按 Ctrl+C${kill}，或用 BANLI_HOME 指定另一个目录（the data folder is in use by ${whoEn}: stop it, or set BANLI_HOME）`);
}

const whyUnwritable = {
  ENOSPC: '磁盘已满，请腾出空间；the disk is full, make room on it',
  // What /proc and its like say.
  ENOENT: '那里不能建目录；no folder can be made there',
  EROFS: '所在磁盘是只读的；its disk is read-only',
  EACCES: '没有写权限；this account may not write there',
  EPERM: '没有写权限；this account may not write there',
  ENOTDIR: '路径上有一个不是目录的文件；a part of the path is a file',
  EEXIST: '该路径是一个文件；the path is a file',
};

function unwritable(home, error) {
  const reason = whyUnwritable[error.code];
  if (reason === undefined) return error;
  const [zh, en] = reason.split('；');
  return new SetupProblem(`数据目录 ${resolve(home)} 无法写入：${zh}，或用 BANLI_HOME 指定另一个目录（the data folder cannot be written: ${en}, or set BANLI_HOME）`);
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
