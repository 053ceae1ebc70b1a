import type {Store} from '@banli/store';
import type {Clock} from '@banli/time';

const name = 'clock.offset';

/** A clock that runs like the machine's, shifted by an offset that all processes share through the database. */
export interface MovableClock extends Clock {
  /** Moves it to a moment and tells the other processes through the database. */
  moveTo(store: Store, moment: number): Promise<void>;
  /** Reads the offset that another process has set. */
  refresh(store: Store): Promise<void>;
}

/** Makes a movable clock; only trials and tests have one. */
export function createMovableClock(): MovableClock {
  let offset = 0;
  const machine = (): number => Number(process.hrtime.bigint() / 1_000_000n);
  const origin = new Date().getTime() - machine();
  const now = (): number => origin + machine() + offset;
  return {
    now,
    async moveTo(store, moment) {
      offset += moment - now();
      await store.tx(async tx => {
        await tx('setting').insert({name, value: String(offset)}).onConflict('name').merge();
      });
    },
    async refresh(store) {
      const row = await store.knex('setting').where({name}).first<{value: string} | undefined>();
      offset = row === undefined ? 0 : Number(row.value);
    },
  };
}
