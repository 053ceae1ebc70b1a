import {conditions, type BenchGround, type Print} from '../measure.js';
import {openShippedCalendars} from './calendars.js';
import {runGate} from './gate.js';
import {limitChange} from './limit-change.js';
import {benchRecompute} from './recompute.js';
import {benchLimits} from './speed.js';

/**
 * Bench of calendars and limits: first what must be right, then the speed against chinese-days, then open cases under an amended calendar and under other limits.
 * @returns Whether every target was met.
 */
export async function benchDeadlines(options: {readonly rounds: number; readonly cases: number; readonly grounds: readonly BenchGround[]}, print: Print): Promise<boolean> {
  print(`bench deadlines: ${options.rounds} rounds, alternating, ${conditions()}`);
  const shipped = await openShippedCalendars();
  try {
    const right = runGate(shipped, print);
    const fast = benchLimits(shipped.calendar, options.rounds, print);
    let soon = true;
    for (const ground of options.grounds) {
      soon = (await benchRecompute(options.cases, print, ground)) && soon;
      soon = (await benchRecompute(options.cases, print, ground, limitChange)) && soon;
    }
    return right && fast && soon;
  } finally {
    await shipped.close();
  }
}
