import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import ts from 'typescript';
import {root} from '../src/root.js';
import {parse} from './parse.js';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {cwd: root, encoding: 'utf8'})
  .split('\n')
  .filter(path => path !== '' && existsSync(join(root, path)));
const code = tracked.filter(path => /\.(ts|tsx|mjs|java|css)$/.test(path) && !/\.d\.ts$/.test(path));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('no source or test file is longer than 400 lines', t => {
  t.deepEqual(code.filter(path => read(path).split('\n').length > 401), []);
});

/** Lines of a function without those of functions inside it: a factory of small closures is as long as its own statements. */
function ownLines(node: ts.Node, source: ts.SourceFile): number {
  const lines = (part: ts.Node) => source.getLineAndCharacterOfPosition(part.getEnd()).line - source.getLineAndCharacterOfPosition(part.getStart(source)).line + 1;
  let inner = 0;
  const visit = (child: ts.Node): void => {
    if (ts.isFunctionLike(child) && 'body' in child && child.body) inner += Math.max(0, lines(child) - 1);
    else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return lines(node) - inner;
}

test('no function has more than 60 lines of its own, no React component more than 120', t => {
  const long: string[] = [];
  for (const path of code.filter(file => /\.tsx?$/.test(file) && !file.includes('/test/'))) {
    const source = parse(path);
    const limit = path.endsWith('.tsx') ? 120 : 60;
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && 'body' in node && node.body) {
        const count = ownLines(node, source);
        if (count > limit) long.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1} has ${count} lines`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  t.deepEqual(long, []);
});

test('no ts-ignore, no empty catch, no leftover note, no code from text', t => {
  const banned: ReadonlyArray<readonly [RegExp, string]> = [
    [/@ts-(ignore|nocheck|expect-error)/, 'ts-ignore'],
    [/catch\s*(\([^)]*\))?\s*\{\s*\}/, 'empty catch'],
    [/\.catch\(\(\)\s*=>\s*(\{\s*\}|undefined)?\)/, 'swallowed rejection'],
    [/\b(TODO|FIXME|XXX|HACK)\b/, 'leftover note'],
    [/\bnew Function\b|\beval\(|node:vm\b/, 'code from text'],
    [/\b(test|it|describe)\.(skip|todo|failing|only)\b/, 'a test that does not run'],
  ];
  const wrong: string[] = [];
  for (const path of code.filter(file => !file.startsWith('platform/tooling/test/'))) {
    read(path).split('\n').forEach((line, index) => {
      for (const [pattern, name] of banned) if (!/^\s*(\/\/|\*|\/\*)/.test(line) && pattern.test(line)) wrong.push(`${path}:${index + 1} ${name}: ${line.trim()}`);
    });
  }
  t.deepEqual(wrong, []);
});

test('the type any stands nowhere', t => {
  const wrong: string[] = [];
  for (const path of code.filter(file => /\.tsx?$/.test(file))) {
    const source = parse(path);
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) wrong.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  t.deepEqual(wrong, []);
});

test('file names are kebab-case', t => {
  const odd = code.filter(path => !/\.java$/.test(path) && !/^[a-z0-9][a-z0-9.-]*$/.test(path.split('/').at(-1) ?? ''));
  t.deepEqual(odd, []);
});

test('only platform/time knows timers, and business code never asks the machine for the time', t => {
  const wrong: string[] = [];
  for (const path of code.filter(file => /^(runtime|platform)\/[^/]+\/src\/.*\.ts$/.test(file) && !/^(platform\/(time|tooling|ui|testing)|runtime\/(app|store))\//.test(file))) {
    read(path).split('\n').forEach((line, index) => {
      if (/\b(setTimeout|setInterval|Date\.now)\b/.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line)) wrong.push(`${path}:${index + 1} ${line.trim()}`);
    });
  }
  t.deepEqual(wrong, []);
});

test('every folder with code, every template and catalog has a README', t => {
  const folders = new Set(tracked.filter(path => /^(platform|designer|runtime|plugins|templates|catalogs)\/[^/]+\/.+/.test(path)).map(path => path.split('/').slice(0, 2).join('/')));
  t.deepEqual([...folders].filter(folder => folder !== 'platform/docs' && !existsSync(join(root, folder, 'README.md'))), []);
});
