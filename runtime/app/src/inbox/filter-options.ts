import type {InboxRowView} from '@banli/api';
import type {LocalizedText} from '@banli/formats';
import {urgencyWords} from '../case/head-words.js';
import type {FilterName} from './box-pages.js';

/** A value to narrow by. */
export interface FilterOption {
  readonly value: string;
  readonly title: string;
  readonly count: number;
}

/** Values that occur in the rows loaded so far, most frequent first; with them one narrows the whole box. */
export function filterOptions(rows: readonly InboxRowView[], localize: (text: LocalizedText) => string): Readonly<Record<Exclude<FilterName, 'step'>, readonly FilterOption[]>> {
  const collect = (pick: (row: InboxRowView) => readonly [string, string] | null) => {
    const found = new Map<string, {title: string; count: number}>();
    for (const row of rows) {
      const entry = pick(row);
      if (!entry) continue;
      const [value, title] = entry;
      found.set(value, {title, count: (found.get(value)?.count ?? 0) + 1});
    }
    return [...found].map(([value, {title, count}]) => ({value, title, count})).sort((a, b) => b.count - a.count);
  };
  return {
    state: collect(row => [row.state.id, localize(row.state.title as LocalizedText)]),
    urgency: collect(row => (row.urgency === null ? null : [row.urgency, localize(urgencyWords(row) ?? {'zh-CN': row.urgency})])),
  };
}
