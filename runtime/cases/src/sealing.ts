import type {CaseVault} from './ports.js';

const mark = '$sealed';
type Values = Readonly<Record<string, unknown>>;

/** Seals the values of the named fields one by one, so that a dump of the table shows none of them; the others stay as they are. */
export function sealValues(values: Values, sealed: ReadonlySet<string>, vault: CaseVault): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const empty = value === null || value === undefined || value === '';
    // A value that looks sealed without being so is sealed, too: nobody can smuggle one in.
    result[name] = !empty && (sealed.has(name) || looksSealed(value)) ? {[mark]: vault.seal(JSON.stringify(value))} : value;
  }
  return result;
}

/** Opens what `sealValues` sealed. @throws AppError of the vault when a sealed value was changed. */
export function openValues(stored: Values, vault: CaseVault): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(stored)) {
    result[name] = looksSealed(value) ? (JSON.parse(vault.open(value[mark])) as unknown) : value;
  }
  return result;
}

function looksSealed(value: unknown): value is {[mark]: string} {
  return typeof value === 'object' && value !== null && mark in value && typeof value[mark] === 'string';
}
