import test from 'ava';
import {sortTests} from '../src/setup/test-files.mjs';

const files = [
  'catalogs/limits/test/catalog.test.ts', 'catalogs/limits/test/leaves.test.ts', 'plugins/demo/test/plugin.test.ts', 'runtime/catalogs/test/catalog.test.ts', 'runtime/cases/test/random.property.test.ts',
  'runtime/cli/test/publish.contract.test.ts', 'runtime/server/test/http/cases.test.ts', 'runtime/store/test/lease.mysql.test.ts', 'runtime/store/test/lease.test.ts', 'runtime/trials/test/hotline.engine.test.ts',
  'templates/hotline/test/template.test.ts',
];

test('every quick file is a unit test or a contract, by its name and nothing else', t => {
  const {unit, contract, mysql, engine} = sortTests('/nowhere', files);
  t.deepEqual(unit, ['catalogs/limits/test/leaves.test.ts', 'runtime/catalogs/test/catalog.test.ts', 'runtime/store/test/lease.test.ts']);
  t.deepEqual(contract, [
    'catalogs/limits/test/catalog.test.ts', 'plugins/demo/test/plugin.test.ts', 'runtime/cases/test/random.property.test.ts', 'runtime/cli/test/publish.contract.test.ts', 'runtime/server/test/http/cases.test.ts',
    'templates/hotline/test/template.test.ts',
  ]);
  t.deepEqual([mysql, engine], [['runtime/store/test/lease.mysql.test.ts'], ['runtime/trials/test/hotline.engine.test.ts']]);
});
