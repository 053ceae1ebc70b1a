import {readdirSync, readFileSync} from 'node:fs';

const ticksPerSecond = 100;

/**
 * CPU seconds (user and system) that processes and all their children have used so far, from /proc; 0 where there is none.
 *
 * @param pids - Roots of the process trees; a process counts once.
 */
export function cpuSeconds(pids: readonly number[]): number {
  const parents = new Map<number, {parent: number; ticks: number}>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat) parents.set(Number(name), stat);
  }
  let ticks = 0;
  for (const [pid, stat] of parents) if (descends(pid, pids, parents)) ticks += stat.ticks;
  return ticks / ticksPerSecond;
}

function readStat(pid: number): {parent: number; ticks: number} | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12])};
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

function descends(pid: number, roots: readonly number[], parents: ReadonlyMap<number, {parent: number}>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)?.parent) if (roots.includes(at)) return true;
  return false;
}
