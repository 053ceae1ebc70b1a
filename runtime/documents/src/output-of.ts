import type {DocumentTemplate} from '@banli/formats';

/** Whether a document is a paper (`html`) or a message (`text`): `x-banli-document.output` of its data schema, `html` unless told. */
export function outputOf(template: DocumentTemplate): 'html' | 'text' {
  const settings = template.schema['x-banli-document'];
  return typeof settings === 'object' && settings !== null && 'output' in settings && settings.output === 'text' ? 'text' : 'html';
}
