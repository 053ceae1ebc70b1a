import type {Tx} from '@banli/store';

/** Phone numbers of persons by id, in clear: for whoever sends them a message, never for an answer. Who has none is left out. */
export async function readPhones(using: Tx, vault: {open(sealed: string): string}, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = (await using('person').whereIn('id', [...new Set(personIds)]).andWhere({status: 'active'}).whereNotNull('phone_sealed').select('id', 'phone_sealed')) as Array<{id: string; phone_sealed: string}>;
  return new Map(rows.map(row => [row.id, vault.open(row.phone_sealed)]));
}
