import {readdir, utimes} from 'node:fs/promises';
import {join} from 'node:path';
import type {Store} from '@banli/store';
import {openTestStore} from '@banli/store/testing';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {createTestClock} from '@banli/time';
import {createSealer, openAudit, verifyAudit, type AuditEntry} from '../src/index.js';

export const actor = {personId: 'p1', personName: '林雨桐', unitId: 'u1', roles: ['clerk'], requestId: 'r1', address: '127.0.0.1'};

/** An entry about a subject. */
export function entry(subject: string, at = 1_760_000_000_000): AuditEntry {
  return {actor, action: 'case.complete', subject, result: 'done', at, data: {outcome: 'submit', step: 'a'}};
}

/** An audit log with its sealer, on a database in memory or a given one. */
export async function setup(given?: Store) {
  const folder = scratchFolder('audit');
  const store = given ?? (await openTestStore());
  await store.migrate();
  const clock = createTestClock(1_760_000_000_000);
  const audit = await openAudit(store, folder);
  const faults: Error[] = [];
  const sealer = createSealer({store, ...audit, clock, holder: 'one', onFault: fault => faults.push(fault)});
  const write = async (...subjects: string[]) => {
    for (const [index, subject] of subjects.entries()) await store.tx(tx => audit.log.record(tx, entry(subject, clock.now() + index)));
  };
  return {
    folder, store, clock, faults, sealer, write, ...audit,
    verify: () => verifyAudit(store, audit),
    age: () => age(folder),
    close: async () => {
      await store.close();
    },
  };
}

/** Lets two minutes pass for every journal: whoever wrote it is not there any more. */
export async function age(folder: string): Promise<void> {
  const then = Date.now() / 1000 - 120;
  for (const name of await readdir(folder)) if (name.startsWith('audit-open-')) await utimes(join(folder, name), then, then);
}
