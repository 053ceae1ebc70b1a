import {readFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {cpuSeconds} from './cpu.js';
import {cpuMs} from './measure.js';

/** A stretch of work: seconds by the clock, of CPU of this process and of what it started (a database server), and the share of all cores that others had meanwhile. */
export interface Stretch<T> {
  readonly value: T;
  readonly wall: number;
  readonly own: number;
  readonly server: number;
  readonly others: number;
}

/** Runs a piece of work and tells how long it took. */
export async function stretchOf<T>(work: () => Promise<T>): Promise<Stretch<T>> {
  const [from, used, all, busy] = [performance.now(), cpuMs(), cpuSeconds([process.pid]), busySeconds()];
  const value = await work();
  const wall = (performance.now() - from) / 1_000;
  const own = (cpuMs() - used) / 1_000;
  const tree = Math.max(own, cpuSeconds([process.pid]) - all);
  return {value, wall, own, server: tree - own, others: Math.min(1, Math.max(0, (busySeconds() - busy - tree) / (wall * cpus().length)))};
}

/** `1.8 s (1.3 s of CPU, and 0.8 s of the database server)`. */
export function stretchText({wall, own, server}: Stretch<unknown>, digits = 1): string {
  return `${wall.toFixed(digits)} s (${own.toFixed(digits)} s of CPU${server > 0.1 ? `, and ${server.toFixed(digits)} s of the database server` : ''})`;
}

/** From this share on, others decide what the clock shows. */
const sharedFrom = 0.2;

/**
 * Whether stretches together kept within seconds. The clock decides; where it says no and others had a fifth of the machine and more, the CPU does: that of this process, and that of the
 * database server, which works beside it.
 *
 * @returns The verdict, and in words which of the two decided where it was not the clock.
 */
export function keptWithin(limit: number, ...stretches: ReadonlyArray<Stretch<unknown>>): {readonly met: boolean; readonly text: string} {
  const sum = (pick: (stretch: Stretch<unknown>) => number): number => stretches.reduce((total, stretch) => total + pick(stretch), 0);
  const wall = sum(stretch => stretch.wall);
  if (wall <= limit) return {met: true, text: 'ok'};
  const others = sum(stretch => stretch.others * stretch.wall) / wall;
  const busiest = Math.max(sum(stretch => stretch.own), sum(stretch => stretch.server));
  const share = `others had ${(others * 100).toFixed(0)} % of the machine`;
  if (others < sharedFrom || busiest > limit) return {met: false, text: `NOT MET (${share})`};
  return {met: true, text: `ok by CPU (${busiest.toFixed(1)} s), not by the clock: ${share}`};
}

/** CPU seconds of the whole machine so far, from /proc. */
function busySeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (/^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '').split(' ').map(Number);
  return (user + nice + system + irq + softirq + steal) / 100;
}
