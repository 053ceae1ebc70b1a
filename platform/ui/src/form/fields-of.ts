import type {FieldBinding, FormNode, FormSchema} from '@banli/formats';
import {localize} from '../i18n/hooks.js';
import type {Language} from '../i18n/texts.js';

/** A value field of a form, taken out of its layout. */
export interface FieldInfo {
  /** Its key: the name in values, access and problems. */
  readonly name: string;
  readonly node: FormNode;
  readonly binding: Partial<FieldBinding>;
  /** Key of the outermost layout node it stands in, for anchors; `null` at the top. */
  readonly section: string | null;
}

/** Value fields of a form in reading order; layout nodes are walked through, lists and objects are one field each. */
export function fieldsOf(schema: FormSchema): readonly FieldInfo[] {
  const found: FieldInfo[] = [];
  const walk = (nodes: Readonly<Record<string, FormNode>>, section: string | null) => {
    for (const [name, node] of orderNodes(nodes)) {
      if (node.type === 'void') walk(node.properties ?? {}, section ?? name);
      else found.push({name, node, binding: node['x-banli'] ?? {}, section});
    }
  };
  walk(schema.properties, null);
  return found;
}

/** Nodes by `x-index`, as Formily orders them; without an index in the order written. */
export function orderNodes(nodes: Readonly<Record<string, FormNode>>): ReadonlyArray<readonly [string, FormNode]> {
  const index = (node: FormNode, position: number) => (typeof node['x-index'] === 'number' ? node['x-index'] : position);
  return Object.entries(nodes)
    .map(([name, node], position) => ({name, node, at: index(node, position)}))
    .sort((a, b) => a.at - b.at)
    .map(({name, node}) => [name, node] as const);
}

/** Help below a field in a language: `help`, else what Formily calls `description`; English falls back to Chinese, nothing at all to an empty string. */
export function nodeHelp(node: FormNode, language: Language): string {
  const {help, descriptionEn} = node['x-banli'] ?? {};
  return localize(help, language) || localize({...(node.description === undefined ? {} : {'zh-CN': node.description}), ...(descriptionEn === undefined ? {} : {en: descriptionEn})}, language);
}

/** Title of a field or section in a language; the key where the form gives none. */
export function nodeTitle(name: string, node: FormNode, language: Language): string {
  const english = node['x-banli']?.titleEn ?? node['x-component-props']?.['titleEn'];
  return language === 'en' && typeof english === 'string' ? english : (node.title ?? name);
}
