import test from 'ava';
import {engineDatabase} from '../src/database.js';
import {parseProduct} from '../src/product.js';

test('without an address the engine has a file that survives kill -9', t => {
  const database = engineDatabase('/home/x/engine', undefined);
  t.is(database.schema, null);
  t.regex(database.jdbcUrl, /^jdbc:h2:file:\/home\/x\/engine\/engine;/);
  t.regex(database.jdbcUrl, /WRITE_DELAY=0/);
  t.deepEqual(engineDatabase('/a', ''), engineDatabase('/a', undefined));
});

test('on a server the engine has the schema next to the platform, and no secret stands in the address', t => {
  const database = engineDatabase('/a', 'mysql://us%40er:p%2Fw@db.example:3307/banli');
  t.like(database, {user: 'us@er', password: 'p/w', schema: 'banli_engine'});
  t.regex(database.jdbcUrl, /^jdbc:mariadb:\/\/db\.example:3307\/banli_engine\?/);
  t.regex(database.jdbcUrl, /nullDatabaseMeansCurrent=true/);
  t.notRegex(database.jdbcUrl, /p\/w|p%2Fw/);
});

for (const bad of ['nonsense', 'postgres://a@b/c', 'mysql://a@b', 'mysql://a@b/', 'mysql://a@b/x`; DROP', `mysql://a@b/${'x'.repeat(57)}`]) {
  test(`the address ${bad.slice(0, 24)} is refused with its pattern`, t => {
    t.throws(() => engineDatabase('/a', bad), {code: 'ENGINE_DATABASE_URL'});
  });
}

test('the setting BANLI_ENGINE is camunda unless it says operaton', t => {
  t.deepEqual([undefined, '', 'camunda', 'operaton'].map(parseProduct), ['camunda', 'camunda', 'camunda', 'operaton']);
  t.throws(() => parseProduct('activiti'), {code: 'ENGINE_PRODUCT_UNKNOWN'});
});
