import {conditions, type BenchGround, type Print} from '../measure.js';
import {benchDispatching} from './dispatching.js';
import {benchPublishing} from './publishing.js';
import {benchSearch} from './search.js';

/** Bench of catalogs: search at each size, then publishing and dispatch. @returns Whether every target was met. */
export async function benchCatalogs(options: {readonly rounds: number; readonly sizes: readonly number[]; readonly grounds: readonly BenchGround[]}, print: Print): Promise<boolean> {
  print(`bench catalogs: ${options.rounds} rounds, alternating, ${conditions()}`);
  const searched = options.sizes.map(entries => benchSearch({entries, each: entries >= 1_000_000 ? 20 : 100, peer: entries <= 100_000}, entries >= 1_000_000 ? 1 : options.rounds, print));
  let published = true;
  for (const ground of options.grounds) published = (await benchPublishing(print, ground)) && published;
  const dispatched = await benchDispatching(print);
  return published && dispatched && searched.every(Boolean);
}
