import type {InstanceOptions} from '../instance.js';
import {at} from '../main-job/words.js';
import {runTrial} from '../trial.js';
import {checkDirectory} from './directory.js';
import {createHands} from './hands.js';
import {checkHistory} from './history.js';
import {checkIssues} from './issue.js';
import {checkOrders} from './orders.js';
import {checkRules} from './rules.js';

/** A Monday morning with no holiday near. */
const startAt = at('2026-03-02', '10:30');

/**
 * Puts the acceptance tests of catalogs (`requirements/xinjiang-hotline.md` A1–A18) to an isolated instance with a movable clock and a real
 * engine, over HTTP, as the persons whose work each is; prints each with its number and what was seen.
 *
 * @param print - Takes each line; standard output by default.
 * @returns Whether everything held.
 */
export function runCatalogChecks(options: InstanceOptions = {}, print?: (line: string) => void): Promise<boolean> {
  return runTrial({
    name: 'catalogs', end: '全部检查走完 the checks run to their end', openedAt: startAt, startAt,
    play: async scene => {
      const hands = createHands(scene);
      for (const part of [checkDirectory, checkRules, checkHistory, checkOrders, checkIssues]) await part(hands);
    },
  }, options, print);
}
