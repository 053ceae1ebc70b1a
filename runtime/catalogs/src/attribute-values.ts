import type {Tx} from '@banli/store';
import {orderAttributes, valuesIn, type AttributeName, type AttributeValues} from './order-attributes.js';
import type {VersionStore} from './version-store.js';

/** The values of every attribute as of a moment; one whose catalog is not published yet has none. */
export async function attributeValues(versions: Pick<VersionStore, 'heads' | 'versionAt'>, at: number, tx?: Tx): Promise<AttributeValues> {
  const heads = await versions.heads(at, tx);
  const values = new Map<AttributeName, ReturnType<typeof valuesIn>>();
  for (const {name, catalog} of orderAttributes) {
    if (heads.get(catalog)?.some(head => head.effectiveAt <= at)) values.set(name, valuesIn(await versions.versionAt(catalog, at, tx)));
  }
  return values;
}
