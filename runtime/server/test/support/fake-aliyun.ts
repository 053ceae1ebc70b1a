import {createHash, createHmac} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {dayOf, formatDate, formatMoment, type Clock} from '@banli/time';

/** How the provider treats a hand-over: `lost…`, `half`, `hangUp`, `silent` and `brokenAfter` take the message and do not say so. */
export type Behaviour = 'ok' | 'brokenBefore' | 'brokenAfter' | 'silent' | 'half' | 'hangUp' | 'noId' | {readonly status: number; readonly code: string; readonly sentence?: string};

interface Taken { readonly phone: string; readonly outId: string; readonly template: string; readonly values: string; readonly sign: string; readonly bizId: string; readonly at: number; receipts: ReadonlyArray<{readonly status: number; readonly code: string; readonly at: number}> }

/** A provider on loopback that speaks `SendSms` and `QuerySendDetails` as the real one does, checks every signature, and fails on demand. */
export interface FakeAliyun {
  readonly url: string;
  readonly taken: Taken[];
  /** Actions that passed the check of signatures, oldest first. */
  readonly calls: string[];
  behave(action: 'SendSms' | 'QuerySendDetails', ...next: Behaviour[]): void;
  /** The list is behind: it tells messages only from this age on, in milliseconds. */
  lag(ms: number): void;
  close(): Promise<void>;
}

const account = {id: 'TESTKEY0001', secret: 'not-a-real-secret'};

/** Starts it. The key is `TESTKEY0001`, its secret `not-a-real-secret`. */
export async function startFakeAliyun(clock: Clock): Promise<FakeAliyun> {
  const state = {taken: [] as Taken[], calls: [] as string[], nonces: new Set<string>(), next: new Map<string, Behaviour[]>(), lagMs: 0};
  const server = createServer((request, response) => {
    const refusal = checkSignature(request, clock.now(), state.nonces);
    if (refusal !== null) return say(response, refusal.status, refusal.code);
    const action = String(request.headers['x-acs-action']);
    state.calls.push(action);
    const query = new URL(request.url ?? '/', 'http://fake').searchParams;
    const behaviour = state.next.get(action)?.shift() ?? 'ok';
    if (typeof behaviour === 'object') return say(response, behaviour.status, behaviour.code, behaviour.sentence);
    if (behaviour === 'brokenBefore') return void response.writeHead(503).end('<html>busy</html>');
    return action === 'SendSms' ? takeIn(behaviour, query, response) : say(response, 200, 'OK', 'OK', list(query));
  });
  function takeIn(behaviour: Behaviour, query: URLSearchParams, response: ServerResponse): void {
    const bizId = `${900_000 + state.taken.length}^0`;
    const text = (name: string) => query.get(name) ?? '';
    state.taken.push({phone: text('PhoneNumbers'), outId: text('OutId'), template: text('TemplateCode'), values: text('TemplateParam'), sign: text('SignName'), bizId, at: clock.now(), receipts: []});
    if (behaviour === 'silent') return;
    if (behaviour === 'hangUp') return void response.destroy();
    if (behaviour === 'brokenAfter') return say(response, 500, 'InternalError');
    const whole = JSON.stringify({Code: 'OK', Message: 'OK', RequestId: 'r', ...(behaviour === 'noId' ? {} : {BizId: bizId})});
    response.writeHead(200, {'content-type': 'application/json'}).end(behaviour === 'half' ? whole.slice(0, whole.length / 2) : whole);
  }
  function list(query: URLSearchParams): object {
    const seen = state.taken.filter(each => each.phone === query.get('PhoneNumber') && formatDate(dayOf(each.at)).replaceAll('-', '') === query.get('SendDate') && clock.now() - each.at >= state.lagMs);
    const rows = seen.flatMap(each => (each.receipts.length === 0 ? [{status: 1, code: '', at: null}] : each.receipts).map(({status, code, at}) => ({
      PhoneNum: each.phone, OutId: each.outId, SendStatus: status, ErrCode: code, TemplateCode: each.template, SendDate: formatMoment(each.at, true), ...(at === null ? {} : {ReceiveDate: formatMoment(at, true)}),
    })));
    const size = Number(query.get('PageSize'));
    const start = (Number(query.get('CurrentPage')) - 1) * size;
    return {TotalCount: String(rows.length), SmsSendDetailDTOs: {SmsSendDetailDTO: rows.slice(start, start + size)}};
  }
  // A busy machine lets more than Node's five seconds pass between two requests: no connection is closed in between.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: state.taken,
    calls: state.calls,
    behave: (action, ...next) => void state.next.set(action, next),
    lag: ms => void (state.lagMs = ms),
    close: () => new Promise(resolve => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

function say(response: ServerResponse, status: number, code: string, sentence = code, more: object = {}): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify({Code: code, Message: sentence, RequestId: 'r', ...more}));
}

/** The signature as the provider works it out from what arrived; written apart from the adapter's. */
function checkSignature(request: IncomingMessage, now: number, nonces: Set<string>): {readonly status: number; readonly code: string} | null {
  const header = (name: string): string => String(request.headers[name] ?? '');
  const [, id, signed = '', signature] = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(header('authorization')) ?? [];
  if (signature === undefined) return {status: 400, code: 'IncompleteSignature'};
  if (id !== account.id) return {status: 404, code: 'InvalidAccessKeyId.NotFound'};
  if (Math.abs(Date.parse(header('x-acs-date')) - now) > 15 * 60_000) return {status: 400, code: 'InvalidTimeStamp.Expired'};
  if (nonces.has(header('x-acs-signature-nonce'))) return {status: 400, code: 'SignatureNonceUsed'};
  const must = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'];
  if (!must.every(name => signed.split(';').includes(name)) || header('x-acs-version') !== '2017-05-25') return {status: 400, code: 'IncompleteSignature'};
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const [path = '/', rawQuery = ''] = (request.url ?? '/').split('?');
  const canonical = `${request.method}\n${path}\n${rawQuery.split('&').sort().join('&')}\n${signed.split(';').map(name => `${name}:${header(name).trim()}\n`).join('')}\n${signed}\n${hash('')}`;
  if (createHmac('sha256', account.secret).update(`ACS3-HMAC-SHA256\n${hash(canonical)}`).digest('hex') !== signature) return {status: 400, code: 'SignatureDoesNotMatch'};
  nonces.add(header('x-acs-signature-nonce'));
  return null;
}
