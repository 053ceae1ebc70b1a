import test from 'ava';
import fc from 'fast-check';
import {isAppError} from '@banli/errors';
import {createSealer, openAudit, type Anchor} from '../src/index.js';
import {age, entry, setup} from './setup.js';

/** What may happen to a log; the last three kill the process: in the middle of a commit that took effect, of one that did not, and between seal and head. */
const happenings = ['write', 'write', 'fail', 'seal', 'round', 'adopt', 'kill', 'killAfterCommit', 'killBeforeCommit', 'killBeforeHead'] as const;
type Happening = (typeof happenings)[number];

const history = fc.record({
  before: fc.array(fc.constantFrom(...happenings), {minLength: 1, maxLength: 12}),
  after: fc.array(fc.constantFrom(...happenings), {maxLength: 6}),
  /** Which row goes: a share of all rows; 1 is the newest. */
  victim: fc.oneof(fc.constant(1), fc.double({min: 0, max: 1, noNaN: true})),
});

/** A log whose processes come and go. */
async function openWorld() {
  const base = await setup();
  const {store, clock, folder} = base;
  const world = {process: await begin(), unsure: new Set<string>(), lost: 0, written: 0};
  async function begin() {
    const audit = await openAudit(store, folder);
    clock.moveBy(60_000);
    return {...audit, sealer: createSealer({...audit, store, clock, holder: `p${clock.now()}`, onFault: () => undefined})};
  }
  const write = async (fails = false): Promise<string> => {
    world.written += 1;
    const subject = `s${world.written}`;
    await store.tx(async tx => {
      await world.process.log.record(tx, entry(subject, clock.now()));
      if (fails) throw new Error('rolled back');
    }).catch((error: unknown) => {
      if (!fails) throw error;
    });
    return subject;
  };
  const kill = async () => {
    world.process = await begin();
  };
  const nothing = () => undefined;
  const does: Readonly<Record<Happening, () => Promise<unknown>>> = {
    write: () => write(),
    fail: () => write(true),
    seal: () => world.process.sealer.sealNow(),
    round: async () => {
      await world.process.sealer.sealNow();
      await world.process.sealer.checkWatched();
    },
    adopt: async () => {
      await age(folder);
      await world.process.sealer.adoptLeft();
    },
    kill,
    killAfterCommit: async () => {
      Object.assign(world.process.journal, {commit: nothing});
      world.unsure.add(await write());
      await kill();
    },
    killBeforeCommit: async () => {
      Object.assign(world.process.journal, {drop: nothing});
      await write(true);
      world.lost += 1;
      await kill();
    },
    killBeforeHead: async () => {
      const {write: writeHead} = world.process.anchor;
      Object.assign(world.process.anchor, {write: async (head: Anchor) => (head.seq === 0 ? writeHead(head) : undefined)});
      await world.process.sealer.sealNow();
      await kill();
    },
  };
  return {...base, world, happen: (what: Happening) => does[what]()};
}

test('an untouched log is good whatever happens; a row deleted at any moment, the newest one too, is found', async t => {
  await fc.assert(fc.asyncProperty(history, async ({before, after, victim}) => {
    const {store, world, happen, verify, folder, close} = await openWorld();
    for (const what of before) await happen(what);
    await age(folder);
    const clean = await verify();
    t.deepEqual([clean.good, clean.faults], [true, []], 'nobody touched it');
    t.true(clean.doubts.length <= world.lost);

    const rows = (await store.knex('audit_entry').orderBy('id').select('id', 'subject')) as ReadonlyArray<{id: string; subject: string}>;
    const row = rows[Math.min(rows.length - 1, Math.floor(victim * rows.length))];
    if (row) {
      await store.knex('audit_entry').where({id: row.id}).delete();
      for (const what of after) {
        await happen(what).catch((error: unknown) => {
          if (!isAppError(error, 'AUDIT_SEALING_STOPPED')) throw error;
        });
      }
      await age(folder);
      const report = await verify();
      const isDoubted = world.unsure.has(row.subject) && report.doubts.some(doubt => doubt.what.includes(row.id));
      t.true(!report.good || isDoubted, `${row.subject} went unseen`);
    }
    await close();
  }), {numRuns: 120, endOnFailure: true});
});
