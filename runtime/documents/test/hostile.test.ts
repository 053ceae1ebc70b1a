import test from 'ava';
import {isAppError} from '@banli/errors';
import {checkTemplate} from '../src/index.js';
import {setup, sharedSetup} from './setup.js';

const refused = test.macro({
  exec(t, source: unknown, reason: RegExp) {
    const error = t.throws(() => checkTemplate('paper', source), {code: 'DOCUMENTS_TEMPLATE_REFUSED'});
    t.regex(error?.message ?? '', reason);
  },
  title: (_title, source) => `refused: ${JSON.stringify(source).slice(0, 60)}`,
});

test(refused, '{{{name}}}', /unescaped/);
test(refused, '{{&name}}', /unescaped/);
test(refused, '{{> other}}', /partials/);
test(refused, '{{#> layout}}x{{/layout}}', /partials/);
test(refused, '{{#*inline "x"}}y{{/inline}}', /inline partials and decorators/);
test(refused, '{{* decorate}}', /decorators/);
test(refused, '{{constructor}}', /constructor/);
test(refused, '{{a.__proto__.b}}', /__proto__/);
test(refused, '{{lookup this "constructor"}}', /no helper lookup/);
test(refused, '{{#with this}}x{{/with}}', /block with/);
test(refused, '{{#each rows as |row|}}x{{/each}}', /block parameters/);
test(refused, '{{log name}}', /no helper log/);
test(refused, '{{date at format="x"}}', /named arguments/);
test(refused, '{{@root.secret}}', /@root/);
test(refused, '{{#if}}x{{/if}}', /one value/);
test(refused, '{{#each a}}{{#each b}}{{#each c}}{{#each d}}x{{/each}}{{/each}}{{/each}}{{/each}}', /loops are nested/);
test(refused, `${'{{#if a}}'.repeat(7)}x${'{{/if}}'.repeat(7)}`, /nested deeper/);
test(refused, '{{#if a}}', /Parse error/);
test(refused, 'x'.repeat(200_001), /longer than/);
test(refused, '{{a}}'.repeat(5001), /more than 5000 parts/);
test(refused, {type: 'Program', body: [{type: 'MustacheStatement', path: {type: 'PathExpression', parts: [], original: 'x'}, params: [{type: 'NumberLiteral', value: 'process.exit()'}]}]}, /must be text/);

test('the line of the fault is given', t => {
  const error = t.throws(() => checkTemplate('paper', 'a\nb\n{{{c}}}'));
  t.regex(error?.message ?? '', /line 3/);
});

test('loops over big lists are stopped, and the next document is rendered', async t => {
  const {render} = await setup(t);
  const rows = Array.from({length: 9000}, (_, index) => index);
  const bomb = '{{#each rows}}{{#each ../rows}}{{equals @index 1}}{{/each}}{{/each}}';
  const error = await t.throwsAsync(render(bomb, {rows}));
  t.regex(isAppError(error) ? error.code : String(error), /^DOCUMENTS_RENDER_TOO_(LONG|LARGE)$/, error?.message);
  t.is(await render('{{x}}', {x: 'still here'}), 'still here');
});

test('a document larger than the limit is refused, not cut', async t => {
  const {render} = await setup(t, {outputBytes: 1000});
  await t.throwsAsync(render('{{#each rows}}{{this}}{{/each}}', {rows: Array.from({length: 400}, () => '字')}), {code: 'DOCUMENTS_RENDER_TOO_LARGE'});
  t.is(await render('{{x}}', {x: '字'.repeat(333)}), '字'.repeat(333));
});

test('prototypes are out of reach of data names that come with the data', async t => {
  const {render} = await sharedSetup();
  t.is(await render('{{x.toString}}{{x.valueOf}}', {x: {}}), '');
  t.is(await render('{{x.toString}}', JSON.parse('{"x": {"toString": "own"}}') as Record<string, unknown>), 'own');
  await t.throwsAsync(render('{{polluted}}', JSON.parse('{"__proto__": {"polluted": "yes"}}') as Record<string, unknown>), {code: 'DOCUMENTS_RENDER_FAILED'});
});

test('many documents at once are rendered one after the other, each with its own data', async t => {
  const {render} = await sharedSetup();
  const texts = await Promise.all(Array.from({length: 40}, (_, index) => render('{{n}}', {n: String(index)})));
  t.deepEqual(texts, Array.from({length: 40}, (_, index) => String(index)));
});
