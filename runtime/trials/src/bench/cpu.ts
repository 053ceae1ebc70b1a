import {readdirSync, readFileSync} from 'node:fs';

const ticksPerSecond = 100;

/** CPU seconds of the parts of one side, and how much of the machine they had while they worked. */
export interface CpuUse {
  readonly client: number;
  readonly server: number;
  readonly worker: number;
  readonly engine: number;
  /** Database server and whatever else this process started. */
  readonly other: number;
}

/** CPU used so far by this process and everything it started, told apart. */
export function readCpu(pids: {readonly server: number; readonly worker: number | null; readonly engine: number | null}): CpuUse {
  const one = (pid: number | null): number => (pid === null ? 0 : (readStat(pid)?.ticks ?? 0) / ticksPerSecond);
  const known = {client: one(process.pid), server: one(pids.server), worker: one(pids.worker), engine: one(pids.engine)};
  const all = cpuSeconds([process.pid]);
  return {...known, other: Math.max(0, all - known.client - known.server - known.worker - known.engine)};
}

/** What was used between two readings, shared out over `orders`, in seconds. */
export function cpuPerOrder(before: CpuUse, after: CpuUse, orders: number): CpuUse {
  const of = (pick: (use: CpuUse) => number): number => (pick(after) - pick(before)) / orders;
  return {client: of(use => use.client), server: of(use => use.server), worker: of(use => use.worker), engine: of(use => use.engine), other: of(use => use.other)};
}

/** All parts together. */
export function sumCpu(use: CpuUse): number {
  return use.client + use.server + use.worker + use.engine + use.other;
}

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

/** CPU seconds that the compiler threads of a Java process have used so far; 0 when there is no such process. */
export function compilerSeconds(pid: number | null): number {
  if (pid === null || readStat(pid) === null) return 0;
  let ticks = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const stat = readStat(`${pid}/task/${thread}`);
    if (stat !== null && /^C[12] Compiler/.test(stat.name)) ticks += stat.ticks;
  }
  return ticks / ticksPerSecond;
}

function readStat(path: number | string): {name: string; parent: number; ticks: number} | null {
  try {
    const text = readFileSync(`/proc/${path}/stat`, 'utf8');
    const nameEnd = text.lastIndexOf(')');
    const fields = text.slice(nameEnd + 2).split(' ');
    return {name: text.slice(text.indexOf('(') + 1, nameEnd), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12])};
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

function descends(pid: number, roots: readonly number[], parents: ReadonlyMap<number, {parent: number}>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)?.parent) if (roots.includes(at)) return true;
  return false;
}
