import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {pino, type Logger} from 'pino';

/** Event lines as the runtime packages write them: `area.thing.pastTense` with plain data, never personal data. */
export interface EventLog {
  info(event: string, data?: Readonly<Record<string, unknown>>): void;
  warn(event: string, data?: Readonly<Record<string, unknown>>): void;
  error(event: string, data?: Readonly<Record<string, unknown>>): void;
}

/** Opens the log of one process as JSON lines in `logs/<name>.log` of the home. */
export function openLog(home: string, name: string, level: string): Logger {
  const folder = join(home, 'logs');
  mkdirSync(folder, {recursive: true, mode: 0o700});
  return pino({level, base: {process: name}, timestamp: pino.stdTimeFunctions.isoTime}, pino.destination({dest: join(folder, `${name}.log`), sync: true}));
}

/** The same log with the event first. */
export function eventLog(logger: Logger): EventLog {
  return {
    info: (event, data) => logger.info({event, ...data}),
    warn: (event, data) => logger.warn({event, ...data}),
    error: (event, data) => logger.error({event, ...data}),
  };
}
