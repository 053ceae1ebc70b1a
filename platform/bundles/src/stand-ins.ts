import type {BundleFiles} from '@banli/formats';
import {filesOfKind} from './files.js';
import {readXml, type XmlElement} from './xml/read-xml.js';

/**
 * Lists the base forms that no drawing names, by their files: one of them takes the place of the start form where a matter names it. Text that is being written may be broken; a drawing that cannot be read names none.
 *
 * @param start - Id of the form of the start.
 * @see `matterForms` of `@banli/formats`, which tells the same of a bundle that was compiled.
 */
export function standInFiles(files: BundleFiles, start: string): readonly string[] {
  const named = new Set([start, ...filesOfKind(files, 'process').flatMap(path => {
    const reading = readXml(files[path] ?? '');
    return 'root' in reading ? formsIn(reading.root) : [];
  })]);
  return filesOfKind(files, 'form').filter(path => !named.has(path.replace(/^forms\//, '').replace(/\.form\.json$/, '')));
}

function formsIn({attributes, children}: XmlElement): readonly string[] {
  const form = attributes['banli:form'];
  return [...(form === undefined ? [] : [form]), ...children.flatMap(formsIn)];
}
