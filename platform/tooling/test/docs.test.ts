import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';
import {loadErrorTables, renderErrorPage} from '../src/error-page.js';
import {root} from '../src/root.js';

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {cwd: root, encoding: 'utf8'}).split('\n').filter(path => path !== '' && existsSync(join(root, path)));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('the page of error codes is what the tables say', async t => {
  await loadErrorTables();
  t.is(read('platform/docs/errors.md'), renderErrorPage(), 'run: node --import tsx platform/tooling/bin/write-error-page.mjs');
});

test('every relative link in a page leads somewhere', t => {
  const dead: string[] = [];
  for (const page of pages) {
    for (const match of read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)(#[^)]*)?\)/g)) {
      const target = match[1] ?? '';
      if (!existsSync(join(root, dirname(page), target))) dead.push(`${page} → ${target}`);
    }
  }
  t.deepEqual(dead, []);
});

test('every third-party package that a package.json names has a row in dependencies.md', t => {
  const page = read('platform/docs/dependencies.md');
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'package.json', '*/package.json'], {cwd: root, encoding: 'utf8'}).split('\n').filter(Boolean);
  const names = new Set(files.flatMap(file => {
    const content = JSON.parse(read(file)) as {dependencies?: Record<string, string>; devDependencies?: Record<string, string>};
    return Object.keys({...content.dependencies, ...content.devDependencies});
  }));
  t.deepEqual([...names].filter(name => !name.startsWith('@banli/') && !name.startsWith('@types/') && !page.includes(`\`${name}\``)).sort(), []);
});
