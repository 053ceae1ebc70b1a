import {SaxesParser} from 'saxes';
import {isAppError, type AppError} from '@banli/errors';
import {bundleErrors} from '../errors.js';
import {prefixOf, xmlNamespaces} from './namespaces.js';

/** An XML element with the prefixes of `xmlNamespaces`, whatever prefixes the file uses; a foreign namespace stands in braces. */
export interface XmlElement {
  readonly name: string;
  /** Attributes of no namespace by their name, others as `banli:form`, `xsi:type`, `{uri}name`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Deepest nesting and most elements of a drawing. */
export const xmlLimits = {depth: 60, elements: 20_000} as const;

interface Draft {
  name: string;
  attributes: Record<string, string>;
  children: Draft[];
  text: string;
  line: number;
  column: number;
}

/** What reading gave: the root, or the one error that stopped it with its place. */
export type XmlReading = {readonly root: XmlElement} | {readonly error: AppError; readonly line: number; readonly column: number};

/**
 * Reads XML into a tree. DOCTYPE and ENTITY are refused before anything is parsed; processing instructions, nesting and
 * the number of elements are limited.
 */
export function readXml(text: string): XmlReading {
  const declared = /<!\s*(?:DOCTYPE|ENTITY)/i.exec(text);
  if (declared) return {error: bundleErrors.XML_DOCTYPE(), ...lineOf(text, declared.index)};
  const parser = new SaxesParser({xmlns: true, position: true});
  const open: Draft[] = [];
  let root: Draft | null = null;
  let count = 0;
  let start = {line: 1, column: 1};
  parser.on('error', error => {
    throw bundleErrors.XML_SYNTAX({reason: error.message.replace(/^\d+:\d+: /, '')});
  });
  parser.on('doctype', () => {
    throw bundleErrors.XML_DOCTYPE();
  });
  parser.on('processinginstruction', ({target}) => {
    throw bundleErrors.XML_SYNTAX({reason: `processing instruction ${target}`});
  });
  parser.on('opentagstart', () => {
    start = {line: parser.line, column: parser.column};
  });
  parser.on('opentag', tag => {
    if (open.length >= xmlLimits.depth) throw bundleErrors.XML_TOO_DEEP({limit: xmlLimits.depth});
    if (++count > xmlLimits.elements) throw bundleErrors.XML_TOO_MANY({limit: xmlLimits.elements});
    const draft: Draft = {name: qualify(tag.uri, tag.local), attributes: {}, children: [], text: '', ...start};
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri === xmlNamespaces.xmlns) continue;
      draft.attributes[attribute.uri === '' ? attribute.local : qualify(attribute.uri, attribute.local)] = attribute.value;
    }
    open.at(-1)?.children.push(draft);
    root ??= draft;
    open.push(draft);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (value: string): void => {
    const top = open.at(-1);
    if (top) top.text += value;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(text.replace(/^\uFEFF/, '')).close();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return {error, line: parser.line, column: Math.max(1, parser.column)};
  }
  return root ? {root} : {error: bundleErrors.XML_SYNTAX({reason: 'no element'}), line: 1, column: 1};
}

/** Children with this name, in order. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter(child => child.name === name);
}

function qualify(uri: string, local: string): string {
  const prefix = prefixOf(uri);
  return prefix === undefined ? `{${uri}}${local}` : `${prefix}:${local}`;
}

function lineOf(text: string, offset: number): {line: number; column: number} {
  const before = text.slice(0, offset).split('\n');
  return {line: before.length, column: (before.at(-1)?.length ?? 0) + 1};
}
