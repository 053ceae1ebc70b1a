/** An element to be written: name with prefix, attributes in the order given, children or text. */
export interface XmlDraft {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children?: readonly XmlDraft[];
  readonly text?: string;
}

/** Writes an XML document, two spaces a level; the same input gives the same bytes. */
export function writeXml(root: XmlDraft): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`;
}

function write({name, attributes, children = [], text}: XmlDraft, indent: string): string {
  const list = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([key, value]) => ` ${key}="${escapeXml(value ?? '')}"`).join('');
  if (text !== undefined) return `${indent}<${name}${list}>${escapeXml(text)}</${name}>\n`;
  if (children.length === 0) return `${indent}<${name}${list} />\n`;
  return `${indent}<${name}${list}>\n${children.map(child => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/[\n\r\t]/g, ' ');
}
