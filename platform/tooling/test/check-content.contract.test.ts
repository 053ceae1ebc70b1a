import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {checkContent} from '../src/check-content.js';
import {root} from '../src/root.js';

/** A copy of the content alone. */
function setup(t: ExecutionContext) {
  const copy = scratchFolder('content', t);
  for (const zone of ['templates', 'catalogs', 'plugins']) cpSync(join(root, zone), join(copy, zone), {recursive: true, filter: path => !/\/(node_modules|src|test)(\/|$)/.test(path)});
  const edit = (file: string, from: string | RegExp, to: string): void => writeFileSync(join(copy, file), readFileSync(join(copy, file), 'utf8').replace(from, to));
  const faulty = async () => (await checkContent(copy)).filter(check => check.problems.length > 0);
  return {copy, edit, faulty};
}

test('everything that the repository holds is looked at and good', async t => {
  const checks = await checkContent(root);
  t.deepEqual(checks.filter(check => check.problems.length > 0), []);
  for (const title of ['bundle templates/hotline', 'catalog catalogs/matters', 'plugin plugins/demo', 'plugin plugins/hotline']) t.true(checks.some(check => check.title === title), title);
});

test('each fault is told with its file, and what is good beside it stays good', async t => {
  const {edit, faulty} = setup(t);
  edit('templates/hotline/bundle.yaml', /^id:.*$/m, 'id: "not an id"');
  edit('catalogs/channels/catalog.yaml', /^id:.*$/m, 'identity: channels');
  edit('plugins/demo/plugin.yaml', 'element-templates/demo-ok.json', 'element-templates/gone.json');
  const found = await faulty();
  t.true(found.some(check => check.title === 'bundle templates/hotline' && check.problems.some(problem => problem.includes('bundle.yaml'))));
  t.true(found.some(check => check.title === 'catalog catalogs/channels' && check.problems.some(problem => problem.includes('catalog.yaml'))));
  t.true(found.some(check => check.title === 'plugin plugins/demo' && check.problems.some(problem => problem.includes('gone.json'))));
  t.false(found.some(check => check.title === 'catalog catalogs/calendars' || check.title === 'plugin plugins/hotline'));
});
