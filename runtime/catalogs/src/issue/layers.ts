import type {PublishedVersion} from '../version.js';
import {layOver} from './lay-over.js';
import type {LayerHead, LayerRow} from './model.js';
import {scopeOf} from './scope.js';

/** Where layers and what they stand on are read. */
export interface LayerSource {
  version(catalogId: string, versionId: string): Promise<PublishedVersion>;
  layer(layerId: string): Promise<LayerHead>;
  rows(layerId: string): Promise<readonly LayerRow[]>;
}

/** A base: a published version, or a layer on it. */
export interface Base {
  readonly catalogId: string;
  readonly baseVersionId: string;
  readonly baseLayerId: string | null;
}

/** Makes versions of layers; each is worked out once, because neither a layer nor what it stands on ever changes. */
export interface Layers {
  /** The catalog as a layer has it. */
  laid(layer: LayerHead, source: LayerSource): Promise<PublishedVersion>;
  /** What a layer or an issue stands on. */
  base(base: Base, source: LayerSource): Promise<PublishedVersion>;
}

/** Five levels of government, and some room. */
const deepest = 8;

/** Makes the worker. */
export function createLayers(): Layers {
  const known = new Map<string, PublishedVersion>();
  const laid = async (layer: LayerHead, source: LayerSource, depth: number): Promise<PublishedVersion> => {
    const done = known.get(layer.id);
    if (done) return done;
    const below = await base(layer, source, depth);
    const areas = layer.areasVersionId === null ? null : await source.version('areas', layer.areasVersionId);
    const version = layOver(below, layer, scopeOf(areas, layer.areaCode), await source.rows(layer.id));
    known.set(layer.id, version);
    return version;
  };
  const base = async (on: Base, source: LayerSource, depth: number): Promise<PublishedVersion> => {
    if (depth > deepest) throw new Error(`The layers of ${on.catalogId} lie deeper than ${deepest}.`);
    return on.baseLayerId === null ? source.version(on.catalogId, on.baseVersionId) : laid(await source.layer(on.baseLayerId), source, depth + 1);
  };
  return {laid: (layer, source) => laid(layer, source, 0), base: (on, source) => base(on, source, 0)};
}
