/** A name nobody else makes: 32 hex characters. Unlike `crypto.randomUUID` it is there on pages without TLS, too, as inside an authority's own network. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
