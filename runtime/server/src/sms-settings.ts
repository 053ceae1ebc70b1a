import {isIP} from 'node:net';
import {parseTemplates, type AliyunTemplate} from '@banli/messages';
import {serverErrors} from './errors.js';

/** The way out for text messages: `trial` takes all and sends nothing, `none` ends each as not sent, `aliyun` is a provider. */
export type SmsSettings = {readonly provider: 'trial'} | {readonly provider: 'none'} | AliyunSettings;

/** What the provider needs. The secret is told by a function: settings may be printed. */
export interface AliyunSettings {
  readonly provider: 'aliyun';
  readonly endpoint: string;
  readonly keyId: string;
  readonly secret: () => string;
  readonly signName: string;
  readonly templates: ReadonlyMap<string, AliyunTemplate>;
}

/**
 * Reads `BANLI_SMS` and, for `aliyun`, `BANLI_SMS_ALIYUN_KEY_ID`, `…_KEY_SECRET`, `…_SIGN`, `…_TEMPLATES` and `…_ENDPOINT`. Refusals name the variable, never what a secret holds.
 *
 * @throws AppError `SERVER_SETTING_BAD`
 */
export function readSmsSettings(env: NodeJS.ProcessEnv): SmsSettings {
  const provider = env['BANLI_SMS'] ?? 'trial';
  if (provider === 'trial' || provider === 'none') return {provider};
  if (provider !== 'aliyun') throw serverErrors.SETTING_BAD({name: 'BANLI_SMS', value: 'aliyun, none or trial'});
  const needed = (name: string, shape: RegExp, hint: string): string => {
    const value = env[name]?.trim() ?? '';
    if (!shape.test(value)) throw serverErrors.SETTING_BAD({name, value: hint});
    return value;
  };
  const keyId = needed('BANLI_SMS_ALIYUN_KEY_ID', /^\w{8,128}$/, 'the id of an access key');
  const secret = needed('BANLI_SMS_ALIYUN_KEY_SECRET', /^[\x21-\x7e]{8,128}$/, 'the secret of the access key');
  const signName = needed('BANLI_SMS_ALIYUN_SIGN', /^[^【】[\]\s]{2,50}$/, 'the approved signature, without brackets');
  const templates = parseTemplates(env['BANLI_SMS_ALIYUN_TEMPLATES'] ?? '');
  if (templates === null || templates.size === 0) throw serverErrors.SETTING_BAD({name: 'BANLI_SMS_ALIYUN_TEMPLATES', value: 'kind=SMS_1(variable,variable:length);kind=…'});
  return {provider, endpoint: readEndpoint(env['BANLI_SMS_ALIYUN_ENDPOINT'] ?? 'https://dysmsapi.aliyuncs.com'), keyId, secret: () => secret, signName, templates};
}

/** Numbers of citizens travel to it: by https, or to this machine. */
function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url?.protocol === 'http:' && isIP(url.hostname) === 4 && url.hostname.startsWith('127.');
  if (url === null || (url.protocol !== 'https:' && !isHere) || url.username !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') throw serverErrors.SETTING_BAD({name: 'BANLI_SMS_ALIYUN_ENDPOINT', value: 'https://name'});
  return url.origin;
}
