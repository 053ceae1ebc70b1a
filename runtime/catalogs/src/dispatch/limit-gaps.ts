import type {LocalizedText} from '@banli/formats';
import {titleOf} from '../choices.js';
import {limitCoverage, type LimitParts} from '../content/limit-coverage.js';
import {levelTitle} from '../find-limit.js';

/** A limit that orders of a leaf matter would ask for in vain. */
export interface LimitGap {
  readonly matterCode: string;
  readonly matter: LocalizedText;
  readonly urgencyCode: string;
  readonly urgency: LocalizedText;
  readonly kind: 'respond' | 'resolve';
  /** Levels of areas it is missing in; empty for all of them. */
  readonly levels: readonly LocalizedText[];
}

/** Every leaf × urgency × kind without a limit, with the levels of areas where it is missing. */
export function* limitGapsOf(parts: LimitParts): Generator<void, readonly LimitGap[]> {
  const {leaves, found} = yield* limitCoverage(parts);
  const missing = new Map([...found].map(([shared, list]) => {
    const every = new Set(list.map(each => each.level)).size;
    const groups = new Map<string, {readonly urgency: string; readonly kind: LimitGap['kind']; readonly levels: string[]}>();
    for (const {urgency, kind, level, row} of list) {
      if (row !== null) continue;
      const group = groups.get(`${urgency} ${kind}`) ?? {urgency, kind, levels: []};
      group.levels.push(level);
      groups.set(`${urgency} ${kind}`, group);
    }
    return [shared, [...groups.values()].map(group => ({...group, levels: group.levels.length === every ? [] : group.levels}))];
  }));
  const title = (version: LimitParts['matters'], table: string, key: string): LocalizedText => {
    const row = version.tables.get(table)?.byKey.get(key);
    return row ? titleOf(row) : {'zh-CN': key};
  };
  return [...leaves].flatMap(([matterCode, shared]) => (missing.get(shared) ?? []).map(({urgency, kind, levels}) => ({
    matterCode, matter: title(parts.matters, 'matters', matterCode), urgencyCode: urgency, urgency: title(parts.urgency, 'urgency', urgency), kind, levels: levels.map(levelTitle),
  })));
}
