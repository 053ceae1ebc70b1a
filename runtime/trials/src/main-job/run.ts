import {operationRoutes} from '@banli/api';
import {createChecks} from '../checks.js';
import {startInstance, type InstanceOptions} from '../instance.js';
import {playLapseAndSecondRound, playRequests} from './clocks.js';
import {createDueReasons} from './due-reasons.js';
import {playPlain} from './plain.js';
import {playDelegation, playWrongUnit} from './returns.js';
import {createScene, describeEngine} from './scene.js';
import {at} from './words.js';

/** Thursday before the Spring Festival of 2026, 11:00 in Beijing. */
const startAt = at('2026-02-12', '11:00');
/** An instance starts so long before its first step: its clock runs while it gets ready. */
const readyWithinMs = 10 * 60_000;
const password = 'Banli-zhuliucheng-2026';

/**
 * Drives the whole main job over HTTP as different people on an isolated instance with a movable clock, and prints each step.
 *
 * @param print - Takes each line; standard output by default.
 * @returns Whether everything held.
 */
export async function runMainJob(options: InstanceOptions = {}, print?: (line: string) => void): Promise<boolean> {
  const checks = createChecks('main job', print);
  checks.say('启动独立实例 starting an isolated instance …');
  const instance = await startInstance({...options, movableClock: true, startAt: startAt - readyWithinMs, env: {...options.env, BANLI_DEMO_PASSWORD: password}});
  const reasons = createDueReasons();
  const scene = createScene(instance, checks, {password, startAt, reasons});
  try {
    checks.say(`  ${await describeEngine(await scene.person('shi.shouli'))} · ${instance.url()} · 时间均为北京时间 all times are those of Asia/Shanghai`);
    await scene.moveTo(startAt);
    for (const play of [playPlain, playWrongUnit, playDelegation, playRequests, playLapseAndSecondRound]) {
      await play(scene);
      reasons.judge(checks);
    }
    const chain = await (await scene.person('qu.shenji')).call(operationRoutes.verifyAudit);
    checks.check(`审计链 ${chain.checked} 行核验无误 the audit chain of ${chain.checked} rows verifies`, chain.good && chain.checked > 0, chain.faults.slice(0, 3));
  } catch (error) {
    checks.check('全程走完 the job runs to its end', false, error instanceof Error ? error.message : String(error));
    checks.say(instance.output().slice(-3000));
  } finally {
    await scene.close();
    await instance.remove();
  }
  return checks.finish();
}
