/** Tells the moment in UTC milliseconds. Business code gets it injected and never asks the machine itself. */
export interface Clock {
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {now: () => Date.now()};

/** Makes a clock for tests that stands still until it is moved. `start` and `by` are milliseconds. */
export function createTestClock(start: number): Clock & {moveBy(ms: number): void; moveTo(moment: number): void} {
  let moment = start;
  return {
    now: () => moment,
    moveBy: ms => {
      moment += ms;
    },
    moveTo: to => {
      moment = to;
    },
  };
}
