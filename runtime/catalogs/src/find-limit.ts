import type {LocalizedText} from '@banli/formats';
import {formatLimit, parseDuration, type Limit, type LimitUnit} from '@banli/time';
import {activeRows, type PublishedRow, type PublishedVersion} from './version.js';

/** A limit as a catalog row says it, in words and with where it stands. */
export interface FoundLimit {
  readonly limit: Limit;
  /** Lead of the warning in milliseconds of natural time, or `null` when the row has none. */
  readonly warnBeforeMs: number | null;
  readonly text: LocalizedText;
  /** Key of the row: group, urgency and kind. */
  readonly row: string;
  readonly version: string;
  readonly source: string;
  /** What a lapse calls for, step by step; empty when the row names no ladder. */
  readonly ladder: ReadonlyArray<{readonly after: string; readonly text: LocalizedText}>;
}

/** The group whose rows hold where a group has none of its own. */
const fallbackGroup = 'general';

/**
 * Looks a limit up by group, urgency and kind; where the group has no such row, the general one holds.
 * @returns `null` when neither exists.
 * @see Source: requirements/xinjiang-hotline.md §2.1.10 (industry × grade); the fallback is an own rule.
 */
export function findLimit(version: PublishedVersion, group: string, urgency: string, kind: 'respond' | 'resolve'): FoundLimit | null {
  const table = version.tables.get('limits');
  const row = [group, fallbackGroup].map(code => table?.byKey.get(`${code}|${urgency}|${kind}`)).find(candidate => candidate && candidate.values['status'] !== 'retired');
  return row ? readLimit(version, row) : null;
}

/** The limit of one row, whatever it is found by; `null` when the version has no such row or has retired it. */
export function limitOfRow(version: PublishedVersion, key: string): FoundLimit | null {
  const row = version.tables.get('limits')?.byKey.get(key);
  return row && row.values['status'] !== 'retired' ? readLimit(version, row) : null;
}

function readLimit(version: PublishedVersion, row: PublishedRow): FoundLimit {
  const limit: Limit = {value: Number(row.values['value']), unit: row.values['unit'] as LimitUnit};
  const warnBefore = row.values['warnBefore'];
  const steps = activeRows(version, 'ladders').filter(step => step.values['ladderCode'] === row.values['ladderCode']);
  return {
    limit,
    warnBeforeMs: warnBefore === undefined ? null : parseDuration(warnBefore),
    text: {'zh-CN': formatLimit(limit, 'zh-CN'), en: formatLimit(limit, 'en')},
    row: row.key,
    version: version.head.version,
    source: row.values['sourceRef'] ?? '',
    ladder: steps.map(step => ({after: step.values['after'] ?? 'PT0S', text: {'zh-CN': step.values['titleZh'] ?? '', en: step.values['titleEn'] ?? ''}})),
  };
}
