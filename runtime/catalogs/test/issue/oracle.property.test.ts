import test from 'ava';
import fc from 'fast-check';
import {isAppError, type Problem} from '@banli/errors';
import {rowKey, type CatalogManifest} from '@banli/formats/catalogs';
import {propertySeed} from '@banli/testing/property-seed';
import type {Issue, LifeActor} from '../../src/index.js';
import {versionsOf} from '../../src/life/versions.js';
import {Picker, propose} from './moves.js';
import {carried, given, isAllowed, laid, type Confirmed, type Mine, type Rows} from './oracle.js';
import {city, county, issueWorld, ref, region, town} from './setup.js';

type World = Awaited<ReturnType<typeof issueWorld>>;

/** A unit: what it confirmed last, all it ever confirmed, and the issue that it completes. */
interface Unit {
  readonly actor: LifeActor;
  readonly parent: LifeActor;
  readonly area: string;
  now: Confirmed | null;
  had: Confirmed[];
  /** The issue that `now` came from. */
  issueId: string | null;
  open: {issue: Issue; readonly rows: Rows; readonly mine: Map<string, Mine>; readonly standsOn: Confirmed | null} | null;
}

/** Refusals that the oracle knows nothing of: the row schema, rows and units that must be there, branches, rules of elements, rules of dispatch that tie. */
const beyond = /FILE_|CATALOG_CHANGE_|_REFERENCE|_UNIT_OUTSIDE|_PARENT_CIRCLE|_RETIRED_USED|_RULE_TIE|_CHANGED_NOTHING|_COLUMN_UNKNOWN/;

async function attempt<T>(work: () => Promise<T>): Promise<{readonly done: T; readonly refused?: never} | {readonly done?: never; readonly refused: readonly string[]; readonly problems: readonly Problem[]}> {
  try {
    return {done: await work()};
  } catch (error) {
    if (!isAppError(error)) throw error;
    const problems = error.problems ?? [];
    return {refused: problems.length > 0 ? problems.map(problem => problem.code) : [error.code], problems};
  }
}

/** A catalog with the units that it goes down to, in step with what the oracle says of them. */
class Trial {
  readonly #units: readonly Unit[] = [[city, region, '650100'], [county, city, '650102'], [town, county, '650102004']].map(([actor, parent, area]) => ({actor, parent, area, now: null, had: [], issueId: null, open: null}) as Unit);
  #release = 10;

  constructor(readonly world: World, readonly catalogId: string, readonly manifest: CatalogManifest, private published: Rows) {}

  static async of(world: World, catalogId: string): Promise<Trial> {
    const {manifest} = await versionsOf(world.store).last(catalogId);
    return new Trial(world, catalogId, manifest, await read(world, manifest));
  }

  #holds(index: number): Rows {
    return index < 0 ? this.published : (this.#units[index]?.now?.rows ?? this.#holds(index - 1));
  }

  async do(kind: string, index: number, seed: number): Promise<void> {
    const unit = this.#units[index] as Unit;
    if (kind === 'publish') return this.#publish();
    if (kind === 'issue') return this.#issue(unit, index);
    if (kind === 'put') return this.#putSome(unit, seed);
    if (kind === 'confirm') return this.#confirm(unit);
    return this.#takeBack(unit, index);
  }

  /** Every second row gets another source. */
  async #publish(): Promise<void> {
    const number = (this.#release += 1);
    await this.world.publish(this.catalogId, `2026.${number}.0`, csv => csv.split('\n').map((line, index) => (index > 0 && index % 2 === number % 2 && /[^"]$/.test(line) ? `${line}（${number}）` : line)).join('\n'));
    this.published = await read(this.world, this.manifest);
  }

  async #issue(unit: Unit, index: number): Promise<void> {
    if (unit.open) return;
    const {world: {issues}, catalogId} = this;
    const above = this.#units[index - 1]?.now ?? null;
    const sent = await attempt(() => issues.send(unit.parent, {catalogId, fromUnitId: unit.parent.unitId, toUnitIds: [unit.actor.unitId]}));
    if (sent.refused) {
      const expected = index > 0 && above === null ? 'CATALOG_ISSUE_NOT_CONFIRMED' : 'CATALOG_ISSUE_HAS_IT';
      if (sent.refused.join() !== expected) throw new Error(`${catalogId}: ${sent.refused.join()} instead of ${expected}`);
      return;
    }
    const rows = given(this.manifest, this.#holds(index - 1), unit.area);
    const groups = (table: string, column: string): readonly string[] => this.manifest.tables[table]?.issue?.overrides?.find(override => override.columns.includes(column))?.columns ?? [column];
    const kept = (unit.now?.mine ?? []).filter(each => rows.get(each.table)?.get(each.key)?.['status'] !== 'retired');
    const mine = new Map(carried(rows, kept, groups).map(each => [`${each.table} ${each.key}`, each]));
    unit.open = {issue: await issues.verify(unit.actor, ref(sent.done[0] as Issue)), rows, mine, standsOn: above};
  }

  async #putSome(unit: Unit, seed: number): Promise<void> {
    const picker = new Picker(seed);
    for (let count = 0; count < 5; count += 1) await this.#put(unit, picker);
  }

  async #put(unit: Unit, picker: Picker): Promise<void> {
    const {open} = unit;
    const move = open && propose(this.manifest, open.rows, picker);
    const definition = this.manifest.tables[move?.table ?? ''];
    if (!open || !move || !definition) return;
    const key = move.key ?? rowKey(definition, move.cells);
    const theirs = open.rows.get(move.table)?.get(key);
    const put = await attempt(() => this.world.issues.put(unit.actor, ref(open.issue), move));
    const allowed = isAllowed(definition, theirs, move, unit.area);
    const words = `${this.catalogId}/${move.table} ${unit.area} ${key} ${JSON.stringify(move.cells)}`;
    if (put.refused) {
      if (allowed === true && !put.refused.some(code => beyond.test(code))) throw new Error(`refused, ${put.refused.join()}: ${words}`);
      return;
    }
    if (allowed === false) throw new Error(`accepted: ${words}`);
    open.issue = put.done;
    const name = `${move.table} ${key}`;
    const before = open.mine.get(name)?.cells ?? {};
    const [mine] = carried(open.rows, [{table: move.table, key, cells: {...(theirs ? {} : {status: 'active'}), ...before, ...move.cells}}], (_, column) => [column]);
    if (mine) open.mine.set(name, mine);
    else open.mine.delete(name);
  }

  /** What stands against it is dropped until nothing does. */
  async #confirm(unit: Unit): Promise<void> {
    const {open} = unit;
    if (!open) return;
    for (let round = 0; round < 9; round += 1) {
      const done = await attempt(() => this.world.issues.confirm(unit.actor, {...ref(open.issue), effectiveFrom: '2026-03-02', acceptWarnings: true}));
      if (!done.refused) {
        unit.now = {rows: laid(open.rows, [...open.mine.values()]), mine: [...open.mine.values()], standsOn: open.standsOn};
        unit.had.push(unit.now);
        unit.issueId = open.issue.id;
        unit.open = null;
        return;
      }
      for (const {place} of done.problems) {
        const [table, key] = [(place.file ?? '').split('/')[1] ?? '', place.element ?? ''];
        const dropped = await attempt(() => this.world.issues.drop(unit.actor, ref(open.issue), {table, key}));
        if (!dropped.refused) open.issue = dropped.done;
        open.mine.delete(`${table} ${key}`);
      }
    }
    throw new Error(`${this.catalogId} of ${unit.area} cannot be confirmed.`);
  }

  async #takeBack(unit: Unit, index: number): Promise<void> {
    const {issues} = this.world;
    const issue = unit.open?.issue ?? (await issues.list(region, {catalogId: this.catalogId, states: ['confirmed'], unitId: unit.actor.unitId, limit: 50})).find(each => each.id === unit.issueId);
    if (!issue) return;
    const taken = await attempt(() => issues.takeBack(unit.parent, {...ref(issue), reason: '试验'}));
    if (taken.refused) throw new Error(`${this.catalogId}: ${taken.refused.join()}`);
    if (unit.open) unit.open = null;
    else this.#end(index);
  }

  #end(index: number): void {
    const unit = this.#units[index] as Unit;
    const {had} = unit;
    [unit.now, unit.had, unit.issueId] = [null, [], null];
    const below = this.#units[index + 1];
    if (!below) return;
    below.open = null;
    if (below.now?.standsOn && had.includes(below.now.standsOn)) this.#end(index + 1);
  }

  async check(): Promise<void> {
    for (const [index, {area}] of this.#units.entries()) {
      const found = await read(this.world, this.manifest, area);
      for (const [table, rows] of this.#holds(index)) {
        if (!same(found.get(table) ?? new Map(), rows)) throw new Error(`${this.catalogId}/${table} of ${area}: ${difference(found.get(table) ?? new Map(), rows)}`);
      }
    }
  }
}

type TableRows = ReadonlyMap<string, Readonly<Record<string, string>>>;

function written(row: Readonly<Record<string, string>> | undefined): string {
  return JSON.stringify(Object.entries(row ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function same(a: TableRows, b: TableRows): boolean {
  return a.size === b.size && [...b].every(([key, row]) => a.get(key) === row || written(a.get(key)) === written(row));
}

function difference(a: TableRows, b: TableRows): string {
  const key = [...new Set([...a.keys(), ...b.keys()])].find(each => written(a.get(each)) !== written(b.get(each))) ?? '';
  return `${key} is ${written(a.get(key))}, the oracle says ${written(b.get(key))}`;
}

async function read({service, at}: World, {id, tables}: CatalogManifest, areaCode?: string): Promise<Rows> {
  const found = new Map<string, TableRows>();
  for (const table of Object.keys(tables)) {
    const {rows} = await service.effectiveRows({catalogId: id, table, at, limit: 1_000_000, ...(areaCode === undefined ? {} : {areaCode})});
    found.set(table, new Map(rows.map(row => [row.key, row.values])));
  }
  return found;
}

const step = fc.record({kind: fc.constantFrom('issue', 'issue', 'put', 'put', 'put', 'put', 'confirm', 'confirm', 'takeBack', 'publish'), unit: fc.constantFrom(0, 0, 0, 1, 1, 2), seed: fc.nat()});

/** All levels have it before the sequence begins. */
function down(steps: ReadonlyArray<{readonly seed: number}>) {
  return [0, 1, 2].flatMap(unit => ['issue', 'put', 'confirm'].map(kind => ({kind, unit, seed: (steps[unit]?.seed ?? 0) + unit})));
}

const runs = Number(process.env['BANLI_PROPERTY_RUNS'] ?? 2);

test('of every catalog that is issued down: after any sequence of issuing, overriding, confirming and taking back, what holds is what a simple oracle says', async t => {
  t.timeout(120_000 * runs);
  t.log(`seed ${propertySeed}`);
  const probe = await issueWorld({fourEyes: false});
  const catalogs = (await probe.service.list(probe.at)).filter(catalog => catalog.issuable).map(catalog => catalog.id);
  await probe.close();
  t.is(catalogs.length, 15);
  await fc.assert(fc.asyncProperty(fc.array(step, {minLength: 8, maxLength: 24}), async steps => {
    const world = await issueWorld({fourEyes: false});
    try {
      for (const catalogId of catalogs) {
        const trial = await Trial.of(world, catalogId);
        for (const {kind, unit, seed} of [...down(steps), ...steps]) await trial.do(kind, unit, seed);
        await trial.check();
      }
    } finally {
      await world.close();
    }
  }), {numRuns: runs, seed: propertySeed, endOnFailure: true, includeErrorInReport: true});
});
