import {chmod, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {scratchFolder} from '@banli/testing/scratch-folder';
import {createKeys, createVault, loadKeyFile, openVault} from '../src/index.js';
import {openTestStore} from '../src/testing.js';

async function setup() {
  const folder = scratchFolder('vault');
  const store = await openTestStore();
  return {store, path: join(folder, 'keys', 'vault.json'), close: () => store.close()};
}

test('what was sealed opens again and never looks the same twice', t => {
  const vault = createVault(createKeys());
  for (const text of ['', '13800000001', '身份证 650102199001010011', 'x'.repeat(5000)]) t.is(vault.open(vault.seal(text)), text);
  t.not(vault.seal('13800000001'), vault.seal('13800000001'));
  t.notRegex(vault.seal('13800000001'), /13800000001/);
});

test('a change of any character is noticed', t => {
  const vault = createVault(createKeys());
  const sealed = vault.seal('13800000001');
  const start = sealed.lastIndexOf('.') + 1;
  for (let index = start; index < sealed.length; index += 1) {
    const other = sealed[index] === 'A' ? 'B' : 'A';
    t.throws(() => vault.open(sealed.slice(0, index) + other + sealed.slice(index + 1)), {code: 'STORE_SEAL_BROKEN'});
  }
  for (const bad of ['', 'v1', 'v2.k.AAAA', sealed.slice(0, -10), `${sealed}.x`]) t.throws(() => vault.open(bad), {code: 'STORE_SEAL_BROKEN'});
});

test('a foreign key does not open it, and a key that is not there is named', t => {
  const keys = createKeys();
  const sealed = createVault(keys).seal('a');
  t.throws(() => createVault(createKeys()).open(sealed.replace(keys.current, 'constructor')), {code: 'STORE_SEAL_KEY_UNKNOWN'});
  const other = createKeys();
  const swapped = {...other, current: keys.current, keys: {[keys.current]: Object.values(other.keys)[0] ?? {cipher: Buffer.alloc(16), mac: Buffer.alloc(32)}}};
  t.throws(() => createVault(swapped).open(sealed), {code: 'STORE_SEAL_BROKEN'});
});

test('a new key seals while the old one still opens', t => {
  const old = createKeys();
  const sealed = createVault(old).seal('a');
  const fresh = createKeys();
  const both = createVault({current: 'k2', keys: {...old.keys, k2: Object.values(fresh.keys)[0] ?? {cipher: Buffer.alloc(16), mac: Buffer.alloc(32)}}, index: old.index});
  t.is(both.open(sealed), 'a');
  t.regex(both.seal('a'), /^v1\.k2\./);
});

test('the blind index is the same however a number is typed', t => {
  const vault = createVault(createKeys());
  const plain = vault.blindIndex('13800000001');
  for (const typed of ['138 0000 0001', '+86 138-0000-0001', '００８６１３８００００００01', '１３８００００0001']) t.is(vault.blindIndex(typed), plain, typed);
  t.is(vault.blindIndex('65010219900101001x'), vault.blindIndex('65010219900101001X'));
  t.not(vault.blindIndex('13800000002'), plain);
  t.not(createVault(createKeys()).blindIndex('13800000001'), plain);
  t.regex(vault.keyFor('13800000001'), /^[0-9a-f]{64}$/);
  t.is(vault.keyFor('a'), vault.keyFor('a'));
  t.is(new Set([vault.keyFor('a'), vault.keyFor('b'), vault.blindIndex('a'), createVault(createKeys()).keyFor('a')]).size, 4);
});

test('the key file is made once, also by two at a time, and only its owner may read it', async t => {
  const {path, close} = await setup();
  const [one, two] = await Promise.all([loadKeyFile(path, {create: true}), loadKeyFile(path, {create: true})]);
  t.deepEqual(one, two);
  t.is((await stat(path)).mode & 0o777, 0o600);
  await chmod(path, 0o644);
  await t.throwsAsync(loadKeyFile(path, {create: true}), {code: 'STORE_KEYS_OPEN'});
  await chmod(path, 0o600);
  await writeFile(path, '{"current":');
  await t.throwsAsync(loadKeyFile(path, {create: true}), {code: 'STORE_KEYS_BROKEN'});
  await close();
});

test('a lost or foreign key file is refused once the database was sealed', async t => {
  const {store, path, close} = await setup();
  const sealed = (await openVault(store, path)).seal('a');
  t.is((await openVault(store, path)).open(sealed), 'a');
  await rm(path);
  await t.throwsAsync(openVault(store, path), {code: 'STORE_KEYS_MISSING'});
  await loadKeyFile(path, {create: true});
  await t.throwsAsync(openVault(store, path), {code: 'STORE_KEYS_WRONG'});
  await close();
});
