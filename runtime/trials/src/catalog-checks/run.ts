import {operationRoutes} from '@banli/api';
import {createChecks} from '../checks.js';
import {startInstance, type InstanceOptions} from '../instance.js';
import {createScene, describeEngine} from '../main-job/scene.js';
import {at} from '../main-job/words.js';
import {checkDirectory} from './directory.js';
import {createHands} from './hands.js';
import {checkHistory} from './history.js';
import {checkIssues} from './issue.js';
import {checkOrders} from './orders.js';
import {checkRules} from './rules.js';

/** A Monday morning with no holiday near. */
const startAt = at('2026-03-02', '10:30');
const password = 'Banli-mulu-2026';

/**
 * Puts the acceptance tests of catalogs (`requirements/xinjiang-hotline.md` A1–A18) to an isolated instance with a movable clock and a real
 * engine, over HTTP, as the persons whose work each is; prints each with its number and what was seen.
 *
 * @param print - Takes each line; standard output by default.
 * @returns Whether everything held.
 */
export async function runCatalogChecks(options: InstanceOptions = {}, print?: (line: string) => void): Promise<boolean> {
  const checks = createChecks('catalogs', print);
  checks.say('启动独立实例 starting an isolated instance …');
  const instance = await startInstance({...options, movableClock: true, startAt, env: {...options.env, BANLI_DEMO_PASSWORD: password}});
  const scene = createScene(instance, checks, {password, startAt});
  try {
    checks.say(`  ${await describeEngine(await scene.person('shi.shouli'))} · ${instance.url()}`);
    const hands = createHands(scene);
    for (const part of [checkDirectory, checkRules, checkHistory, checkOrders, checkIssues]) await part(hands);
    const chain = await (await scene.person('qu.shenji')).call(operationRoutes.verifyAudit);
    checks.check(`审计链 ${chain.checked} 行核验无误 the audit chain of ${chain.checked} rows verifies`, chain.good && chain.checked > 0, chain.faults.slice(0, 3));
  } catch (error) {
    checks.check('全部检查走完 the checks run to their end', false, error instanceof Error ? error.message : String(error));
    checks.say(instance.output().slice(-3000));
  } finally {
    await scene.close();
    await instance.remove();
  }
  return checks.finish();
}
