import type {CatalogRow} from '@banli/formats/catalogs';
import {insertSet, demand, type Desk} from './desk.js';
import {putRows} from './change-store.js';
import {diffVersions, opOf} from './compare.js';
import {changeErrors} from './errors.js';
import {fieldsTable} from './fields/field-rows.js';
import {fieldsBack, rowBack} from './fields/fields-back.js';
import {settingsBack, settingsTable} from './fields/settings-row.js';
import {sameRow} from './merge.js';
import type {ChangeSet, LifeActor, RowChange} from './model.js';

/**
 * Starts a set that brings the rows of any version back; it goes through review and publishing like every other. Rows that came later are taken
 * off the shelf, because what was effective is never deleted; rows of a version that was withdrawn come back as new.
 *
 * @throws AppError `CATALOG_CHANGE_NOT_YOURS`, `CATALOG_CHANGE_VERSION_UNKNOWN`, `CATALOG_CHANGE_NOTHING_TO_ROLL_BACK`
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.9; test A12.
 */
export async function rollBack(desk: Desk, actor: LifeActor, input: {readonly catalogId: string; readonly version: string; readonly title: string}): Promise<ChangeSet> {
  const last = await demand(desk, actor, 'catalogs.edit', input.catalogId);
  const wanted = await desk.versions.named(input.catalogId, input.version);
  const at = desk.clock.now();
  const schemas = await desk.versions.schemasOf(last);
  const back = fieldsBack({...last, schemas: schemas ?? {}});
  const rows = diffVersions(last, wanted).flatMap((diff): RowChange[] => {
    const before = last.tables.get(diff.table)?.byKey.get(diff.key)?.values;
    const was = wanted.tables.get(diff.table)?.byKey.get(diff.key)?.values;
    const common = {tableName: diff.table, rowKey: diff.key, changedAt: at, changedBy: actor.personId};
    if (!before) return was && wanted.head.withdrawnAt ? [{...common, op: 'add', before: null, after: was}] : [];
    if (diff.table === settingsTable) {
      const after = was ? settingsBack(before, was) : before;
      return sameRow(after, before) ? [] : [{...common, op: 'modify', before, after}];
    }
    if (diff.table === fieldsTable) {
      const after = back(before, was);
      return after ? [{...common, op: opOf(before, after) as RowChange['op'], before, after}] : [];
    }
    const then = was && rowBack(wanted, diff.table, before, was);
    if (then && sameRow(then, before)) return [];
    if (then) return [{...common, op: diff.op === 'gone' ? 'offShelf' : diff.op, before, after: then}];
    return before['status'] === 'retired' ? [] : [{...common, op: 'offShelf', before, after: retired(before)}];
  });
  if (rows.length === 0) throw changeErrors.NOTHING_TO_ROLL_BACK({version: input.version});
  return insertSet(desk, actor, last, {title: input.title, origin: 'rollback', data: {to: input.version, rows: rows.length}}, (tx, changeId) => putRows(tx, changeId, rows));
}

function retired(row: CatalogRow): CatalogRow {
  return {...row, status: 'retired'};
}
