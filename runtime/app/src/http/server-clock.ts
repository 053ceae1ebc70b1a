import {systemClock, type Clock} from '@banli/time';

/** The server's clock as far as the browser knows it: the own clock until the server has told its moment. */
export interface ServerClock extends Clock {
  /** Notes the server's moment, in UTC milliseconds. */
  readonly learn: (serverNow: number) => void;
}

/** Makes a clock that follows the server, so that 今天 and saved times are right on a computer whose clock is wrong. */
export function createServerClock(own: Clock = systemClock): ServerClock {
  let offsetMs = 0;
  return {
    now: () => own.now() + offsetMs,
    learn: serverNow => {
      offsetMs = serverNow - own.now();
    },
  };
}
