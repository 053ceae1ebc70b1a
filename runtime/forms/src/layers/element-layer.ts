import type {CatalogRow, ElementTables} from '@banli/formats/catalogs';
import {placedFields, type FieldBinding, type FormLayer, type FormNode, type FormSchema, type LocalizedText} from '@banli/formats';
import {elementNode, type Element} from './element-node.js';

/** What the class form is made for. `matters` holds the matter and its branches, innermost first. */
export interface ElementRequest {
  readonly matters: readonly string[];
  readonly base: FormSchema;
  /** Group of the field matrix. */
  readonly group: string;
}

/** Sections of the class form. The second one is folded: what the matter does not demand is out of the way. */
export const elementSections = {
  needed: {name: 'elementSection', title: '事项要素', titleEn: 'Elements of the matter'},
  more: {name: 'elementMoreSection', title: '更多要素', titleEn: 'More elements'},
} as const;

interface Used {
  readonly code: string;
  readonly element: Element;
  readonly required: boolean;
  readonly help: LocalizedText | undefined;
}

/** The name of an element's field. Forms of bundles cannot use it: names there have no underscore. */
export function elementName(code: string): string {
  return `el_${code.replaceAll('-', '_')}`;
}

/**
 * Makes the class form of a matter from its elements: of the uses of a matter and its branches the innermost one holds for each element.
 * A link `requires` brings the other element along; `shown-when` counts where both elements are on the form. `same-type` is held by the
 * catalog itself when it is published. Retired rows count for nothing.
 *
 * @returns `null` when the matter uses no element.
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.6.
 */
export function elementLayer(tables: ElementTables, {matters, base, group}: ElementRequest): FormLayer | null {
  const links = active(tables.dependencies);
  const used = withRequired(tables, links, usesOf(tables, matters));
  if (used.length === 0) return null;
  const names = namesOf(base, used);
  const fields = used.map(each => ({required: each.required, name: names.get(each.code) ?? '', node: fieldOf(each, links, names, used)}));
  const section = (which: keyof typeof elementSections): FormNode => {
    const {title, titleEn} = elementSections[which];
    const own = fields.filter(field => field.required === (which === 'needed'));
    return {type: 'void', title, 'x-component': 'Section', 'x-component-props': {titleEn, ...(which === 'more' ? {folded: true} : {})}, 'x-banli': {id: elementSections[which].name, group}, properties: Object.fromEntries(own.map(({name, node}) => [name, node]))};
  };
  return {
    id: `elements:${tables.version}:${matters[0] ?? ''}`,
    layer: 'class',
    title: {'zh-CN': '事项要素', en: 'Elements'},
    properties: {[elementSections.needed.name]: section('needed'), [elementSections.more.name]: section('more')},
  };
}

function active(rows: readonly CatalogRow[]): readonly CatalogRow[] {
  return rows.filter(row => row['status'] !== 'retired');
}

/** The innermost use of every element, inner branches first, within a branch by position. */
function usesOf(tables: ElementTables, matters: readonly string[]): readonly Used[] {
  const found = new Map<string, Used>();
  const uses = active(tables.uses);
  for (const matter of matters) {
    const own = uses.filter(use => use['matterCode'] === matter).sort((left, right) => Number(left['position']) - Number(right['position']) || (String(left['elementCode']) < String(right['elementCode']) ? -1 : 1));
    for (const {elementCode = '', required, helpZh, helpEn} of own) {
      const element = elementOf(tables, elementCode);
      if (element && !found.has(elementCode)) found.set(elementCode, {code: elementCode, element, required: required === 'yes', help: wordsOf(helpZh, helpEn)});
    }
  }
  return [...found.values()];
}

function elementOf(tables: ElementTables, code: string): Element | null {
  const row = active(tables.elements).find(each => each['code'] === code);
  return row ? {row, options: active(tables.options).filter(option => option['elementCode'] === code)} : null;
}

function withRequired(tables: ElementTables, links: readonly CatalogRow[], used: readonly Used[]): readonly Used[] {
  const all = [...used];
  for (let index = 0; index < all.length; index += 1) {
    for (const link of links) {
      const code = link['otherCode'] ?? '';
      if (link['kind'] !== 'requires' || link['elementCode'] !== all[index]?.code || all.some(each => each.code === code)) continue;
      const element = elementOf(tables, code);
      if (element) all.push({code, element, required: false, help: undefined});
    }
  }
  return all;
}

/** Field names of the used elements: that of a base field which holds the element, else one of its own. */
function namesOf(base: FormSchema, used: readonly Used[]): ReadonlyMap<string, string> {
  const held = new Map(placedFields(base.properties).flatMap(({name, node}) => (node['x-banli']?.element === undefined ? [] : [[node['x-banli'].element, name] as const])));
  return new Map(used.map(({code}) => [code, held.get(code) ?? elementName(code)]));
}

function fieldOf({code, element, required, help}: Used, links: readonly CatalogRow[], names: ReadonlyMap<string, string>, used: readonly Used[]): FormNode {
  const node = elementNode(element, names.get(code) ?? '');
  const asking = links.filter(link => link['kind'] === 'requires' && link['otherCode'] === code && names.has(link['elementCode'] ?? ''));
  const showing = links.filter(link => link['kind'] === 'shown-when' && link['elementCode'] === code && names.has(link['otherCode'] ?? ''));
  const needs = required ? 'true' : anyOf(asking.map(link => `form.${names.get(link['elementCode'] ?? '')} != null`), 'or');
  const shown = anyOf(showing.map(link => showingRule(link, names, used)), 'and');
  const words = help ?? wordsOf(element.row['helpZh'], element.row['helpEn']) ?? wordsOf(asking[0]?.['messageZh'], asking[0]?.['messageEn']);
  const binding: FieldBinding = {
    ...(node['x-banli'] as FieldBinding),
    ...(words === undefined ? {} : {help: words}),
    ...(needs === null ? {} : {requiredWhen: needs}),
    ...(shown === null ? {} : {visibleWhen: shown}),
  };
  return {...node, 'x-banli': binding};
}

/** A text of the catalog; without Chinese there is none. */
function wordsOf(zh: string | undefined, en: string | undefined): LocalizedText | undefined {
  return zh === undefined ? undefined : {'zh-CN': zh, ...(en === undefined ? {} : {en})};
}

function showingRule(link: CatalogRow, names: ReadonlyMap<string, string>, used: readonly Used[]): string {
  const {otherCode = '', value} = link;
  const name = `form.${names.get(otherCode)}`;
  if (value === undefined) return `${name} != null`;
  const isList = used.find(each => each.code === otherCode)?.element.row['type'] === 'multiChoice';
  return isList ? `${name} != null and list contains(${name}, ${JSON.stringify(value)})` : `${name} = ${JSON.stringify(value)}`;
}

function anyOf(rules: readonly string[], word: 'and' | 'or'): string | null {
  if (rules.length === 0) return null;
  return rules.length === 1 ? (rules[0] ?? null) : rules.map(rule => `(${rule})`).join(` ${word} `);
}
