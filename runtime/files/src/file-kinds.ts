/** How the content of a kind is recognised: by file-type, as an office package, as plain text, as an old office file. */
export type ContentCheck = {readonly by: 'magic'; readonly mimes: readonly string[]} | {readonly by: 'package'; readonly part: string} | {readonly by: 'text'};

/** A kind of file that is taken. `type` is what we say it is when we give it out, whatever the uploader said. */
export interface FileKind {
  readonly extensions: readonly string[];
  readonly type: string;
  readonly check: ContentCheck;
}

const oldOffice: ContentCheck = {by: 'magic', mimes: ['application/x-cfb']};
const office = (part: string): ContentCheck => ({by: 'package', part});
const magic = (...mimes: readonly string[]): ContentCheck => ({by: 'magic', mimes});

/** Every kind that is taken: papers, pictures, recordings. No programs, no web pages, no SVG, no plain archives. Own choice. */
export const fileKinds: readonly FileKind[] = [
  {extensions: ['pdf'], type: 'application/pdf', check: magic('application/pdf')},
  {extensions: ['ofd'], type: 'application/ofd', check: office('OFD.xml')},
  {extensions: ['docx'], type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', check: office('word/document.xml')},
  {extensions: ['xlsx'], type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', check: office('xl/workbook.xml')},
  {extensions: ['pptx'], type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', check: office('ppt/presentation.xml')},
  {extensions: ['doc', 'wps'], type: 'application/msword', check: oldOffice},
  {extensions: ['xls', 'et'], type: 'application/vnd.ms-excel', check: oldOffice},
  {extensions: ['png'], type: 'image/png', check: magic('image/png')},
  {extensions: ['jpg', 'jpeg'], type: 'image/jpeg', check: magic('image/jpeg')},
  {extensions: ['gif'], type: 'image/gif', check: magic('image/gif')},
  {extensions: ['webp'], type: 'image/webp', check: magic('image/webp')},
  {extensions: ['bmp'], type: 'image/bmp', check: magic('image/bmp')},
  {extensions: ['mp3'], type: 'audio/mpeg', check: magic('audio/mpeg')},
  {extensions: ['wav'], type: 'audio/wav', check: magic('audio/wav')},
  {extensions: ['amr'], type: 'audio/amr', check: magic('audio/amr')},
  {extensions: ['m4a'], type: 'audio/mp4', check: magic('audio/x-m4a', 'audio/mp4')},
  {extensions: ['mp4'], type: 'video/mp4', check: magic('video/mp4')},
  {extensions: ['txt'], type: 'text/plain; charset=utf-8', check: {by: 'text'}},
  {extensions: ['csv'], type: 'text/csv; charset=utf-8', check: {by: 'text'}},
];

/** The extension of a name in small letters, `''` without one. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Finds the kind by a name's extension. */
export function kindOf(name: string): FileKind | undefined {
  const extension = extensionOf(name);
  return fileKinds.find(kind => kind.extensions.includes(extension));
}

/**
 * Makes a name that can be shown and stored: last part of a path, no control signs, no signs that turn the reading direction,
 * at most 150 characters with its extension.
 */
export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '').replace(/["*:<>?|]/g, '_').trim().replace(/^\.+/, '');
  const extension = extensionOf(plain);
  const stem = extension === '' ? plain : plain.slice(0, -extension.length - 1);
  const short = [...stem].slice(0, 140).join('') || 'file';
  return extension === '' ? short : `${short}.${extension}`;
}
