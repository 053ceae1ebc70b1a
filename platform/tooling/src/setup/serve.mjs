import {spawn} from 'node:child_process';
import {fail} from './say.mjs';

/** Signals that end everything: Ctrl+C, a closed terminal, a service manager. */
const endings = ['SIGINT', 'SIGHUP', 'SIGTERM'];

/**
 * Runs a server with Node until it ends, and ends with its code. The server ends all that it started on each signal; this process
 * hands them on, waits, and says when all has ended. A terminal sends Ctrl+C to both: the server takes the second one as the same wish.
 *
 * @param {readonly string[]} args - Of Node: flags and the server's entry.
 * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
 */
export function serve(args, {cwd, env}) {
  let wanted = false;
  // Before the server is there: a signal that came in between would end this process alone and leave the server behind.
  for (const signal of endings) {
    process.on(signal, () => {
      wanted = true;
      child.kill(signal);
    });
  }
  const child = spawn(process.execPath, args, {cwd, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc']});
  // A terminal that was closed takes no more words; that must not keep this process from waiting.
  process.stdout.on('error', () => {
    wanted = true;
  });
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    const isGood = code === 0 || endings.includes(signal);
    if (wanted && isGood) process.stdout.write('已停止 stopped\n');
    process.exit(isGood ? 0 : (code ?? 1));
  });
}
