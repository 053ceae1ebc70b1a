import {cpus} from 'node:os';
import {caseRoutes, sessionRoutes, taskRoutes, type CaseTaskView, type CaseViewJson} from '@banli/api';
import {newId} from '@banli/store';
import {sleep} from '@banli/time';
import {benchBundle, startInstance, type Instance} from '../instance.js';
import {signIn, type Person} from '../person.js';
import {median, runClosedLoop, type Round} from './closed-loop.js';
import {compilerSeconds, cpuPerOrder, readCpu, sumCpu, type CpuUse} from './cpu.js';
import {readCounters, type EngineCounters} from './counters.js';
import {createNaivePeer, type NaivePeer} from './naive-peer.js';

const password = 'Banli-zhuliucheng-2026';
const steps = ['step1', 'step2', 'step3', 'step4', 'step5', 'step6'];

export interface BenchOptions {
  readonly orders: number;
  readonly rounds: number;
  readonly clients: readonly number[];
  readonly databaseUrl?: string;
  readonly label: string;
}

/** One side's figures of one round. */
export interface Figures {
  readonly perSecond: number;
  /** CPU seconds of each part. */
  readonly cpu: CpuUse;
  /** Share of the machine's cores that were busy with this side, 0 to 1. */
  readonly busy: number;
  readonly callsPerOrder: number;
  readonly polls: number;
}

/** What a bench prints and what the page of measurements holds: medians, ratio with its range. */
export interface BenchLine {
  readonly label: string;
  readonly clients: number;
  readonly banli: Figures;
  readonly naive: Figures;
  readonly ratio: {readonly median: number; readonly least: number; readonly most: number};
}

/**
 * Completed orders per second through Banli's HTTP API against the same work straight on the same engine's REST interface,
 * in alternating order A B B A, after a warm-up of both.
 */
export async function benchMainJob(options: BenchOptions, print: (line: string) => void): Promise<readonly BenchLine[]> {
  const instance = await startInstance({
    ...(options.databaseUrl === undefined ? {} : {databaseUrl: options.databaseUrl}),
    env: {BANLI_DEMO_PASSWORD: password, BANLI_MORE_BUNDLES: benchBundle, BANLI_LOG: 'warn'},
  });
  const engine = instance.ready().engine;
  if (!engine) throw new Error('The instance has no engine of its own.');
  const peer = createNaivePeer(engine.baseUrl, engine.token, Math.max(...options.clients) + 2);
  const person = await signIn(instance.url, 'shi.shouli', password);
  try {
    await person.call(sessionRoutes.current);
    await peer.deploy();
    await warmUp({instance, person, peer}, Math.max(...options.clients), print);
    const lines: BenchLine[] = [];
    for (const clients of options.clients) lines.push(await compare(options, clients, {instance, person, peer}, print));
    return lines;
  } finally {
    await person.close();
    await peer.close();
    await instance.remove();
  }
}

interface Sides {
  readonly instance: Instance;
  readonly person: Person;
  readonly peer: NaivePeer;
}

/** Orders of each side in one part of the warm-up, and most parts. */
const warmUpPart = 300;
const mostWarmUpParts = 20;
/** Share of the engine's CPU that its compiler may take in a part, so that the part counts as warm. */
const compilerShare = 0.1;

/**
 * Warms both sides up until the compilers of JVM and Node have settled: until neither side got faster by more than a twentieth and the
 * engine's compiler, whose time would be charged to the orders, takes less than a tenth of the engine's CPU.
 */
async function warmUp({instance, person, peer}: Sides, clients: number, print: (line: string) => void): Promise<void> {
  const part = async (order: () => Promise<unknown>): Promise<{perSecond: number; compiling: number}> => {
    const {pids} = instance.ready();
    const before = {cpu: readCpu(pids).engine, compiler: compilerSeconds(pids.engine)};
    const {perSecond} = await runClosedLoop(warmUpPart, clients, async () => void (await order()));
    return {perSecond, compiling: (compilerSeconds(pids.engine) - before.compiler) / (readCpu(pids).engine - before.cpu)};
  };
  let best = {banli: 0, naive: 0};
  for (let count = 1; count <= mostWarmUpParts; count += 1) {
    const banli = await part(() => banliOrder(person, 'warm'));
    const naive = await part(() => peer.runOrder(`warm-${newId()}`));
    const compiling = Math.max(banli.compiling, naive.compiling);
    print(`    warm-up ${count}: Banli ${banli.perSecond.toFixed(1)}/s, naive ${naive.perSecond.toFixed(1)}/s, compiler ${Math.round(compiling * 100)} % of the engine`);
    if (compiling < compilerShare && banli.perSecond < best.banli * 1.05 && naive.perSecond < best.naive * 1.05) return;
    best = {banli: Math.max(banli.perSecond, best.banli), naive: Math.max(naive.perSecond, best.naive)};
  }
}

async function compare(options: BenchOptions, clients: number, sides: Sides, print: (line: string) => void): Promise<BenchLine> {
  const banli: Figures[] = [];
  const naive: Figures[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const order = round % 2 === 0 ? ['banli', 'naive'] : ['naive', 'banli'];
    for (const side of order) {
      const figures = side === 'banli' ? await measureBanli(options.orders, clients, sides) : await measureNaive(options.orders, clients, sides);
      (side === 'banli' ? banli : naive).push(figures);
      print(`    ${options.label} ${clients} clients round ${round + 1} ${side}: ${figures.perSecond.toFixed(1)} orders/s, ${sumCpu(figures.cpu).toFixed(3)} CPU-s, ${figures.callsPerOrder.toFixed(2)} engine calls`);
    }
  }
  const ratios = banli.map((figures, index) => figures.perSecond / (naive[index]?.perSecond ?? Number.NaN));
  return {
    label: options.label,
    clients,
    banli: middle(banli),
    naive: middle(naive),
    ratio: {median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios)},
  };
}

async function measureBanli(orders: number, clients: number, {instance, person}: Sides): Promise<Figures> {
  const before = await readCounters(instance.url());
  const cpu = readCpu(instance.ready().pids);
  let looks = 0;
  const round = await runClosedLoop(orders, clients, async () => {
    const made = await banliOrder(person, 'bench');
    looks += made;
  });
  const used = cpuPerOrder(cpu, readCpu(instance.ready().pids), orders);
  await sleep(reportEveryMs);
  const after = await readCounters(instance.url());
  return {perSecond: round.perSecond, cpu: used, busy: busyOf(used, round), callsPerOrder: (after.commands - before.commands) / orders, polls: (looks + after.polls - before.polls) / orders};
}

async function measureNaive(orders: number, clients: number, {instance, peer}: Sides): Promise<Figures> {
  const cpu = readCpu(instance.ready().pids);
  let calls = 0;
  const round = await runClosedLoop(orders, clients, async () => {
    const made = await peer.runOrder(`naive-${newId()}`);
    calls += made;
  });
  const used = cpuPerOrder(cpu, readCpu(instance.ready().pids), orders);
  return {perSecond: round.perSecond, cpu: used, busy: busyOf(used, round), callsPerOrder: calls / orders, polls: 0};
}

function busyOf(used: CpuUse, round: Round): number {
  return (sumCpu(used) * round.perSecond) / cpus().length;
}

/** The worker host tells its calls twice a second: the last ones are waited for. */
const reportEveryMs = 1_200;

/** While a worker is at it, the client asks as the workbench does: for the case as soon as it has moved. */
const waitMs = 10_000;

/** One order through Banli's HTTP API; answers how often it had to look for the worker's result. */
async function banliOrder(person: Person, kind: string): Promise<number> {
  const values = Object.fromEntries([...Array.from({length: 12}, (_, index) => [`field${index}`, `值 ${kind} ${index}`]), ['attachments', 'file-1,file-2']]);
  const started = await person.call(caseRoutes.start, {body: {bundleId: 'benchOrder', items: [{values}]}});
  const caseId = started.cases[0]?.caseId;
  if (!caseId) throw new Error('No case was started.');
  let looks = 0;
  let view: CaseViewJson | null = null;
  for (const step of steps) {
    let task = taskOf(view, step);
    while (!task) {
      if (looks > 60) throw new Error(`The case ${caseId} never reached ${step}.`);
      view = await person.call(caseRoutes.view, {params: {caseId}, query: view ? {stamp: view.stamp, waitMs} : {}});
      looks += 1;
      task = taskOf(view, step);
    }
    view = await person.call(taskRoutes.complete, {params: {taskId: task.id}, body: {outcome: 'done', values: {opinion: `意见 ${step}`}, caseVersion: view?.version ?? 0}});
  }
  if (!view?.ended) throw new Error(`The case ${caseId} did not end.`);
  return looks;
}

function taskOf(view: CaseViewJson | null, step: string): CaseTaskView | undefined {
  return view?.tasks.find(candidate => candidate.stepId === step && candidate.mine);
}

function middle(figures: readonly Figures[]): Figures {
  const of = (pick: (one: Figures) => number): number => median(figures.map(pick));
  const cpu = {client: of(one => one.cpu.client), server: of(one => one.cpu.server), worker: of(one => one.cpu.worker), engine: of(one => one.cpu.engine), other: of(one => one.cpu.other)};
  return {perSecond: of(one => one.perSecond), cpu, busy: of(one => one.busy), callsPerOrder: of(one => one.callsPerOrder), polls: of(one => one.polls)};
}
