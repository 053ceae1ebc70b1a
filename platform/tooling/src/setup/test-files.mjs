import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';

const zones = ['platform', 'designer', 'runtime', 'plugins', 'catalogs', 'templates'];

/**
 * Every test file of the project, sorted, relative to root.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function listTests(root) {
  const found = [];
  for (const zone of zones) {
    for (const folder of readFolder(join(root, zone))) {
      walk(root, join(zone, folder, 'test'), found);
    }
  }
  return found.sort();
}

function walk(root, folder, found) {
  for (const name of readFolder(join(root, folder))) {
    const path = join(folder, name);
    if (statSync(join(root, path)).isDirectory()) walk(root, path, found);
    else if (name.endsWith('.test.ts')) found.push(path);
  }
}

function readFolder(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  }
}

const holdsWhole = /\/test\/http\/|\.(property|contract)\.test\.ts$|^(catalogs|templates|plugins)\/[^/]+\/test\/(catalog|template|plugin)\.test\.ts$/;

/**
 * What a test file needs, by its name; `process` files start and end processes of ours and mostly wait, `contract` files hold a whole against its promise: the routes against a server in
 * their own process, a design against an oracle over many runs (`*.property.test.ts`), a catalog, template or plugin against what each must be, a console or a start against everything that ships, the repository
 * against its own rules (`*.contract.test.ts`). `database` are unit and contract tests that open a database and so run once more on MariaDB.
 *
 * @param {string} root
 * @param {readonly string[]} files
 */
export function sortTests(root, files) {
  const kind = suffix => files.filter(file => file.endsWith(`.${suffix}.test.ts`));
  const quick = files.filter(file => !/\.(engine|mysql|browser|process)\.test\.ts$/.test(file));
  const contract = quick.filter(file => holdsWhole.test(file));
  return {
    unit: quick.filter(file => !contract.includes(file)),
    contract,
    database: quick.filter(file => opensDatabase(root, file)),
    process: kind('process'),
    mysql: kind('mysql'),
    engine: kind('engine'),
    browser: kind('browser'),
  };
}

const relativeImport = /from '(\.{1,2}\/[^']+)\.js'/g;

/** Whether a test opens a database itself, or by what it imports from beside it. */
function opensDatabase(root, file, seen = new Set()) {
  const path = join(root, file);
  if (seen.has(path) || !existsSync(path)) return false;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  if (text.includes('openTestStore')) return true;
  return [...text.matchAll(relativeImport)].some(([, beside]) => /(^|\/)test\//.test(join(dirname(file), beside)) && opensDatabase(root, `${join(dirname(file), beside)}.ts`, seen));
}
