import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** What was compiled before, by path, time of change and size of its source; goes with node_modules. */
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/banli-loader/', import.meta.url));
/** Part of the key: another number makes everything compiled anew. */
const version = 2;
const typed = /\.tsx?$/;

/**
 * A relative import that ends in `.js` means the TypeScript file beside it.
 *
 * @type {import('node:module').ResolveHook}
 */
export function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && typed.test(context.parentURL ?? '')) {
    const stem = new URL(specifier, context.parentURL).href.slice(0, -'js'.length);
    for (const url of [`${stem}ts`, `${stem}tsx`]) {
      if (existsSync(fileURLToPath(url))) return {url, format: 'module', shortCircuit: true};
    }
  }
  return next(specifier, context);
}

/**
 * Compiles TypeScript, and takes JSON without an import attribute, as the bundler of the web apps does.
 *
 * @type {import('node:module').LoadHook}
 */
export async function load(url, context, next) {
  if (!url.startsWith('file:')) return next(url, context);
  if (typed.test(url)) return {format: 'module', source: await compile(fileURLToPath(url)), shortCircuit: true};
  if (url.endsWith('.json') && context.importAttributes?.type !== 'json') {
    return {format: 'module', source: `export default ${readFileSync(fileURLToPath(url), 'utf8')}`, shortCircuit: true};
  }
  return next(url, context);
}

async function compile(path) {
  const {mtimeMs, size} = statSync(path);
  const kept = `${cache}${createHash('sha1').update(`${version} ${path} ${mtimeMs} ${size}`).digest('hex')}.mjs`;
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const {transform} = await import('esbuild');
  const {code} = await transform(readFileSync(path, 'utf8'), {
    loader: path.endsWith('x') ? 'tsx' : 'ts', format: 'esm', target: 'node20', jsx: 'automatic', sourcefile: path, sourcemap: 'inline', sourcesContent: false,
  });
  // Many processes compile at once: each writes a file of its own and moves it into place whole.
  // Installing packages takes the folder away from under a process that runs.
  mkdirSync(cache, {recursive: true});
  const mine = `${kept}.${process.pid}`;
  writeFileSync(mine, code);
  renameSync(mine, kept);
  return code;
}
