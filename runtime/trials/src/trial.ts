import {operationRoutes} from '@banli/api';
import {createChecks, type Checks} from './checks.js';
import {startInstance, type InstanceOptions} from './instance.js';
import type {DueReasons} from './main-job/due-reasons.js';
import {createScene, describeEngine, type Scene} from './main-job/scene.js';
import {password} from './ready-home.js';

/** A trial on an isolated instance whose clock can be moved. */
export interface Trial {
  /** As the last line has it: `<name>: N passed, 0 failed`. */
  readonly name: string;
  /** What is checked by coming to the end. */
  readonly end: string;
  /** Moment of the instance's start, UTC milliseconds; its clock runs while it gets ready. */
  readonly openedAt: number;
  /** Moment of the scene's first step, UTC milliseconds. */
  readonly startAt: number;
  /** Stands behind the engine and the address. */
  readonly note?: string;
  readonly reasons?: DueReasons;
  play(scene: Scene, checks: Checks): Promise<void>;
}

/**
 * Plays a trial, verifies the audit chain after it and removes the instance; what an instance said last is printed where the trial broke off.
 *
 * @param print - Takes each line; standard output by default.
 * @returns Whether everything held.
 */
export async function runTrial({name, end, openedAt, startAt, note = '', reasons, play}: Trial, options: InstanceOptions, print?: (line: string) => void): Promise<boolean> {
  const checks = createChecks(name, print);
  checks.say('启动独立实例 starting an isolated instance …');
  const instance = await startInstance({...options, movableClock: true, startAt: openedAt, env: {...options.env, BANLI_DEMO_PASSWORD: password}});
  const scene = createScene(instance, checks, {password, startAt, ...(reasons ? {reasons} : {})});
  try {
    checks.say(`  ${await describeEngine(await scene.person('shi.shouli'))} · ${instance.url()}${note}`);
    await play(scene, checks);
    const chain = await (await scene.person('qu.shenji')).call(operationRoutes.verifyAudit);
    checks.check(`审计链 ${chain.checked} 行核验无误 the audit chain of ${chain.checked} rows verifies`, chain.good && chain.checked > 0, chain.faults.slice(0, 3));
  } catch (error) {
    checks.check(end, false, error instanceof Error ? error.message : String(error));
    checks.say(instance.output().slice(-3000));
  } finally {
    await scene.close();
    await instance.remove();
  }
  return checks.finish();
}
