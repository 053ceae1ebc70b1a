import type {InstanceOptions} from '../instance.js';
import {runTrial} from '../trial.js';
import {playLapseAndSecondRound, playRequests} from './clocks.js';
import {createDueReasons} from './due-reasons.js';
import {playPlain} from './plain.js';
import {playDelegation, playWrongUnit} from './returns.js';
import {at} from './words.js';

/** Thursday before the Spring Festival of 2026, 11:00 in Beijing. */
const startAt = at('2026-02-12', '11:00');
/** An instance starts so long before its first step: its clock runs while it gets ready. */
const readyWithinMs = 10 * 60_000;

/**
 * Drives the whole main job over HTTP as different people on an isolated instance with a movable clock, and prints each step.
 *
 * @param print - Takes each line; standard output by default.
 * @returns Whether everything held.
 */
export function runMainJob(options: InstanceOptions = {}, print?: (line: string) => void): Promise<boolean> {
  const reasons = createDueReasons();
  return runTrial({
    name: 'main job', end: '全程走完 the job runs to its end', openedAt: startAt - readyWithinMs, startAt, reasons,
    note: ' · 时间均为北京时间 all times are those of Asia/Shanghai',
    play: async (scene, checks) => {
      await scene.moveTo(startAt);
      for (const play of [playPlain, playWrongUnit, playDelegation, playRequests, playLapseAndSecondRound]) {
        await play(scene);
        reasons.judge(checks);
      }
    },
  }, options, print);
}
