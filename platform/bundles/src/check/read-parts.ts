import type {BundleFiles, BundleManifest, DocumentTemplate, FormExtension, FormLayout, FormSchema, LimitsFile, PermissionsFile} from '@banli/formats';
import {readFile, readForm, readFormExtension, readFormLayout, readLimits, readManifest, readPermissions, type FileReading} from '@banli/formats';
import type {Problem} from '@banli/errors';
import {readDrawing, type Drawing} from '../drawing/drawing.js';
import {bundleErrors} from '../errors.js';
import {canonicalText, filesOfKind, type FileKind} from '../files.js';
import {reportInto} from '../report.js';
import {checkElements} from '../xml/check-elements.js';
import {childrenOf, readXml, type XmlElement} from '../xml/read-xml.js';
import type {World} from './world.js';

/** The parts of a bundle as far as they could be read. */
export interface BundleParts {
  readonly manifest: BundleManifest | null;
  readonly permissions: PermissionsFile | null;
  readonly limits: LimitsFile | null;
  readonly forms: Readonly<Record<string, FormSchema>>;
  readonly extensions: Readonly<Record<string, FormExtension>>;
  readonly layouts: Readonly<Record<string, FormLayout>>;
  readonly drawings: readonly Drawing[];
  readonly roots: ReadonlyArray<{readonly file: string; readonly root: XmlElement}>;
  readonly documents: Readonly<Record<string, DocumentTemplate>>;
  readonly samples: Readonly<Record<string, unknown>>;
  readonly locate: World['locate'];
}

/** Reads every file of a bundle and adds what cannot be read, or has the wrong shape, to `problems`. */
export function readParts(files: BundleFiles, problems: Problem[]): BundleParts {
  const readings = new Map<string, Pick<FileReading<unknown>, 'locate'>>();
  const take = <T>(file: string, read: (file: string, text: string) => FileReading<T>): T | null => {
    if (!Object.hasOwn(files, file)) return null;
    const reading = read(file, canonicalText(files[file] ?? ''));
    readings.set(file, reading);
    problems.push(...reading.problems);
    return reading.value;
  };
  const takeAll = <T>(kind: FileKind, read: (file: string, text: string) => FileReading<T>): Record<string, T> =>
    Object.fromEntries(filesOfKind(files, kind).flatMap(file => {
      const value = take(file, read);
      return value ? [[file.replace(/^.*\/|\.(?:form|layout)\.json$/g, ''), value]] : [];
    }));
  const samples: Record<string, unknown> = {};
  for (const file of filesOfKind(files, 'sample')) samples[file.replace(/^samples\/|\.yaml$/g, '')] = take(file, (name, text) => readFile<unknown>(name, text, {}));
  return {
    manifest: take('bundle.yaml', readManifest),
    permissions: take('permissions.yaml', readPermissions),
    limits: take('limits.yaml', readLimits),
    forms: takeAll('form', readForm),
    extensions: takeAll('formExtension', readFormExtension),
    layouts: takeAll('formLayout', readFormLayout),
    ...readDrawings(files, problems),
    documents: readDocuments(files, problems, take),
    samples,
    locate: (file, path) => readings.get(file)?.locate(path) ?? {},
  };
}

function readDrawings(files: BundleFiles, problems: Problem[]): Pick<BundleParts, 'drawings' | 'roots'> {
  const roots: Array<{file: string; root: XmlElement}> = [];
  const drawings: Drawing[] = [];
  for (const file of filesOfKind(files, 'process')) {
    const report = reportInto(problems, file);
    const reading = readXml(canonicalText(files[file] ?? ''));
    if ('error' in reading) {
      problems.push({code: reading.error.code, message: reading.error.message, details: reading.error.details, place: {file, line: reading.line, column: reading.column}});
      continue;
    }
    checkElements(reading.root, report);
    roots.push({file, root: reading.root});
    const processes = childrenOf(reading.root, 'bpmn:process');
    const [process] = processes;
    if (processes.length !== 1 || !process) report(bundleErrors.PROCESS_COUNT, {count: processes.length}, {line: reading.root.line, column: reading.root.column});
    else drawings.push(readDrawing(file, reading.root, process));
  }
  return {drawings, roots};
}

function readDocuments(files: BundleFiles, problems: Problem[], take: <T>(file: string, read: (file: string, text: string) => FileReading<T>) => T | null): BundleParts['documents'] {
  const documents: Record<string, DocumentTemplate> = {};
  const ids = new Set([...filesOfKind(files, 'document'), ...filesOfKind(files, 'documentSchema')].map(file => file.replace(/^documents\/|\.hbs$|\.schema\.json$/g, '')));
  for (const id of ids) {
    const file = `documents/${id}.hbs`;
    const report = reportInto(problems, file);
    const source = files[file];
    const schema = take(`documents/${id}.schema.json`, (name, text) => readFile<Readonly<Record<string, unknown>>>(name, text, {type: 'object'}));
    if (source === undefined || !Object.hasOwn(files, `documents/${id}.schema.json`)) report(bundleErrors.DOCUMENT_PAIR, {id}, {});
    const unsafe = /\{\{\{|\{\{&|\{\{\s*#?\s*\*/.exec(source ?? '');
    if (unsafe) report(bundleErrors.DOCUMENT_UNSAFE, {text: unsafe[0]}, {});
    if (source === undefined || !schema) continue;
    documents[id] = {id, title: titleOf(schema, id), source: canonicalText(source), schema};
  }
  return documents;
}

/** The title of a document: `x-banli-document.title` of its schema, or the schema's own title. */
function titleOf(schema: Readonly<Record<string, unknown>>, id: string): DocumentTemplate['title'] {
  const own = schema['x-banli-document'];
  const title = typeof own === 'object' && own !== null && 'title' in own ? own.title : undefined;
  if (typeof title === 'object' && title !== null && 'zh-CN' in title && typeof title['zh-CN'] === 'string') {
    return {'zh-CN': title['zh-CN'], ...('en' in title && typeof title.en === 'string' ? {en: title.en} : {})};
  }
  return {'zh-CN': typeof schema['title'] === 'string' ? schema['title'] : id};
}
