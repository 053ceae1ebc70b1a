/** Prefix → namespace of everything that may stand in a drawing, and of `camunda`, which only the compiler writes. */
export const xmlNamespaces = {
  bpmn: 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  banli: 'http://banli.dev/schema/bpmn/1.0',
  camunda: 'http://camunda.org/schema/1.0/bpmn',
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const;

const prefixes = new Map<string, string>(Object.entries(xmlNamespaces).map(([prefix, uri]) => [uri, prefix]));

/** The prefix of a namespace we know. */
export function prefixOf(uri: string): string | undefined {
  return prefixes.get(uri);
}
