import type {LocalizedText} from '@banli/formats';
import type {Clock} from '@banli/time';
import type {CatalogService} from '../service.js';
import type {MatterMatch} from '../search-matters.js';
import {candidatesOf, type MatterCandidate} from './candidates.js';
import {PastOrders, type HandledOrder} from './past-orders.js';

/** A matter that an adviser names for a text. `confidence` is 0 to 1. */
export interface Advice {
  readonly matterCode: string;
  readonly confidence: number;
}

/** Somebody outside who knows better, such as a language model behind a plugin. Runs of seven digits and more are left out of what it is given. */
export interface MatterAdviser {
  readonly title: LocalizedText;
  advise(text: string, signal: AbortSignal): Promise<readonly Advice[]>;
}

/** What advice stands on. `past` reads ended cases, newest first. */
export interface AdviceDeps {
  readonly catalogs: Pick<CatalogService, 'hearMatters' | 'choices' | 'words' | 'dispatchRules'>;
  readonly past: () => Promise<readonly HandledOrder[]>;
  readonly advisers: () => readonly MatterAdviser[];
  readonly clock: Clock;
  /** Told of an adviser or a look at past cases that failed: the answer is given without it. */
  readonly onFault: (what: string, error: unknown) => void;
}

/** Says what matters a text is most likely about. */
export interface MatterAdvisory {
  /** @param areaCode - Whose synonyms count; by default those of the owner. */
  candidates(text: string, at: number, most: number, areaCode?: string): Promise<readonly MatterCandidate[]>;
}

const renewAfterMs = 600_000;
const adviserLimitMs = 1_500;
/** Most points that past cases, and all advisers together, add to what the catalog says. */
const mostOfPast = 30;
const mostOfAdvisers = 40;
/** So many near cases have full weight; fewer count less. */
const enoughCases = 3;
/** Matters of the catalog that others may lift. */
const looked = 20;

/**
 * Joins what the catalog's texts, hot words, past cases and advisers say of a text. Without advisers the same text, catalogs and past cases give the same
 * answer; an adviser that fails or is slow is left out.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.1.12 (three classes by match; historical orders as input), C7 (hot grievances); the points are our own.
 */
export function createMatterAdvisory(deps: AdviceDeps): MatterAdvisory {
  const past = keepPast(deps);
  return {
    async candidates(text, at, most, areaCode) {
      const [matches, orders, advice, {choices}, hot, points] = await Promise.all([deps.catalogs.hearMatters(text, at, looked, areaCode), past(), askAll(deps, text), deps.catalogs.choices('matters', at), deps.catalogs.words.hotMatters(text, at, areaCode), deps.catalogs.dispatchRules.certainties(at, areaCode)]);
      const open = new Map(choices.filter(choice => choice.leaf && choice.status === 'active').map(choice => [choice.key, choice]));
      const found = new Map(matches.map(match => [match.choice.key, match]));
      const add = (code: string, points: number, why: LocalizedText): void => {
        const choice = open.get(code);
        if (!choice || points < 1) return;
        const known = found.get(code);
        found.set(code, {choice, points: Math.min(100, (known?.points ?? 0) + points), why: known ? {'zh-CN': `${known.why['zh-CN']}；${why['zh-CN']}`, en: `${known.why.en ?? ''}; ${why.en ?? ''}`} : why});
      };
      for (const {word, matterCode, points} of hot) add(matterCode, points, {'zh-CN': `热词“${word}”`, en: `hot word “${word}”`});
      for (const {matterCode, orders: count, of} of orders.votes(text)) {
        add(matterCode, Math.round((mostOfPast * count * Math.min(1, of / enoughCases)) / of), {'zh-CN': `相近的 ${of} 件已办工单中有 ${count} 件按此办理`, en: `${count} of ${of} similar past cases were handled so`});
      }
      for (const {adviser, matterCode, confidence} of advice) add(matterCode, Math.round(mostOfAdvisers * confidence), {'zh-CN': `${adviser['zh-CN']}建议`, en: `advised by ${adviser.en ?? adviser['zh-CN']}`});
      return candidatesOf([...found.values()].sort(byPoints), most, points);
    },
  };
}

function byPoints(a: MatterMatch, b: MatterMatch): number {
  return b.points - a.points || (a.choice.key < b.choice.key ? -1 : 1);
}

/** Past cases as they were at most ten minutes ago; the first question waits for them, a later one never does. */
function keepPast({past, clock, onFault}: AdviceDeps): () => Promise<PastOrders> {
  let known: {readonly orders: PastOrders; readonly at: number} | null = null;
  let renewing: Promise<void> | null = null;
  const renew = async (): Promise<void> => {
    try {
      known = {orders: new PastOrders(await past()), at: clock.now()};
    } catch (error) {
      onFault('past', error);
      known = {orders: known?.orders ?? new PastOrders([]), at: clock.now()};
    }
  };
  return async () => {
    if (!known || Math.abs(clock.now() - known.at) > renewAfterMs) {
      renewing ??= renew().finally(() => {
        renewing = null;
      });
    }
    if (!known) await renewing;
    return known?.orders ?? new PastOrders([]);
  };
}

interface Given extends Advice {
  readonly adviser: LocalizedText;
}

/** Asks every adviser at once; what is no number from 0 to 1 is left out. */
async function askAll({advisers, onFault}: AdviceDeps, text: string): Promise<readonly Given[]> {
  const shown = text.replace(/\d(?:[\d\s-]*\d){6,}[Xx]?/g, '＊');
  const asked = advisers().map(async (adviser): Promise<readonly Given[]> => {
    try {
      const limit = AbortSignal.timeout(adviserLimitMs);
      const late = new Promise<never>((_, reject) => limit.addEventListener('abort', () => reject(new Error(`no advice within ${adviserLimitMs} ms`)), {once: true}));
      // Asked within the chain: one that throws at once must not leave the time limit without a listener.
      const given = await Promise.race([Promise.resolve().then(() => adviser.advise(shown, limit)), late]);
      return given.filter(({confidence}) => confidence > 0 && confidence <= 1).map(({matterCode, confidence}) => ({matterCode, confidence, adviser: adviser.title}));
    } catch (error) {
      onFault(`adviser ${adviser.title.en ?? adviser.title['zh-CN']}`, error);
      return [];
    }
  });
  const all = (await Promise.all(asked)).flat();
  return all.map(each => ({...each, confidence: each.confidence / Math.max(1, asked.length)}));
}
