import {createHash, createHmac} from 'node:crypto';

/** One call of an action; all its parameters travel in the query. */
export interface AliyunCall {
  /** `dysmsapi.aliyuncs.com`, with a port where there is one. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  /** UTC milliseconds. */
  readonly at: number;
  /** Never the same twice. */
  readonly nonce: string;
}

/** The access key of an account. The secret is told by a function, so that it is in no object that could be printed. */
export interface AliyunKey {
  readonly id: string;
  readonly secret: () => string;
}

const algorithm = 'ACS3-HMAC-SHA256';

/** Path and headers of a signed POST without a body, by the provider's signature version 3. */
export function signCall({host, action, version, query, at, nonce}: AliyunCall, key: AliyunKey): {readonly path: string; readonly headers: Readonly<Record<string, string>>} {
  const queryText = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&');
  const emptyBody = sha256('');
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': emptyBody,
    'x-acs-date': new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const names = Object.keys(headers).sort();
  const request = ['POST', '/', queryText, names.map(name => `${name}:${headers[name] ?? ''}\n`).join(''), names.join(';'), emptyBody].join('\n');
  const signature = createHmac('sha256', key.secret()).update(`${algorithm}\n${sha256(request)}`).digest('hex');
  return {path: `/?${queryText}`, headers: {...headers, accept: 'application/json', authorization: `${algorithm} Credential=${key.id},SignedHeaders=${names.join(';')},Signature=${signature}`}};
}

/** Percent encoding by RFC 3986, which leaves fewer characters as they are than the language's own. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
