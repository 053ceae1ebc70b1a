import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import test from 'ava';
import ts from 'typescript';
import {root} from '../src/root.js';
import {parse} from './parse.js';

/** Package folder → folders it may import, as in platform/docs/architecture.md. `platform/*` stands for the whole zone. */
const rules: ReadonlyArray<readonly [from: string, may: readonly string[]]> = [
  ['platform/errors', []],
  ['platform/time', ['platform/errors']],
  ['platform/formats', ['platform/errors']],
  ['platform/expressions', ['platform/errors', 'platform/time']],
  ['platform/kernel', ['platform/errors', 'platform/formats', 'platform/sdk']],
  ['platform/sdk', ['platform/errors', 'platform/formats', 'platform/expressions', 'platform/time']],
  ['platform/bundles', ['platform/errors', 'platform/formats', 'platform/expressions', 'platform/time']],
  ['platform/api', ['platform/errors', 'platform/formats']],
  ['platform/ui', ['platform/errors', 'platform/formats', 'platform/api', 'platform/expressions', 'platform/time', 'platform/sdk']],
  ['platform/testing', ['platform/*']],
  ['platform/tooling', ['platform/*']],
  ['runtime/app', ['platform/api', 'platform/ui', 'platform/expressions', 'platform/time', 'platform/sdk', 'platform/errors', 'platform/formats']],
  ['runtime/server', ['platform/*', 'runtime/*']],
  ['runtime/cli', ['platform/*', 'runtime/*']],
  ['runtime/trials', ['platform/*', 'runtime/*']],
  ['runtime/', ['platform/*', 'runtime/store']],
  ['designer/app', ['platform/*', 'designer/*']],
  ['designer/', ['platform/*']],
  ['plugins/', ['platform/sdk', 'platform/errors', 'platform/formats']],
];
/** Web apps load the widgets of plugins through one generated or written list each. */
const pluginLists = new Set(['runtime/app/src/plugins.ts', 'designer/app/src/plugins.ts']);

interface Package {
  readonly name: string;
  readonly folder: string;
}

const packages: readonly Package[] = ['platform', 'designer', 'runtime', 'plugins'].flatMap(zone =>
  readdirSync(join(root, zone))
    .filter(name => existsSync(join(root, zone, name, 'package.json')))
    .map(name => ({folder: `${zone}/${name}`, name: (JSON.parse(readFileSync(join(root, zone, name, 'package.json'), 'utf8')) as {name: string}).name})),
);

function sources(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).flatMap(name => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return name === 'node_modules' || name === 'dist' ? [] : sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function importsOf(path: string): ReadonlyArray<{readonly target: string; readonly typeOnly: boolean}> {
  const file = parse(path);
  const found: Array<{target: string; typeOnly: boolean}> = [];
  for (const statement of file.statements) {
    if ((ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)) {
      const typeOnly = ts.isImportDeclaration(statement) ? statement.importClause?.isTypeOnly === true : statement.isTypeOnly;
      found.push({target: statement.moduleSpecifier.text, typeOnly});
    }
  }
  return found;
}

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to) return true;
  const rule = rules.find(([prefix]) => from === prefix || (prefix.endsWith('/') && from.startsWith(prefix)));
  if (!rule) return false;
  const allowed = rule[1].some(may => may === to || (may.endsWith('/*') && to.startsWith(may.slice(0, -1))));
  // A runtime package may know another one by its types: interfaces only, joined in runtime/server.
  return allowed || (typeOnly && from.startsWith('runtime/') && from !== 'runtime/app' && to.startsWith('runtime/'));
}

for (const {folder, name} of packages) {
  test(`${folder} imports only what its zone may`, t => {
    const declared = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {dependencies?: Record<string, string>};
    const wrong: string[] = [];
    for (const path of sources(`${folder}/src`)) {
      for (const {target, typeOnly} of importsOf(path)) {
        const scoped = /^@banli\/[\w-]+/.exec(target)?.[0];
        if (target.startsWith('.')) {
          const landed = relative(root, join(root, dirname(path), target));
          if (!landed.startsWith(`${folder}/`)) wrong.push(`${path} reaches into ${landed}: import the package instead`);
        } else if (scoped && !pluginLists.has(path)) {
          const to = packages.find(candidate => candidate.name === scoped);
          if (!to) wrong.push(`${path} imports ${target}, which is no package of this project`);
          else if (!mayImport(folder, to.folder, typeOnly)) wrong.push(`${path} imports ${target}: ${folder} may not import ${to.folder}`);
          else if (scoped !== name && !declared.dependencies?.[scoped] && !typeOnly) wrong.push(`${path} imports ${target}, but ${folder}/package.json does not name it`);
        }
      }
    }
    t.deepEqual(wrong, []);
  });
}
