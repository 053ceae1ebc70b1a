import {operationRoutes} from '@banli/api';
import {sleep} from '@banli/time';
import {createChecks} from '../checks.js';
import {benchBundle, startInstance, type Instance} from '../instance.js';
import {signIn, type Person} from '../person.js';
import {at} from '../main-job/words.js';
import {driveAll, type Driven} from './drive-all.js';
import type {PersonOf} from './drive-hotline.js';
import type {DrivenOrder} from './drive-order.js';
import {dealPlans, hotlineAccounts, stranger} from './hotline-plans.js';
import {checkInvariants} from './invariants.js';

const password = 'Banli-zhuliucheng-2026';
const victims = ['server', 'worker', 'engine'] as const;
/** A working Monday: only the limits that are to lapse end within a day. */
const startAt = at('2026-03-02', '10:30');

export interface KillOptions {
  readonly rounds: number;
  readonly orders: number;
  readonly databaseUrl?: string;
  /** Seed of the random moments and victims; printed, so that a failure can be repeated. */
  readonly seed: number;
}

/**
 * Kills server, worker host and engine at random moments while orders run, restarts them, lets everything come to rest, and
 * checks each invariant of the runtime.
 *
 * @returns Whether all held.
 */
export async function drillKill(options: KillOptions): Promise<boolean> {
  const checks = createChecks('kill');
  const random = createRandom(options.seed);
  checks.say(`kill drill: ${options.orders} orders, ${options.rounds} kills, seed ${options.seed}, ${options.databaseUrl === undefined ? 'SQLite + H2' : 'MariaDB'}`);
  const plans = dealPlans(Math.ceil(options.orders / 2), random);
  const database = options.databaseUrl === undefined ? {} : {databaseUrl: options.databaseUrl};
  const instance = await startInstance({...database, movableClock: true, startAt, env: {BANLI_DEMO_PASSWORD: password, BANLI_MORE_BUNDLES: benchBundle, BANLI_LOG: 'warn'}});
  const persons = new Map<string, Person>();
  for (const account of [...hotlineAccounts, stranger, 'qu.shenji']) persons.set(account, await signIn(instance.url, account, password));
  const personOf: PersonOf = account => {
    const found = persons.get(account);
    if (!found) throw new Error(`${account} is not signed in.`);
    return found;
  };
  const driven: Driven = {bench: [], hotline: [], hasLapsed: false};
  try {
    const progress = {isOver: false, finished: () => driven.bench.length + driven.hotline.length, hasLapsed: () => driven.hasLapsed};
    const killing = killAtRandom(instance, options, random, progress, line => checks.say(line));
    const driving = driveAll(personOf, options.orders, plans, driven).finally(() => {
      progress.isOver = true;
    });
    await Promise.all([driving, killing]);
    await rest(instance, personOf('shi.shouli'), [...driven.bench, ...driven.hotline]);
    await checkInvariants({instance, personOf, driven, checks, ...database});
  } catch (error) {
    checks.check('the drill runs to its end', false, error instanceof Error ? error.message : String(error));
    checks.say(instance.output().slice(-2000));
  } finally {
    for (const one of persons.values()) await one.close();
    await instance.stop();
    const left = await instance.left();
    checks.check('no process is left running', left.length === 0, left);
    await instance.remove();
  }
  return checks.finish();
}

interface Progress {
  readonly isOver: boolean;
  /** Orders that have come to where they are left. */
  finished(): number;
  /** The clock was moved past the limits that are to lapse. */
  hasLapsed(): boolean;
}

/**
 * One kill after another, spread over the orders, the last one while limits lapse, each victim once before one comes again; a killed server is
 * started again, the others come back by themselves.
 */
async function killAtRandom(instance: Instance, {rounds, orders}: KillOptions, random: () => number, progress: Progress, say: (line: string) => void): Promise<void> {
  let next: Array<(typeof victims)[number]> = [];
  for (let round = 1; round <= rounds; round += 1) {
    const after = Math.floor(((round - 1 + random()) / rounds) * orders);
    while (!progress.isOver && (round === rounds ? !progress.hasLapsed() : progress.finished() < after)) await sleep(50);
    await sleep(300 + random() * 2_000);
    if (next.length === 0) next = [...victims];
    const [victim = 'server'] = next.splice(Math.floor(random() * next.length), 1);
    await instance.kill(victim);
    say(`  round ${round}: killed ${victim} after ${progress.finished()} orders${progress.isOver ? ', the last one' : ''}`);
    if (victim === 'server') await instance.start();
    else await sleep(500);
  }
}

/** Drives what a kill interrupted to its end, and waits until nothing is pending any more: at most 60 s, as promised. */
async function rest(instance: Instance, person: Person, driven: readonly DrivenOrder[]): Promise<void> {
  for (const order of driven) if (!order.arrived) throw new Error(`Order ${order.title} was not driven to its end.`);
  for (let seconds = 0; seconds < 60; seconds += 1) {
    const engine = await (await fetch(`${instance.url()}/readyz`)).json() as {engine?: string};
    const waiting = await pendingOf(person);
    if (engine.engine === 'up' && waiting === 0) return;
    await sleep(1_000);
  }
  throw new Error('The instance did not come to rest within 60 s.');
}

async function pendingOf(person: Person): Promise<number> {
  return (await person.call(operationRoutes.engine)).pendingCommands;
}

/** Small seeded generator (mulberry32): the same kills for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
