import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {root} from '../src/root.js';

const parsed = new Map<string, ts.SourceFile>();

/** The syntax tree of a file of the repository, `path` relative to its root; parsed once, as several tests look at every file. */
export function parse(path: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known) return known;
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true, kind);
  parsed.set(path, source);
  return source;
}
