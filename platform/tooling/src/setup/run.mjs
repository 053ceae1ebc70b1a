import {spawn} from 'node:child_process';

/**
 * Runs a command to its end; what it prints is kept and shown only when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean}} [options]
 * @returns {Promise<string>} Everything it printed.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe']});
    let output = '';
    const take = chunk => {
      output += chunk;
      if (options.show) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('exit', code => (code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${shorten(output)}`))));
  });
}

/** The first and the last lines: what went wrong mostly stands at one of the ends. */
function shorten(output) {
  return output.length <= 4000 ? output : `${output.slice(0, 1500)}\n…\n${output.slice(-2500)}`;
}
