import test from 'ava';
import {isAppError} from '@banli/errors';
import {releaseOf, setup, sharedSetup, template} from './setup.js';

test('a document prints values escaped, with dates in Shanghai, money and masks', async t => {
  const {render} = await sharedSetup();
  const source = '{{title}}|{{date at}}|{{dateTime at}}|{{isoDate at}}|{{money fee}}|{{maskName name}}|{{maskPhone phone}}|{{maskIdNumber id}}';
  const text = await render(source, {title: '<b>& "x"', at: Date.UTC(2026, 1, 25, 17, 5), fee: 1234567.5, name: '欧阳青', phone: '13899990001', id: '650102199001011234'});
  t.is(text, '&lt;b&gt;&amp; &quot;x&quot;|2026年2月26日|2026年2月26日 01:05|2026-02-26|¥1,234,567.50|欧**|138****0001|6501**********1234');
});

test('a message is not escaped, and its edges are trimmed', async t => {
  const {render} = await sharedSetup();
  t.is(await render('\n编号 {{number}}：A & B\n', {number: '<1>'}, {'x-banli-document': {output: 'text'}}), '编号 <1>：A & B');
});

test('empty values print nothing, blocks and loops work', async t => {
  const {render} = await sharedSetup();
  t.is(await render('{{date at}}{{#if on}}yes{{else}}no{{/if}}{{#each rows}}[{{@index}} {{name}} {{../on}}]{{/each}}{{#unless (equals kind "a")}}b{{/unless}}', {at: null, on: false, rows: [{name: 'x'}, {name: 'y'}], kind: 'c'}), 'no[0 x false][1 y false]b');
});

test('a value that is not there is an error, never an empty place', async t => {
  const {render} = await sharedSetup();
  const error = await t.throwsAsync(render('{{titel}}', {title: 'x'}), {code: 'DOCUMENTS_RENDER_FAILED'});
  t.true(isAppError(error) && /titel/.test(String(error.details['reason'])));
});

test('a helper refuses a value of another type', async t => {
  const {render} = await sharedSetup();
  await t.throwsAsync(render('{{date at}}', {at: '2026-01-01'}), {code: 'DOCUMENTS_RENDER_FAILED'});
});

test('data is compared with the schema; problems name fields, never values', async t => {
  const {render} = await sharedSetup();
  const schema = {type: 'object', required: ['number', 'at'], additionalProperties: false, properties: {number: {type: 'string'}, at: {type: 'integer'}}};
  const error = await t.throwsAsync(render('{{number}}', {number: 13899990001, extra: 'secret'}, schema), {code: 'DOCUMENTS_DATA_INVALID'});
  t.true(isAppError(error));
  if (!isAppError(error)) return;
  t.deepEqual(error.problems.map(problem => problem.place.field).sort(), ['at', 'extra', 'number']);
  t.false(JSON.stringify([error.details, error.problems]).includes('secret'));
});

test('a broken schema and an unknown document are told apart', async t => {
  const {render, documents} = await setup(t);
  await t.throwsAsync(render('x', {}, {type: 'nonsense'}), {code: 'DOCUMENTS_SCHEMA_INVALID'});
  await t.throwsAsync(documents.render(releaseOf(template('x')), 'constructor', {}), {code: 'DOCUMENTS_TEMPLATE_UNKNOWN'});
});

test('a rendered document is kept with its case and found only there', async t => {
  const {documents, store} = await setup(t);
  const document = await documents.render(releaseOf(template('<p>{{x}}</p>')), 'paper', {x: '好'});
  const entry = {caseId: 'a'.repeat(26), releaseHash: 'f'.repeat(64), document};
  const first = await store.tx(tx => documents.store(tx, {...entry, at: 1000}));
  const second = await store.tx(tx => documents.store(tx, {...entry, at: 2000}));
  t.deepEqual(await documents.list(entry.caseId), [second, first].map((id, index) => ({id, caseId: entry.caseId, documentId: 'paper', title: {'zh-CN': '文书', en: 'Paper'}, createdAt: 2000 - index * 1000})));
  t.is(await documents.html(first, entry.caseId), '<p>好</p>');
  await t.throwsAsync(documents.html(first, 'b'.repeat(26)), {code: 'DOCUMENTS_UNKNOWN'});
});

test('a document that is rolled back is not there', async t => {
  const {documents, store} = await setup(t);
  const document = await documents.render(releaseOf(template('x')), 'paper', {});
  await t.throwsAsync(store.tx(async tx => {
    await documents.store(tx, {caseId: 'c', releaseHash: 'h', document, at: 1});
    throw new Error('no');
  }));
  t.deepEqual(await documents.list('c'), []);
});

test('after closing nothing is rendered', async t => {
  const {documents} = await setup(t);
  await documents.close();
  await t.throwsAsync(documents.render(releaseOf(template('x')), 'paper', {}), {code: 'DOCUMENTS_CLOSED'});
});
