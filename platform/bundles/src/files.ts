import type {BundleFiles} from '@banli/formats';
import type {Problem} from '@banli/errors';
import {maxFileBytes} from '@banli/formats';
import {bundleErrors} from './errors.js';
import {reportInto} from './report.js';

/** How large a bundle may be. */
export const bundleLimits = {files: 400, bytes: 8_000_000, fileBytes: maxFileBytes} as const;

/** What a file of a bundle is, by its path; `null` for what does not belong there. */
export type FileKind = 'manifest' | 'permissions' | 'limits' | 'process' | 'form' | 'formExtension' | 'formLayout' | 'document' | 'documentSchema' | 'sample' | 'text';

const shapes: ReadonlyArray<readonly [RegExp, FileKind]> = [
  [/^bundle\.yaml$/, 'manifest'],
  [/^permissions\.yaml$/, 'permissions'],
  [/^limits\.yaml$/, 'limits'],
  [/^processes\/[A-Za-z0-9-]+\.bpmn$/, 'process'],
  [/^forms\/[A-Za-z0-9-]+\.form\.json$/, 'form'],
  [/^forms\/extensions\/[A-Za-z0-9-]+\.form\.json$/, 'formExtension'],
  [/^forms\/layouts\/[A-Za-z0-9-]+\.layout\.json$/, 'formLayout'],
  [/^documents\/[A-Za-z0-9-]+\.hbs$/, 'document'],
  [/^documents\/[A-Za-z0-9-]+\.schema\.json$/, 'documentSchema'],
  [/^samples\/[A-Za-z0-9-]+\.yaml$/, 'sample'],
  [/^[A-Z]+(\.zh-CN)?\.md$/, 'text'],
];

/** What a path is in a bundle. */
export function kindOfFile(path: string): FileKind | null {
  return shapes.find(([shape]) => shape.test(path))?.[1] ?? null;
}

/** Paths of one kind, sorted. */
export function filesOfKind(files: BundleFiles, kind: FileKind): readonly string[] {
  return Object.keys(files).filter(path => kindOfFile(path) === kind).sort();
}

/** Checks number, size and names of the files. */
export function checkFiles(files: BundleFiles): Problem[] {
  const problems: Problem[] = [];
  const paths = Object.keys(files).sort();
  const report = reportInto(problems, 'bundle.yaml');
  if (paths.length > bundleLimits.files) report(bundleErrors.TOO_MANY_FILES, {count: paths.length, limit: bundleLimits.files}, {});
  const bytes = paths.reduce((sum, path) => sum + (files[path]?.length ?? 0), 0);
  if (bytes > bundleLimits.bytes) report(bundleErrors.TOO_LARGE, {bytes, limit: bundleLimits.bytes}, {});
  for (const path of paths) {
    if (kindOfFile(path) === null) report(bundleErrors.FILE_UNKNOWN, {file: path}, {file: path});
  }
  for (const file of ['bundle.yaml', 'permissions.yaml', 'limits.yaml']) {
    if (!Object.hasOwn(files, file)) report(bundleErrors.FILE_MISSING, {file}, {file});
  }
  return problems;
}

/** Text as it is hashed and compiled: LF line ends, no byte order mark. */
export function canonicalText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
