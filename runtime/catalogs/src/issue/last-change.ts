import type {LayerHead} from './model.js';

/**
 * The layer that was the last to change what holds for an area: of those that hold from the area outwards to the first that has not ended, the one that holds since last; of two
 * since the same moment the one made later, then the inner one.
 *
 * @param layers - By area, those of an area by number.
 * @param chain - The area and those it lies in, innermost first.
 * @returns `null` when no layer ever held there.
 */
export function lastChangeFor(layers: ReadonlyMap<string, readonly LayerHead[]>, chain: readonly string[], at: number): LayerHead | null {
  let last: LayerHead | null = null;
  for (const area of chain) {
    const head = layers.get(area)?.findLast(layer => layer.effectiveAt <= at);
    if (!head) continue;
    if (!last || head.effectiveAt > last.effectiveAt || (head.effectiveAt === last.effectiveAt && head.madeAt > last.madeAt)) last = head;
    if (head.kind !== 'ended') break;
  }
  return last;
}
