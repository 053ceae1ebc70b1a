import test from 'ava';
import {runMainJob} from '../src/main-job/run.js';
import {openTestDatabase} from './support/database.js';

test('the main job holds from call to archive, with returns, delegation, requests, a lapse and a second round', async t => {
  t.timeout(600_000);
  const lines: string[] = [];
  const database = await openTestDatabase();
  const held = await runMainJob(database.url === undefined ? {} : {databaseUrl: database.url}, line => lines.push(line)).finally(() => database.drop());
  const failed = lines.filter(line => line.includes('✗'));
  t.deepEqual(failed, []);
  t.true(held, lines.slice(-20).join('\n'));
  t.regex(lines.at(-1) ?? '', /^main job: \d+ passed, 0 failed$/);
});
