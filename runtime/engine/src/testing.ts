import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createConnection} from 'mysql2/promise';
import type {EngineProduct} from '../bin/build.mjs';
import {parseProduct} from './product.js';
import {startEngine, type EngineHandle, type EngineOptions} from './supervisor.js';

/** An engine for tests: its own home, its own schema where the tests run on MariaDB; `remove` leaves nothing behind. */
export interface TestEngine {
  readonly handle: EngineHandle;
  readonly home: string;
  readonly databaseUrl: string | undefined;
  remove(): Promise<void>;
}

/** An engine that lives for a minute does not earn what the second compiler of Java costs. */
const shortLived = ['-XX:TieredStopAtLevel=1'];

/** The engines that the tests run on: both, unless `BANLI_ENGINE_TEST` names some (comma-separated). */
export function testProducts(): readonly EngineProduct[] {
  const chosen = process.env['BANLI_ENGINE_TEST'];
  return chosen ? chosen.split(',').map(parseProduct) : ['camunda', 'operaton'];
}

/**
 * Starts an engine of its own. With `BANLI_TEST_DATABASE=mysql` it lies on the server of `BANLI_TEST_MYSQL_URL`, else in an H2 file.
 */
export async function startTestEngine(product: EngineProduct, more: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const home = more.home ?? mkdtempSync(join(tmpdir(), 'banli-engine-'));
  const database = more.databaseUrl === undefined && process.env['BANLI_TEST_DATABASE'] === 'mysql' ? await ownSchema() : null;
  const databaseUrl = more.databaseUrl ?? database?.url;
  const leave = async (): Promise<void> => {
    await database?.drop();
    rmSync(home, {recursive: true, force: true});
  };
  const handle = await startEngine({javaOptions: shortLived, ...more, home, product, databaseUrl}).catch(async (error: unknown) => {
    if (more.home === undefined) await leave();
    throw error;
  });
  return {
    handle, home, databaseUrl,
    remove: async () => {
      await handle.stop();
      await leave();
    },
  };
}

/**
 * Makes the name of a schema that nobody has on the test server; the engine creates it.
 *
 * @throws Error when `BANLI_TEST_MYSQL_URL` is not set: a missing server is a failure, not a skip.
 */
export async function ownSchema(): Promise<{readonly url: string; drop(): Promise<void>}> {
  const server = process.env['BANLI_TEST_MYSQL_URL'];
  if (!server) throw new Error('BANLI_TEST_MYSQL_URL must name a MariaDB server for tests: mysql://user:password@127.0.0.1:port');
  const base = new URL(server);
  const schema = `banli_test_${randomBytes(5).toString('hex')}`;
  base.pathname = `/${schema}`;
  return {
    url: base.href,
    drop: async () => {
      const connection = await createConnection({host: base.hostname, port: Number(base.port || '3306'), user: decodeURIComponent(base.username), password: decodeURIComponent(base.password)});
      await connection.query(`DROP DATABASE IF EXISTS \`${schema}_engine\``);
      await connection.end();
    },
  };
}
