import {BigramIndex} from '../search/bigram-index.js';
import {normalise, pairsOf} from '../search/normalise.js';

/** A case that ended: its title, and the matter it was handled as. */
export interface HandledOrder {
  readonly title: string;
  readonly matterCode: string;
}

/** How many of the past cases nearest to a text were handled as a matter. */
export interface PastVote {
  readonly matterCode: string;
  readonly orders: number;
  readonly of: number;
}

/** A past case counts as near when so much of its title, weighed by how rare each pair of characters is, stands in the text. */
const near = 0.45;
/** Of the near ones only the nearest vote. */
const mostNear = 20;

/**
 * Finds past cases whose titles are near to a text, by pairs of characters: rare pairs weigh more than common ones. The same cases and text
 * give the same answer. Immutable.
 *
 * @see Source: the measure is our own; that past orders speak for a matter: requirements/xinjiang-hotline.md §2.1.12.
 */
export class PastOrders {
  readonly #orders: readonly HandledOrder[];
  readonly #index: BigramIndex;
  /** What a title weighs as a whole. */
  readonly #weights: Float64Array;

  constructor(orders: readonly HandledOrder[]) {
    this.#orders = orders;
    const titles = orders.map(order => normalise(order.title));
    this.#index = new BigramIndex(titles);
    this.#weights = Float64Array.from(titles, title => [...new Set(pairsOf(title))].reduce((sum, pair) => sum + this.#weightOf(pair), 0));
  }

  /** Matters of the nearest past cases, most votes first, then by code; none when no case is near. */
  votes(text: string): readonly PastVote[] {
    const shared = new Map<number, number>();
    for (const pair of new Set(pairsOf(normalise(text)))) {
      const weight = this.#weightOf(pair);
      for (const id of this.#index.postings(pair)) shared.set(id, (shared.get(id) ?? 0) + weight);
    }
    const nearest = [...shared]
      .map(([id, weight]) => ({id, share: weight / (this.#weights[id] ?? 1)}))
      .filter(({share}) => share >= near)
      .sort((a, b) => b.share - a.share || a.id - b.id)
      .slice(0, mostNear);
    const counts = new Map<string, number>();
    for (const {id} of nearest) {
      const code = this.#orders[id]?.matterCode ?? '';
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return [...counts].map(([matterCode, orders]) => ({matterCode, orders, of: nearest.length})).sort((a, b) => b.orders - a.orders || (a.matterCode < b.matterCode ? -1 : 1));
  }

  #weightOf(pair: string): number {
    return Math.log(1 + this.#orders.length / (1 + this.#index.postings(pair).length));
  }
}
