import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseProduct} from '@banli/engine';
import type {QuietHours} from '@banli/messages';
import {serverErrors} from './errors.js';
import {readSmsSettings, type SmsSettings} from './sms-settings.js';

/** Where things stand: the checkout, and the data folder. */
export interface Settings {
  readonly root: string;
  readonly home: string;
  readonly keysFolder: string;
  readonly filesFolder: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Addresses under which people reach us, as `https://banli.example.gov.cn`; empty: whatever address they use. */
  readonly publicOrigins: readonly string[];
  /** Everybody reaches us by https: secure cookies, and browsers are told to stay with it. */
  readonly https: boolean;
  /** A proxy of ours stands in front and tells the caller's address. */
  readonly behindProxy: boolean;
  readonly databaseUrl: string;
  /** The address as given, for the engine; `undefined` with the embedded databases. */
  readonly givenDatabaseUrl: string | undefined;
  readonly product: 'camunda' | 'operaton';
  /** Options for the engine's Java beside our own, `BANLI_ENGINE_JAVA_OPTIONS`, as `-Xmx2g`; the last one of a kind holds. */
  readonly engineJavaOptions: readonly string[];
  readonly logLevel: string;
  /** Only for trials and tests: the clock can be moved over HTTP, and starts at this moment. */
  readonly movableClock: {readonly startAt: number | null} | null;
  /** Password of the demo accounts; made up and kept in the home when not given. */
  readonly demoPassword: string | null;
  /** Folders of further bundles that are published at the first start, besides `templates/`. */
  readonly moreBundles: readonly string[];
  /** Bundle whose process reviews changes of catalogs, `BANLI_CATALOG_REVIEW`; `null` (`none`): one reviewer decides. */
  readonly catalogReview: string | null;
  /** Whether local overrides of catalogs need a second person to confirm them, `BANLI_CATALOG_FOUR_EYES`: `on` by default, `off` where an office has one administrator. */
  readonly catalogFourEyes: boolean;
  /** Hours, in Asia/Shanghai, in which warnings by text message wait for the morning: `BANLI_SMS_QUIET=23-9`, or `none`. */
  readonly quietHours: QuietHours | null;
  /** The way out for text messages, `BANLI_SMS`. */
  readonly sms: SmsSettings;
}

/**
 * Reads the settings from the environment.
 *
 * @throws AppError `SERVER_SETTING_BAD` naming the variable.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
  const home = resolve(env['BANLI_HOME'] ?? join(root, '.banli'));
  const port = Number(env['PORT'] ?? 8330);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw serverErrors.SETTING_BAD({name: 'PORT', value: String(env['PORT'])});
  const given = env['BANLI_DATABASE_URL'];
  if (given !== undefined && !/^mysql:\/\/[^/]+\/\w+$/.test(given)) throw serverErrors.SETTING_BAD({name: 'BANLI_DATABASE_URL', value: 'mysql://user:password@host:port/schema'});
  const startAt = env['BANLI_CLOCK_START'];
  const publicOrigins = (env['BANLI_PUBLIC_URL'] ?? '').split(',').map(each => each.trim()).filter(each => each !== '').map(readOrigin);
  return {
    publicOrigins,
    https: publicOrigins.length > 0 && publicOrigins.every(origin => origin.startsWith('https:')),
    behindProxy: env['BANLI_BEHIND_PROXY'] === '1',
    root,
    home,
    keysFolder: join(home, 'keys'),
    filesFolder: join(home, 'files'),
    port,
    databaseUrl: given ?? `sqlite:${join(home, 'platform.sqlite')}`,
    givenDatabaseUrl: given,
    product: parseProduct(env['BANLI_ENGINE']),
    engineJavaOptions: (env['BANLI_ENGINE_JAVA_OPTIONS'] ?? '').split(/\s+/).filter(option => option !== ''),
    logLevel: env['BANLI_LOG'] ?? 'info',
    movableClock: env['BANLI_MOVABLE_CLOCK'] === '1' ? {startAt: startAt === undefined ? null : Number(startAt)} : null,
    demoPassword: env['BANLI_DEMO_PASSWORD'] ?? null,
    catalogReview: readBundleName(env['BANLI_CATALOG_REVIEW'] ?? 'catalogReview'),
    catalogFourEyes: readSwitch('BANLI_CATALOG_FOUR_EYES', env['BANLI_CATALOG_FOUR_EYES'] ?? 'on'),
    quietHours: readQuietHours(env['BANLI_SMS_QUIET'] ?? '23-9'),
    sms: readSmsSettings(env),
    moreBundles: (env['BANLI_MORE_BUNDLES'] ?? '').split(':').filter(folder => folder !== ''),
  };
}

function readBundleName(name: string): string | null {
  if (!/^[a-zA-Z]\w{0,63}$/.test(name)) throw serverErrors.SETTING_BAD({name: 'BANLI_CATALOG_REVIEW', value: 'the id of a bundle, or none'});
  return name === 'none' ? null : name;
}

function readSwitch(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw serverErrors.SETTING_BAD({name, value: 'on or off'});
  return text === 'on';
}

/** Own: the day in Xinjiang is two hours later than its clock. */
function readQuietHours(text: string): QuietHours | null {
  if (text === 'none') return null;
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (from === undefined || to === undefined || Number(from) > 23 || Number(to) > 23 || from === to) throw serverErrors.SETTING_BAD({name: 'BANLI_SMS_QUIET', value: 'two hours of the day as 23-9, or none'});
  return {from: Number(from), to: Number(to)};
}

/** An address without path: a path would never equal the `Origin` that browsers send. */
function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') throw serverErrors.SETTING_BAD({name: 'BANLI_PUBLIC_URL', value: 'https://name or https://name:port'});
  return url.origin;
}
