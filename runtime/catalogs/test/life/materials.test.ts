import test from 'ava';
import {author, ref, refusal, sampleLife, sharedLife} from './setup.js';

const use = {itemCode: 'sx-010111-01', materialCode: 'screenshot', need: 'ifAvailable', sourceRef: 'own: 试验'};

test('a material that items ask for does not go, and the report names them', async t => {
  const {put, draft, close} = await sharedLife();
  const change = await draft('materials');
  for (const op of ['offShelf', 'void'] as const) t.true((await refusal(put(change, {op, key: 'business-licence'}))).includes('USED_BY_ROW materials/materials business-licence'), op);
  const error = await t.throwsAsync<Error & {problems: readonly {readonly details?: unknown}[]}>(put(change, {op: 'offShelf', key: 'wage-record'}));
  t.true(JSON.stringify(error?.problems).includes('sx-040101-01|wage-record'), 'the row of the item list is named');
  t.true((await refusal(put(change, {op: 'offShelf', key: 'wage-record'}))).length >= 2, 'its review points hold it, too');
  t.is((await put(change, {op: 'offShelf', key: 'collective-household-card'})).state, 'editing', 'nobody asks for it');
  await close();
});

test('an item asks for a material in use alone, each once', async t => {
  const {life, put, draft, approved, publish, close} = await sampleLife();
  t.teardown(close);
  const asks = (materialCode: string) => ({table: 'materials', op: 'add', cells: {...use, materialCode}}) as const;
  const sent = async (materialCode: string) => refusal(life.submit(author, ref(await draft('items', asks(materialCode)))));
  t.deepEqual(await refusal(put(await draft('items'), asks('purchase-proof'))), ['ROW_EXISTS items/materials sx-010111-01|purchase-proof']);
  t.deepEqual(await sent('no-such'), ['FILE_REFERENCE_UNKNOWN items/materials sx-010111-01|no-such materialCode']);
  await publish(await approved('materials', {op: 'offShelf', key: 'collective-household-card'}));
  t.deepEqual(await sent('collective-household-card'), ['FILE_REFERENCE_RETIRED items/materials sx-010111-01|collective-household-card materialCode']);
  await publish(await approved('items', asks('screenshot')));
});
