import type {ReactNode} from 'react';
import type {LocalizedText} from '@banli/formats';
import {withPhrase} from '../phrase-text.js';
import type {Choice, ChoiceMatch} from '../services.js';

type Localize = (text: Partial<LocalizedText> | null | undefined) => string;

/** A node of antd's tree select. */
export interface ChoiceNode {
  readonly value: string;
  readonly title: ReactNode;
  readonly selectable: boolean;
  readonly children?: ChoiceNode[];
}

/** The active rows as a tree; retired rows are never offered. A row whose parent is missing stands at the top. */
export function treeOf(choices: readonly Choice[], leafOnly: boolean, localize: Localize): ChoiceNode[] {
  const active = choices.filter(choice => choice.status === 'active');
  const keys = new Set(active.map(choice => choice.key));
  const below = new Map<string | null, Choice[]>();
  for (const choice of active) {
    const parent = choice.parentKey !== null && keys.has(choice.parentKey) ? choice.parentKey : null;
    below.set(parent, [...(below.get(parent) ?? []), choice]);
  }
  const build = (parent: string | null): ChoiceNode[] =>
    (below.get(parent) ?? []).map(choice => {
      const children = build(choice.key);
      return {value: choice.key, title: localize(choice.title), selectable: choice.leaf || !leafOnly, ...(children.length > 0 ? {children} : {})};
    });
  return build(null);
}

/** Rows below a row, at any depth, without that row, their paths beginning below it; all where none is named. */
export function choicesUnder(choices: readonly Choice[], under: string | undefined): readonly Choice[] {
  if (under === undefined) return choices;
  const byKey = new Map(choices.map(choice => [choice.key, choice]));
  const isBelow = ({parentKey}: Choice, seen: ReadonlySet<string>): boolean => {
    if (parentKey === null || seen.has(parentKey)) return false;
    const parent = byKey.get(parentKey);
    return parentKey === under || (parent !== undefined && isBelow(parent, new Set([...seen, parentKey])));
  };
  const depth = (byKey.get(under)?.path.length ?? 0) + 1;
  return choices.filter(choice => isBelow(choice, new Set())).map(choice => ({...choice, path: choice.path.slice(depth)}));
}

/** Says that nothing stands below anything: such a list needs no room for arrows. */
export function isFlat(nodes: readonly ChoiceNode[]): boolean {
  return nodes.every(node => node.children === undefined);
}

/** Active rows whose title, key or parents contain the words; every word must occur. No words find all. */
export function localMatches(choices: readonly Choice[], words: string, localize: Localize): readonly ChoiceMatch[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(word => word !== '');
  return choices
    .filter(choice => choice.status === 'active')
    .filter(choice => {
      const text = [choice.key, localize(choice.title), ...choice.path].join(' ').toLowerCase();
      return wanted.every(word => text.includes(word));
    })
    .map(choice => ({choice, why: {'zh-CN': ''}}));
}

/** Title with its parent's before it; a retired row says so. */
export function choiceLabel(choice: Choice, choices: readonly Choice[], localize: Localize, retired: string): string {
  const parent = choice.parentKey === null ? undefined : choices.find(each => each.key === choice.parentKey);
  const title = [...(parent ? [localize(parent.title)] : choice.path.slice(-1)), localize(choice.title)].join(' / ');
  return choice.status === 'retired' ? `${title}（${retired}）` : title;
}

/** What a choice fills into other fields: its title, or cells of its row; an empty cell empties the field. */
export function filledBy(choice: Choice, fill: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(fill).map(([field, column]) => [field, column === 'title' ? choice.title['zh-CN'] : choice.more[column]]));
}

/**
 * A long text that a choice gives: it takes the place of one that nobody typed (none, or that of another row), and goes behind what was typed.
 *
 * @param offered - The texts of all rows.
 */
export function filledText(typed: unknown, text: string | undefined, offered: readonly string[]): string | undefined {
  if (typeof typed !== 'string' || typed.trim() === '' || offered.includes(typed.trim())) return text;
  return text === undefined ? typed : withPhrase(typed, text);
}
