import type {CatalogKind} from '@banli/formats/catalogs';

/**
 * Kinds of catalogs that are made on a page. No `calendar`: days and hours are read out of the catalog `calendars` by the platform itself, so a second one would be a list that counts nothing.
 * Own decision, ADR 0032.
 */
export const creatableKinds = ['list', 'tree', 'relation', 'matrix'] as const satisfies readonly CatalogKind[];

/** One of `creatableKinds`. */
export type CreatableKind = (typeof creatableKinds)[number];

/** Whether a catalog of that kind is made on a page. */
export function isCreatableKind(kind: string): kind is CreatableKind {
  return (creatableKinds as readonly string[]).includes(kind);
}

/**
 * Ids that no page may take: catalogs that programs read by name, shipped or not yet, and lists that are no catalogs but are referred to as such. A list that is
 * called like one of them would be taken for it.
 */
export const reservedIds: ReadonlySet<string> = new Set([
  'areas', 'calendars', 'channels', 'dispatch-rules', 'duties', 'elements', 'enterprises', 'hot-classes', 'hot-words', 'implementations', 'industries', 'items', 'languages', 'limits', 'materials', 'matter-natures', 'matters', 'message-types', 'natures',
  'negative-list', 'organisation', 'process-types', 'responsibility', 'return-reasons', 'rights', 'sensitive-words', 'service-objects', 'skills', 'sources', 'supervision-templates', 'suspend-conditions', 'tags', 'unit-standards', 'urgency',
  'units', 'roles', 'people', 'forms', 'processes', 'new',
]);

/** Whether a text can be the id of a catalog: small letters, digits and hyphens, a letter first, as in `catalog.yaml`. */
export function isCatalogId(id: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= 64 && !(id in Object.prototype);
}
