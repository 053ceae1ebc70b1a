import {closeSync, fstatSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeSync, type Stats} from 'node:fs';
import {join} from 'node:path';
import {newId} from '@banli/store';
import {systemClock} from '@banli/time';
import {auditErrors} from './errors.js';

/** A row that a process wrote and that does not stand under the remembered head of the chain yet. */
export interface WatchedEntry {
  readonly id: string;
  readonly digest: string;
  /** Action and subject, to name it once it is gone. */
  readonly what: string;
}

/** Whether the transaction of an entry is known to have committed. */
export interface JournalEntry extends WatchedEntry {
  readonly committed: boolean;
}

/**
 * What a process wrote to the audit log and has not seen under the remembered head, kept in a file beside the keys: a row that goes
 * before it is sealed is missed even when the process that wrote it was killed.
 */
export interface Journal {
  /** Before the commit, at the latest. @throws AppError `AUDIT_JOURNAL_FAILED` */
  begin(entries: readonly WatchedEntry[]): void;
  /** After the commit; never throws, what could not be written comes with the next line or `tend`. */
  commit(ids: readonly string[]): void;
  /** Rolled back, or seen under the remembered head. Never throws. */
  drop(ids: readonly string[]): void;
  /** The oldest first. */
  entries(): readonly JournalEntry[];
  /** Shows that this process lives, and makes the file small again. @throws AppError `AUDIT_JOURNAL_FAILED` */
  tend(): void;
}

/** The journal of another process, or of this one, as it stands on disk. */
export interface LeftJournal {
  readonly entries: readonly JournalEntry[];
  /** Whoever wrote it has not been seen for a minute: nothing is on its way any more. */
  readonly isAbandoned: boolean;
  /** Takes the file away, unless somebody wrote to it since it was read: a process that stood still goes on, or this one has just left a row about another. */
  takeAway(): void;
}

const prefix = 'audit-open-';
const suffix = '.log';
/** A living process touches its file twice a second. */
const abandonedAfterMs = 60_000;
const compactAbove = 4_000_000;
/** The oldest beyond these are no longer kept: where nobody seals, neither memory nor disk must fill up. */
const mostKept = 5_000;

/** Makes the journal of this process in the key folder; the file is there only while it holds something. */
export function createJournal(folder: string): Journal {
  const path = join(folder, `${prefix}${newId()}${suffix}`);
  const kept = new Map<string, JournalEntry>();
  const file = {handle: null as number | null, bytes: 0, isBehind: false};

  const write = (text: string): void => {
    try {
      if (file.isBehind || file.bytes > compactAbove || isTaken()) rewrite();
      else append(text);
    } catch (error) {
      file.isBehind = true;
      throw auditErrors.JOURNAL_FAILED({path}, {cause: error});
    }
  };
  /** A process that stood still for long looked abandoned, and another one took its file away. */
  const isTaken = (): boolean => file.handle !== null && fstatSync(file.handle).nlink === 0;
  const append = (text: string): void => {
    file.handle ??= openSync(path, 'a', 0o600);
    writeWhole(file.handle, text);
    file.bytes += Buffer.byteLength(text);
  };
  /** Puts everything that is kept into a new file, or takes the file away. */
  const rewrite = (): void => {
    if (file.handle !== null) closeSync(file.handle);
    file.handle = null;
    file.bytes = 0;
    if (kept.size === 0) rmSync(path, {force: true});
    else {
      const draft = openSync(`${path}.new`, 'w', 0o600);
      file.handle = draft;
      append(linesOf([...kept.values()]));
      renameSync(`${path}.new`, path);
    }
    file.isBehind = false;
  };
  const tell = (text: string): void => {
    try {
      write(text);
    } catch {
      // Marked as behind: the next line, or `tend`, writes everything anew and throws if it still cannot.
    }
  };

  return {
    begin(entries) {
      for (const entry of entries) kept.set(entry.id, {...entry, committed: false});
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      write(linesOf(entries.map(entry => ({...entry, committed: false}))));
    },
    commit(ids) {
      for (const id of ids) {
        const entry = kept.get(id);
        if (entry) kept.set(id, {...entry, committed: true});
      }
      tell(line(['=', ...ids]));
    },
    drop(ids) {
      if (ids.length === 0) return;
      for (const id of ids) kept.delete(id);
      if (kept.size === 0) file.isBehind = true;
      tell(line(['-', ...ids]));
    },
    entries: () => [...kept.values()],
    tend() {
      if (file.isBehind) write('');
      if (file.handle === null) return;
      try {
        const now = systemClock.now() / 1000;
        utimesSync(path, now, now);
      } catch (error) {
        file.isBehind = true;
        throw auditErrors.JOURNAL_FAILED({path}, {cause: error});
      }
    },
  };
}

/** Reads every journal of the key folder, also those of processes that still write: what stands in one as committed is in the database. */
export function readJournals(folder: string): readonly LeftJournal[] {
  return readdirSync(folder).filter(name => name.startsWith(prefix) && name.endsWith(suffix)).sort().flatMap(name => {
    const path = join(folder, name);
    try {
      // Looked at before it is read: what comes in between shows as a change.
      const seen = statSync(path);
      const isAbandoned = systemClock.now() - seen.mtimeMs > abandonedAfterMs;
      return [{entries: parse(readFileSync(path, 'utf8')), isAbandoned, takeAway: () => takeAway(path, seen)}];
    } catch (error) {
      // Its process has just seen everything sealed.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
}

function takeAway(path: string, seen: Stats): void {
  const now = statSync(path, {throwIfNoEntry: false});
  if (now?.ino === seen.ino && now.size === seen.size && now.mtimeMs === seen.mtimeMs) rmSync(path, {force: true});
}

/** Lines begin with `+` (id, digest, what), `=` (ids that committed) or `-` (ids that are settled). */
function parse(text: string): readonly JournalEntry[] {
  const found = new Map<string, JournalEntry>();
  for (const row of text.split('\n')) {
    const words = wordsOf(row);
    const [kind, id = '', digest = '', what = ''] = words;
    if (kind === '+') found.set(id, {id, digest, what, committed: false});
    for (const each of kind === '=' ? words.slice(1) : []) {
      const entry = found.get(each);
      if (entry) found.set(each, {...entry, committed: true});
    }
    for (const each of kind === '-' ? words.slice(1) : []) found.delete(each);
  }
  return [...found.values()];
}

/** The last line of a killed process may be half a line: it tells nothing. */
function wordsOf(row: string): readonly string[] {
  try {
    const words: unknown = row === '' ? [] : JSON.parse(row);
    return Array.isArray(words) ? words.map(String) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function linesOf(entries: readonly JournalEntry[]): string {
  const committed = entries.filter(entry => entry.committed).map(entry => entry.id);
  return entries.map(({id, digest, what}) => line(['+', id, digest, what])).join('') + (committed.length === 0 ? '' : line(['=', ...committed]));
}

function line(words: readonly string[]): string {
  return `${JSON.stringify(words)}\n`;
}

function writeWhole(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) from += writeSync(handle, bytes, from);
}
