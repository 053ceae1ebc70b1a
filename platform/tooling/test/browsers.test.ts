import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import ts from 'typescript';
import {root} from '../src/root.js';
import {newerInScript, newerInStyle, oldestBrowser} from './newer-than-browser.js';
import {parse} from './parse.js';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {cwd: root, encoding: 'utf8'}).split('\n').filter(path => path !== '' && existsSync(join(root, path)));
const folders = new Map(tracked.filter(path => /^(platform|designer|runtime|plugins)\/[^/]+\/package\.json$/.test(path)).map(path => [(JSON.parse(readFileSync(join(root, path), 'utf8')) as {name: string}).name, path.slice(0, -'/package.json'.length)]));

/** Packages that a source file imports for more than their types. */
function importedBy(path: string): readonly string[] {
  return parse(path).statements.flatMap(statement => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || !statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const isType = ts.isImportDeclaration(statement) ? statement.importClause?.isTypeOnly === true : statement.isTypeOnly;
    const folder = folders.get(/^@banli\/[\w-]+/.exec(statement.moduleSpecifier.text)?.[0] ?? '');
    return isType || folder === undefined ? [] : [folder];
  });
}

/** Everything of ours that may come to a browser: both applications, plugins' parts for them, and the packages that these import. */
function inBrowser(): readonly string[] {
  const own = (folder: string) => tracked.filter(path => path.startsWith(`${folder}/src/`) && /\.(tsx?|css)$/.test(path));
  const web = tracked.filter(path => /^plugins\/[^/]+\/src\/(web|designer|common)\//.test(path) && /\.(tsx?|css)$/.test(path));
  const files = new Map<string, readonly string[]>([['plugins', web]]);
  const add = (folder: string): void => {
    if (files.has(folder)) return;
    files.set(folder, own(folder));
    for (const path of own(folder)) if (!path.endsWith('.css')) importedBy(path).forEach(add);
  };
  for (const path of web) if (!path.endsWith('.css')) importedBy(path).forEach(add);
  ['runtime/app', 'designer/app'].forEach(add);
  return [...files.values()].flat();
}

test('nothing of ours that comes to a browser uses what the oldest one does not have', t => {
  const files = inBrowser();
  for (const known of ['runtime/app/src/main.tsx', 'designer/processes/src/process-editor.tsx', 'platform/formats/src/change-file.ts', 'platform/ui/src/form/form.css']) t.true(files.includes(known), known);
  t.false(files.some(path => path.startsWith('runtime/') && !path.startsWith('runtime/app/')));
  t.deepEqual(files.flatMap(path => (path.endsWith('.css') ? newerInStyle(readFileSync(join(root, path), 'utf8')) : newerInScript(parse(path))).map(found => `${path} ${found}`)), []);
});

test('both applications are built for that browser', t => {
  for (const app of ['runtime/app', 'designer/app']) t.true(readFileSync(join(root, app, 'vite.config.ts'), 'utf8').includes(`target: 'chrome${oldestBrowser}'`), app);
});

test('what came later is found in scripts and styles, and nothing else', t => {
  const script = (text: string) => newerInScript(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true));
  t.deepEqual(script('const a = [1].toSorted();\nObject.groupBy(a, String); rows.with(0, 1); AbortSignal.any([]);'), ['1 toSorted (110)', '2 Object.groupBy (117)', '2 with (110)', '2 AbortSignal.any (116)']);
  t.deepEqual(script('a.sort(); a.findLast(x); shape.union; AbortSignal.timeout(1); interface X {with: string}'), []);
  t.deepEqual(newerInStyle('.a { color: color-mix(in srgb, red, blue); } .b { & .c { top: 0; } }'), ['color: color-mix() (111)', '& .c: nesting (120)']);
  t.deepEqual(newerInStyle('/* color-mix( */ .a { color: rgb(0 0 0 / 10%); background: linear-gradient(red, blue); } @media (x) and (y) { .b::before { content: "&"; } }'), []);
});

test('one name says where the browser of the tests is', t => {
  const starts = tracked.filter(path => /\.(ts|mjs)$/.test(path)).map(path => [path, readFileSync(join(root, path), 'utf8')] as const).filter(([, text]) => /\bexecutablePath\b/.test(text) && /\bplaywright-core\b/.test(text));
  const named = starts.map(([path, text]) => `${path} ${[...new Set(text.match(/\bBANLI_[A-Z_]*CHROM[A-Z_]*/g))].join(' ')}`);
  t.deepEqual(named, ['designer/app/test/designer.browser.test.ts BANLI_TEST_CHROMIUM', 'runtime/trials/src/browser/browser.ts BANLI_TEST_CHROMIUM']);
});
