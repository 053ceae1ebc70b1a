import {conditions, type Print} from '../measure.js';
import {openShippedCalendars} from './calendars.js';
import {runGate} from './gate.js';
import {benchLimits} from './speed.js';

/**
 * Bench of calendars and limits: first what must be right, then the speed against chinese-days.
 * @returns Whether every target was met.
 */
export async function benchDeadlines(options: {readonly rounds: number}, print: Print): Promise<boolean> {
  print(`bench deadlines: ${options.rounds} rounds, alternating, ${conditions()}`);
  const shipped = await openShippedCalendars();
  try {
    const right = runGate(shipped, print);
    const fast = benchLimits(shipped.calendar, options.rounds, print);
    return right && fast;
  } finally {
    await shipped.close();
  }
}
