import test from 'ava';
import {nearest} from '../src/nearest.js';
import fc from 'fast-check';
import {isAppError} from '@banli/errors';
import {checkExpression, contextOf, evaluateExpression, feelTypes, isTrue, isTrueOr, listOf, resolveText, typeName} from '@banli/expressions';

const model = {
  matter: feelTypes.string,
  round: feelTypes.number,
  urgent: feelTypes.boolean,
  form: contextOf({title: feelTypes.string, units: listOf(feelTypes.string), score: feelTypes.number}),
};

const gives = test.macro({
  exec(t, text: string, type: string, names: readonly string[]) {
    const check = checkExpression(text, model);
    t.deepEqual(check.problems, []);
    t.is(typeName(check.type), type);
    t.deepEqual(check.names, names);
  },
  title: (_title: string | undefined, text: string) => `${text} is accepted`,
});

test(gives, 'matter = "010101" and round > 1', 'boolean', ['matter', 'round']);
test(gives, 'if urgent then form.title else null', 'string', ['form', 'urgent']);
test(gives, 'form.units[1]', 'string', ['form']);
test(gives, 'form.units[item != matter]', 'list of string', ['form', 'matter']);
test(gives, 'some unit in form.units satisfies unit = matter', 'boolean', ['form', 'matter']);
test(gives, 'for step in 1..round return step * 2', 'list of number', ['round']);
test(gives, 'matter in ("a", "b")', 'boolean', ['matter']);
test(gives, 'count(form.units) between 1 and 3', 'boolean', ['form']);
test(gives, 'date("2026-02-12") + duration("P5D")', 'date', []);

const refuses = test.macro({
  exec(t, text: string, code: string) {
    t.is(checkExpression(text, model).problems[0]?.code, `EXPRESSIONS_${code}`);
  },
  title: (_title: string | undefined, text: string, code: string) => `${text.slice(0, 50)} is refused with ${code}`,
});

test(refuses, 'round = ', 'SYNTAX');
test(refuses, 'round = 1; urgent', 'SYNTAX');
test(refuses, '   ', 'EMPTY');
test(refuses, '1+'.repeat(1500) + '1', 'TOO_LONG');
test(refuses, '('.repeat(100) + '1' + ')'.repeat(100), 'TOO_DEEP');
test(refuses, 'rund > 1', 'NAME_UNKNOWN');
test(refuses, 'constructor = 1', 'NAME_UNKNOWN');
test(refuses, 'form.titel = "x"', 'ENTRY_UNKNOWN');
test(refuses, 'shell("ls")', 'FUNCTION_UNKNOWN');
test(refuses, 'now() > round', 'FUNCTION_UNKNOWN');
test(refuses, 'count(form.units, 1) > 1', 'ARGUMENTS');
test(refuses, 'contains(round, "1")', 'ARGUMENTS');
test(refuses, 'matter + 1', 'TYPE');
test(refuses, 'matter = 1', 'NOT_COMPARABLE');
test(refuses, 'function(x) x', 'CONSTRUCT');

test('a result that does not fit the place is refused', t => {
  t.is(checkExpression('form.title', model, feelTypes.boolean).problems[0]?.code, 'EXPRESSIONS_RESULT');
  t.deepEqual(checkExpression('urgent', model, feelTypes.boolean).problems, []);
});

test('an expression for the engine may only compare, so that both interpreters agree', t => {
  t.deepEqual(checkExpression('matter = "x" and not(urgent) or round in [1..3]', model, feelTypes.boolean, true).problems, []);
  t.is(checkExpression('count(form.units) > 1', model, feelTypes.boolean, true).problems[0]?.code, 'EXPRESSIONS_FUNCTION_UNKNOWN');
  t.is(checkExpression('round + 1 > 2', model, feelTypes.boolean, true).problems[0]?.code, 'EXPRESSIONS_CONSTRUCT');
});

test('a name without a value throws instead of becoming null', t => {
  const error = t.throws(() => evaluateExpression('round > 1', {}));
  t.true(isAppError(error, 'EXPRESSIONS_NAME_MISSING'));
});

test('an empty field and a comparison with null are not true, and no error', t => {
  t.is(evaluateExpression('form.title', {form: {}}), null);
  t.false(isTrue('form.score < 3', {form: {score: null}}));
});

test('wrong types at run time throw with a reason', t => {
  const error = t.throws(() => evaluateExpression('matter + 1', {matter: 'x'}));
  t.true(isAppError(error, 'EXPRESSIONS_FAILED'));
});

test('a function outside the list is not called at run time either', t => {
  t.true(isAppError(t.throws(() => evaluateExpression('now()', {})), 'EXPRESSIONS_FUNCTION_UNKNOWN'));
});

test('a failing rule gives the closing answer', t => {
  t.false(isTrueOr('missing = 1', {}, false));
  t.true(isTrueOr('missing = 1', {}, true));
});

test('only text with a leading = is FEEL', t => {
  t.is(resolveText('reviewer', {}), 'reviewer');
  t.is(resolveText('=unit', {unit: 'u1'}), 'u1');
});

test('only the names used are read from the context', t => {
  const context = Object.defineProperty({round: 1}, 'secret', {enumerable: true, get: () => t.fail('read')});
  t.true(isTrue('round = 1', context as Record<string, unknown>));
});

test('any text is either refused with a code or evaluated without a foreign error', t => {
  const atoms = fc.constantFrom('round', 'form.units', '"x"', '1', '(', ')', ' and ', ' in ', '[', ']', '.', '=', '{', '}', 'if ', 'then ', 'else ', 'not', 'null', '..', ',', 'constructor', '__proto__', '负', '-');
  fc.assert(fc.property(fc.array(atoms, {maxLength: 12}), parts => {
    const text = parts.join('');
    checkExpression(text, model);
    try {
      evaluateExpression(text, {round: 1, form: {units: ['x']}});
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  }), {numRuns: 500, seed: 12345});
  t.pass();
});

test('a mistyped name is answered with the names most like it', t => {
  t.deepEqual(nearest('intakeWay', ['signed', 'intakeRoute', 'unreachedCount', 'returnTarget'], 1), ['intakeRoute']);
  t.deepEqual(nearest('rund', ['round', 'unit', 'a'], 2), ['round', 'unit']);
  t.deepEqual(nearest('x', []), []);
});

test('entries of a big context give what the whole gives: alone, nested, through lists, bound names, and beside the whole', t => {
  const context = {form: {a: 'x', b: {c: 2}, list: [{k: 1}, {k: 2}], none: null, 名称: '甲'}, rows: [{k: 1}], text: 'x'};
  const cases: ReadonlyArray<readonly [string, unknown]> = [
    ['form.a = "x" and form.b.c > 1', true], ['form.b.c + count(form.list)', 4], ['count(form.list[item.k = 2])', 1], ['form.list[1].k', 1],
    ['some x in form.list satisfies x.k = form.b.c', true], ['if form = null then 1 else form.b.c', 2], ['form.missing', null], ['form.missing.deeper', null],
    ['form.none = null', true], ['form.名称', '甲'], ['count(rows.k)', 1], ['text.nothing', null], ['for x in form.list return x.k', [1, 2]], ['{form: 1, b: form}.b', 1],
  ];
  for (const [text, expected] of cases) t.deepEqual(evaluateExpression(text, context), expected, text);
  t.throws(() => evaluateExpression('form.a = "x" and other.b = 1', context), {code: 'EXPRESSIONS_NAME_MISSING'});
  t.is(evaluateExpression('form.toString = null', context), true);
});
