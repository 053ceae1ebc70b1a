import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import ts from 'typescript';
import {root} from '../src/root.js';
import {newerInScript, newerInStyle} from './newer-than-browser.js';

/** Names that objects of libraries carry, too: what is called so in a bundle is theirs. Of our own code `browsers.test.ts` sees all. */
const common = new Set(['with', 'union', 'intersection', 'difference']);

/** Uses of libraries that do no harm, with the reason. */
const known: ReadonlyArray<readonly [found: RegExp, why: string]> = [
  [/ Intl\.DurationFormat /, 'luxon asks whether it is there before it uses it'],
  [/ --(?:lasso-fill-color|search-preselected-background-color|snap-line-stroke-color): color-mix/, 'colours of diagram-js for tools of its editor; modeler.css of the designer gives them in a way that is understood'],
];

for (const app of ['runtime/app', 'designer/app']) {
  test(`nothing in the built ${app}, its libraries among it, needs a browser newer than the oldest one`, t => {
    t.timeout(120_000);
    const folder = join(root, app, 'dist/assets');
    t.true(existsSync(folder), `npx vite build in ${app}`);
    const found = readdirSync(folder).flatMap(name => {
      const read = () => readFileSync(join(folder, name), 'utf8');
      if (name.endsWith('.css')) return newerInStyle(read()).map(each => `${name} ${each}`);
      return name.endsWith('.js') ? newerInScript(ts.createSourceFile(name, read(), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS), member => !common.has(member)).map(each => `${name} ${each}`) : [];
    });
    t.deepEqual(found.filter(each => !known.some(([pattern]) => pattern.test(each))), []);
  });
}
