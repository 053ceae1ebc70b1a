import {isAppError} from '@banli/errors';
import {startServer} from './start-server.js';
import {readSettings} from './settings.js';

/**
 * Entry of the server process: starts everything, ends everything on Ctrl+C, SIGHUP, SIGTERM or when its parent is gone. A parent that goes
 * while this one still starts is noticed too: engine and worker host end by themselves when this process does.
 */
async function main(): Promise<void> {
  const endAtOnce = (): void => process.exit(0);
  process.on('disconnect', endAtOnce);
  const running = await startServer(readSettings(process.env), line => process.stdout.write(`${line}\n`), message => {
    if (process.connected) process.send?.(message);
  });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, end);
  // A terminal that was closed takes no more words: that is an end, not a fault.
  process.stdout.on('error', end);
  process.off('disconnect', endAtOnce).on('disconnect', end);
}

/** What can be acted upon is one sentence; everything else comes with its stack, for the log. */
function fail(error: unknown): void {
  process.stderr.write(isAppError(error) ? `\n✗ ${error.message}\n` : `\n✗ ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
