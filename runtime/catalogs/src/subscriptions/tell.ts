import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import {dayOf, formatDate} from '@banli/time';
import {titleOf} from '../choices.js';
import {diffVersions} from '../life/compare.js';
import type {Desk} from '../life/desk.js';
import {lastOf} from '../life/versions.js';
import {readHeads} from '../version-store.js';
import type {PublishedVersion, VersionHead} from '../version.js';
import {countChanges, diffWithin, type ChangeCounts} from './difference.js';
import {readToldVersions, subscriptionsTold, type SubscriptionRow} from './subscription-store.js';

/** What telling needs of people and notices. */
export interface TellerDeps {
  readonly notices: {notify(tx: Tx, notice: {readonly personIds: readonly string[]; readonly kind: string; readonly title: LocalizedText; readonly body: LocalizedText; readonly caseId: string; readonly link: string; readonly at: number}): Promise<void>};
  /** Whether a person still may read catalogs, in any of his posts. */
  readonly mayRead: (personId: string) => boolean;
  /** Who completes issues at a unit. */
  readonly completers: (unitId: string) => readonly string[];
  /** What a unit is called. */
  readonly unitTitle: (unitId: string) => LocalizedText;
}

/** Tells people of what was published and issued. What was told is written with the notice, so nobody is told twice and nothing is lost. */
export interface Teller {
  /** One round; answers how many notices it wrote. What fails is thrown after everything else was told, and tried again in the next round. */
  round(): Promise<number>;
}

/** Subscriptions, or issues, of one unit of work. */
const atOnce = 50;

/** Makes the teller. */
export function createTeller(desk: Desk, deps: TellerDeps): Teller {
  return {
    async round() {
      const faults: unknown[] = [];
      let written = 0;
      for (const work of [...(await versionsToTell(desk, deps)), () => tellIssues(desk, deps)]) {
        try {
          written += await work();
        } catch (error) {
          faults.push(error);
        }
      }
      if (faults.length > 1) throw new AggregateError(faults, `${faults.length} things could not be told: ${faults.map(String).join('; ')}`);
      if (faults.length === 1) throw faults[0];
      return written;
    },
  };
}

/** Work for each pair of versions that subscribers are between. */
async function versionsToTell(desk: Desk, deps: TellerDeps): Promise<ReadonlyArray<() => Promise<number>>> {
  const known = await readToldVersions(desk.store.knex);
  if (known.length === 0) return [];
  const heads = await readHeads(desk.store.knex);
  return known.flatMap(({catalogId, told}) => {
    const head = lastOf(heads.get(catalogId) ?? []);
    return head && head.id !== told ? [() => tellOfVersion(desk, deps, told, head)] : [];
  });
}

async function tellOfVersion(desk: Desk, deps: TellerDeps, told: string, head: VersionHead): Promise<number> {
  const [before, now] = [await desk.versions.byId(head.catalogId, told), await desk.versions.byId(head.catalogId, head.id)];
  const diff = diffVersions(before, now);
  const since = firstDayOf(head, (await readHeads(desk.store.knex)).get(head.catalogId) ?? []);
  let written = 0;
  for (let after = '';;) {
    const rows = await subscriptionsTold(desk.store.knex, {catalogId: head.catalogId, told, after, limit: atOnce});
    const last = rows.at(-1);
    if (!last) return written;
    after = last.id;
    written += await desk.store.tx(async tx => {
      let notices = 0;
      for (const row of rows) {
        const moved = await tx('catalog_subscription').where({id: row.id, told_version_id: row.toldVersionId}).update({told_version_id: head.id});
        const changes = countChanges(diffWithin(diff, row.branch, [before, now]));
        if (moved !== 1 || changes.total === 0 || !deps.mayRead(row.personId)) continue;
        await deps.notices.notify(tx, {personIds: [row.personId], kind: 'catalogs.published', caseId: '', link: '/catalog-subscriptions', at: desk.clock.now(), ...wordsOf({before, now, since, row, changes})});
        notices += 1;
      }
      return notices;
    });
  }
}

/** A correction that came before a scheduled version holds from its own day on, not from the day of the version made again with it. */
function firstDayOf(head: VersionHead, heads: readonly VersionHead[]): string {
  const together = heads.filter(each => each.publishedAt === head.publishedAt).map(each => each.effectiveAt);
  return formatDate(dayOf(Math.min(head.effectiveAt, ...together)));
}

interface Told {
  readonly before: PublishedVersion;
  readonly now: PublishedVersion;
  /** The first day on which something of it holds. */
  readonly since: string;
  readonly row: SubscriptionRow;
  readonly changes: ChangeCounts;
}

function wordsOf({before, now, since, row, changes}: Told): {readonly title: LocalizedText; readonly body: LocalizedText} {
  const {head} = now;
  const branch = row.branch === '' ? null : titleOf(now.tables.get(head.catalogId)?.byKey.get(row.branch) ?? {key: row.branch, values: {}});
  const [zh, en] = branch === null ? ['', ''] : [`“${branch['zh-CN']}”分支`, ` below “${branch.en ?? branch['zh-CN']}”`];
  const counts = {zh: `${zh}新增 ${changes.added} 条，修改 ${changes.modified} 条，停用 ${changes.ended} 条。`, en: `Rows${en}: ${changes.added} new, ${changes.modified} changed, ${changes.ended} out of use.`};
  const gone = before.head;
  if (gone.withdrawnAt && !gone.supersededBy && gone.effectiveAt > head.effectiveAt) {
    return {
      title: {'zh-CN': `${head.titleZh} ${gone.version} 版已撤回，不再生效`, en: `${head.titleEn}: version ${gone.version} was withdrawn before it took effect`},
      body: {'zh-CN': `${head.version} 版继续有效。与撤回的版本相比：${counts.zh}`, en: `Version ${head.version} stays. Against the one withdrawn: ${counts.en}`},
    };
  }
  return {
    title: {'zh-CN': `${head.titleZh}已发布 ${head.version} 版`, en: `${head.titleEn}: version ${head.version} was published`},
    body: {'zh-CN': `自 ${since} 起有效。${counts.zh}`, en: `It holds from ${since}. ${counts.en}`},
  };
}

async function tellIssues(desk: Desk, deps: TellerDeps): Promise<number> {
  const rows = await desk.store.knex('catalog_issue').whereNull('told_at').orderBy('id').limit(atOnce).select<ReadonlyArray<{id: string; catalog_id: string; from_unit_id: string; to_unit_id: string; state: string; base_name: string}>>('id', 'catalog_id', 'from_unit_id', 'to_unit_id', 'state', 'base_name');
  const heads = rows.length === 0 ? null : await readHeads(desk.store.knex);
  let written = 0;
  for (const row of rows) {
    const head = lastOf(heads?.get(row.catalog_id) ?? []);
    const personIds = row.state === 'issued' ? deps.completers(row.to_unit_id) : [];
    const from = deps.unitTitle(row.from_unit_id);
    written += await desk.store.tx(async tx => {
      const at = desk.clock.now();
      const moved = await tx('catalog_issue').where({id: row.id}).whereNull('told_at').update({told_at: at});
      if (moved !== 1 || personIds.length === 0) return 0;
      await deps.notices.notify(tx, {
        personIds, kind: 'catalogs.issued', caseId: '', link: `/catalog-issues/${row.id}`, at,
        title: {'zh-CN': `${head?.titleZh ?? row.catalog_id}已下发，待核验`, en: `${head?.titleEn ?? row.catalog_id} was issued to you`},
        body: {'zh-CN': `${from['zh-CN']}下发了 ${row.base_name} 版，请核验、完善后确认。`, en: `${from.en ?? from['zh-CN']} issued version ${row.base_name}: check it, complete it, confirm it.`},
      });
      return personIds.length;
    });
  }
  return written;
}
