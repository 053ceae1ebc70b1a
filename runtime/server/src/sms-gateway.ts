import {createAliyunSms, createFakeSmsGateway, createNoSmsGateway, messageErrors, type SmsGateway, type SmsHttp} from '@banli/messages';
import type {Clock} from '@banli/time';
import {Pool} from 'undici';
import type {SmsSettings} from './sms-settings.js';

const connectMs = 3_000;
const answerMs = 8_000;
/** A page of the provider's list is some 50 kB. */
const mostBytes = 1_000_000;
const connections = 8;

/** Errors before anything of a request left this machine. */
const unreached: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);

/** The way out that the settings name, and how to close it. */
export function createSmsGateway(settings: SmsSettings, clock: Clock): {readonly gateway: SmsGateway; close(): Promise<void>} {
  const close = async (): Promise<void> => undefined;
  if (settings.provider !== 'aliyun') return {gateway: settings.provider === 'none' ? createNoSmsGateway() : createFakeSmsGateway(clock), close};
  const {endpoint, keyId, secret, signName, templates} = settings;
  const pool = new Pool(endpoint, {connections, connect: {timeout: connectMs}, headersTimeout: answerMs, bodyTimeout: answerMs, maxResponseSize: mostBytes});
  const gateway = createAliyunSms({http: poster(pool), host: new URL(endpoint).host, key: {id: keyId, secret}, signName, templates, clock});
  return {gateway, close: () => pool.destroy()};
}

/** Never repeats a request by itself, and tells of a failure nothing but its code: the path holds a phone number. */
function poster(pool: Pool): SmsHttp {
  return async (path, headers, signal) => {
    try {
      const {statusCode, body} = await pool.request({method: 'POST', path, headers, signal});
      return {status: statusCode, text: await body.text()};
    } catch (error) {
      const code = hasCode(error) ? error.code : 'UNKNOWN';
      throw unreached.has(code) ? messageErrors.GATEWAY_UNREACHED({reason: code}) : messageErrors.GATEWAY_DOWN({reason: code});
    }
  };
}

function hasCode(error: unknown): error is {readonly code: string} {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
