import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import {createRequire} from 'node:module';
import {isAppError} from '@banli/errors';
import {dayOf, dueOf, formatDate, hourMs, parseDate, startOfDay, weekdayOf, type WorkingCalendar} from '@banli/time';
import type {CatalogRow} from '@banli/formats/catalogs';
import {verdict, type Print} from '../measure.js';
import type {ShippedCalendars} from './calendars.js';

const {isWorkday} = createRequire(import.meta.url)('chinese-days') as {isWorkday(date: string): boolean};
const register = fileURLToPath(new URL('../../../../../platform/tooling/src/loader/register.mjs', import.meta.url));
const printer = fileURLToPath(new URL('print-hash.ts', import.meta.url));

/** Checks the calendar against what was published, the laws of counting, and three time zones. @returns Whether everything held. */
export function runGate({calendar, days, years}: ShippedCalendars, print: Print): boolean {
  const published = years.filter(row => row['yearStatus'] === 'published').map(row => Number(row['year']));
  const byYear = published.map(year => differences(calendar, days, year));
  const own = byYear.reduce((sum, entry) => sum + entry.own, 0);
  const peer = byYear.reduce((sum, entry) => sum + entry.peer.length, 0);
  print(`gate: ${published[0]}–${published.at(-1)}, ${byYear.length} years by day: ${own} differences from the published table · ${verdict(own === 0)}; ${peer} from chinese-days`);
  for (const entry of byYear.filter(candidate => candidate.peer.length > 0)) print(`      ${entry.year} differs from chinese-days: ${entry.peer.join(', ')}`);
  const laws = lawsBroken(calendar);
  print(`gate: add(add(x,a),b) = add(x,a+b), monotone, inverse: ${laws.checked} checks, ${laws.broken} broken · ${verdict(laws.broken === 0)}`);
  const zones = ['UTC', 'Asia/Shanghai', 'America/New_York'];
  const hashes = zones.map(hashUnder);
  const same = new Set(hashes).size === 1 && hashes[0] === hashOf(calendar);
  print(`gate: due times under TZ=${zones.join(', ')}: ${same ? 'the same' : hashes.join(' ')} · ${verdict(same)}`);
  const beyond = refusesBeyond(calendar);
  print(`gate: after ${formatDate(calendar.lastDay)} the answer is TIME_CALENDAR_NOT_PUBLISHED · ${verdict(beyond)}`);
  return own === 0 && laws.broken === 0 && same && beyond;
}

interface YearDifferences {
  readonly year: number;
  readonly own: number;
  readonly peer: readonly string[];
}

/** Each day by the rows as they stand in the file, and the weekday where there is none; and by the peer. */
function differences(calendar: WorkingCalendar, rows: readonly CatalogRow[], year: number): YearDifferences {
  const special = new Map(rows.map(row => [row['date'], row['kind']]));
  const peer: string[] = [];
  let own = 0;
  for (let day = parseDate(`${year}-01-01`); day <= parseDate(`${year}-12-31`); day += 1) {
    const date = formatDate(day);
    const kind = special.get(date);
    const working = calendar.isWorkingDay(day);
    if (working !== (kind === undefined ? weekdayOf(day) <= 5 : kind === 'work')) own += 1;
    if (working !== isWorkday(date)) peer.push(date);
  }
  return {year, own, peer};
}

function lawsBroken(calendar: WorkingCalendar): {checked: number; broken: number} {
  const last = calendar.lastDay - 250;
  let checked = 0;
  let broken = 0;
  const must = (holds: boolean): void => {
    checked += 1;
    if (!holds) broken += 1;
  };
  for (let day = calendar.firstDay; day <= last; day += 1) {
    for (const a of [1, 5, 20]) {
      const once = calendar.addWorkingDays(day, a);
      for (const b of [0, 1, 3, 60]) must(calendar.addWorkingDays(once, b) === calendar.addWorkingDays(day, a + b));
      must(once <= calendar.addWorkingDays(day + 1, a) && once < calendar.addWorkingDays(day, a + 1));
      must(calendar.workingDaysBetween(day, once) === a);
      must(!calendar.isWorkingDay(day) || calendar.addWorkingDays(once, -a) === day);
    }
  }
  return {checked, broken};
}

/** A sum over due times of every day and three limits; what another time zone must not change. */
export function hashOf(calendar: WorkingCalendar): string {
  const hash = createHash('sha256');
  for (let day = calendar.firstDay; day <= calendar.lastDay - 100; day += 1) {
    const startAt = startOfDay(day) + 11 * hourMs;
    hash.update(`${dayOf(startAt)} ${dueOf({startAt, limit: {value: 5, unit: 'workingDay'}}, calendar)} ${dueOf({startAt, limit: {value: 20, unit: 'workingHour'}}, calendar)} ${formatDate(day)}\n`);
  }
  return hash.digest('hex');
}

function hashUnder(zone: string): string {
  const {stdout, stderr, status} = spawnSync(process.execPath, ['--import', register, printer], {env: {...process.env, TZ: zone}, encoding: 'utf8'});
  if (status !== 0) throw new Error(`The run under TZ=${zone} ended with ${status}: ${stderr}`);
  return stdout.trim();
}

function refusesBeyond(calendar: WorkingCalendar): boolean {
  try {
    calendar.addWorkingDays(calendar.lastDay, 1);
    return false;
  } catch (error) {
    return isAppError(error, 'TIME_CALENDAR_NOT_PUBLISHED');
  }
}
