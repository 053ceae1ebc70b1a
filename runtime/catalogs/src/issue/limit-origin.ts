import type {LocalizedText} from '@banli/formats';
import {limitOfRow} from '../find-limit.js';
import type {VersionStore} from '../version-store.js';

/** A unit that set a limit itself, for its area; `above` is what the level above says, `null` when it has no such row. */
export interface LimitOrigin {
  readonly unitId: string;
  readonly areaCode: string;
  readonly above: LocalizedText | null;
}

const limits = 'limits';

/** Which unit's layer changed the length of a limit last, going from a layer by its name to the level above; `null` where it is as the owner published it. */
export async function limitOrigin(versions: Pick<VersionStore, 'layerHeads' | 'versionNamed' | 'laid'>, version: string, row: string, now: number): Promise<LimitOrigin | null> {
  const layers = [...(await versions.layerHeads(limits, now)).values()].flat();
  let layer = layers.find(each => each.name === version);
  while (layer) {
    const {baseName, unitId, areaCode} = layer;
    const [own, base] = [limitOfRow(await versions.laid(layer), row), await versions.versionNamed(limits, baseName, now)];
    const above = base && limitOfRow(base, row);
    if (!own) return null;
    if (!above || above.limit.value !== own.limit.value || above.limit.unit !== own.limit.unit) return {unitId, areaCode, above: above?.text ?? null};
    layer = layers.find(each => each.name === baseName);
  }
  return null;
}
