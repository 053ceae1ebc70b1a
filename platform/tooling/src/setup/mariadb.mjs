import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {chownSync, existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {run} from './run.mjs';
import {SetupProblem} from './say.mjs';

/**
 * Starts a MariaDB of its own for tests: own data folder, loopback, free port; installs Debian's package where it is missing and may.
 * With `BANLI_TEST_MYSQL_URL` that server is used instead.
 *
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} `mysql://user:password@127.0.0.1:port` with all rights, without a schema.
 * @throws SetupProblem when there is no way to get one.
 */
export async function startMariadb() {
  const given = process.env.BANLI_TEST_MYSQL_URL;
  if (given) return {url: given.replace(/\/$/, ''), stop: async () => undefined};
  if (!existsSync('/usr/sbin/mariadbd')) await installDebian('mariadb-server', 'BANLI_TEST_MYSQL_URL=mysql://user:password@host:port');
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'banli-mariadb-'));
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? 'mysql' : process.env.USER ?? 'mysql';
  mkdirSync(data);
  if (user === 'mysql') {
    const ids = await Promise.all(['-u', '-g'].map(flag => run('id', [flag, 'mysql'])));
    for (const path of [folder, data]) chownSync(path, Number(ids[0]), Number(ids[1]));
  }
  await run('mariadb-install-db', ['--no-defaults', `--user=${user}`, '--auth-root-authentication-method=normal', `--datadir=${data}`, '--skip-test-db']);
  const port = await freePort();
  const socket = join(folder, 'socket');
  const server = spawn('/usr/sbin/mariadbd', ['--no-defaults', `--user=${user}`, `--datadir=${data}`, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1',
    '--character-set-server=utf8mb4', '--collation-server=utf8mb4_bin', '--innodb-buffer-pool-size=512M', '--max-connections=400', '--performance-schema=OFF'], {stdio: 'ignore'});
  const password = randomBytes(12).toString('hex');
  await waitFor(() => run('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '-e',
    `create user banli@'127.0.0.1' identified by '${password}'; grant all on *.* to banli@'127.0.0.1' with grant option;`]), 30);
  return {
    url: `mysql://banli:${password}@127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise(done => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

/**
 * Installs a Debian package, or says how.
 *
 * @param {string} name
 * @param {string} [otherwise] - What to set instead of installing it.
 */
export async function installDebian(name, otherwise) {
  const hint = `请运行 apt-get install ${name}${otherwise ? `，或设置 ${otherwise}` : ''}（run apt-get install ${name}${otherwise ? `, or set ${otherwise}` : ''}）`;
  if (process.getuid?.() !== 0) throw new SetupProblem(`缺少 ${name}：${hint}`);
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  try {
    await run('apt-get', ['update', '-qq'], {env});
    await run('apt-get', ['install', '-y', '-qq', name], {env});
  } catch (error) {
    throw new SetupProblem(`无法安装 ${name}：${hint}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A port of loopback that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function waitFor(attempt, seconds) {
  for (let left = seconds * 5; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise(done => setTimeout(done, 200));
    }
  }
}
