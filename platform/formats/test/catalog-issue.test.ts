import test from 'ava';
import {readCatalog, readManifest, riskOf, type CatalogFiles, type TableIssue} from '../src/catalogs/index.js';

const columns = ['code', 'areaCode', 'unitId', 'value', 'unit', 'note', 'grade', 'old', 'status', 'sourceRef'];

/** A number, a choice of units of limits, a choice, and texts. */
const properties = {
  ...Object.fromEntries(columns.map(column => [column, {type: 'string'}])),
  value: {type: 'string', pattern: '^[1-9][0-9]{0,3}$'}, unit: {enum: ['workingDay', 'hour']}, grade: {enum: ['a', 'b']}, old: {type: 'string', retired: true},
};

function files(issue: unknown): CatalogFiles {
  const table = {file: 'data/things.csv', schema: 'schema/thing.json', key: ['code', 'areaCode'], issue, references: [{column: 'unitId', catalog: 'organisation', table: 'units', key: 'id', elsewhere: true}]};
  return {
    'catalog.yaml': JSON.stringify({id: 'things', version: '2026.1.0', effectiveFrom: '2026-01-01', kind: 'list', title: {'zh-CN': '物', en: 'Things'}, owner: 'u1', tables: {things: table}}),
    'schema/thing.json': JSON.stringify({type: 'object', required: columns, additionalProperties: false, properties}),
    'data/things.csv': `${columns.join()}\n`,
  };
}

const reasons = (issue: unknown): readonly string[] => readCatalog(files(issue)).problems.map(problem => String(problem.details?.['reason']));

test('a table says what lower levels may make of it', t => {
  const issue: TableIssue = {area: 'areaCode', local: true, overrides: [{columns: ['value', 'unit'], bound: 'notLonger'}, {columns: ['note'], bound: 'free'}, {columns: ['unitId'], bound: 'ownUnit'}, {columns: ['status'], bound: 'retire'}]};
  const {catalog, problems} = readCatalog(files(issue));
  t.deepEqual(problems, []);
  t.deepEqual(catalog?.manifest.tables['things']?.issue, issue);
});

test('rows of its own need no area, a direction names its order', t => {
  const issue: TableIssue = {local: true, localOnly: {note: ['a', 'b']}, overrides: [{columns: ['grade'], bound: 'notLower', order: ['a', 'b']}, {columns: ['note'], bound: 'extend'}]};
  const {catalog, problems} = readCatalog(files(issue));
  t.deepEqual(problems, []);
  t.deepEqual(catalog?.manifest.tables['things']?.issue, issue);
});

test('a catalog says how risky its changes are, and by level of its owner', t => {
  const text = (review: unknown) => JSON.stringify({...JSON.parse(files({local: true})['catalog.yaml'] ?? '') as object, review});
  const {manifest} = readManifest(text({risk: 'low', byLevel: {1: 'high'}}));
  t.deepEqual([1, 2, null].map(level => riskOf(manifest?.review, level)), ['high', 'low', 'low']);
  t.is(riskOf(undefined, 1), null);
  for (const wrong of [{}, {risk: 'none'}, {byLevel: {6: 'low'}}, {byLevel: {}}, {steps: 2}]) t.is(readManifest(text(wrong)).manifest, null, JSON.stringify(wrong));
});

const refuses = test.macro({
  exec(t, issue: unknown, ...expected: readonly RegExp[]) {
    const found = reasons(issue);
    t.is(found.length, expected.length, found.join('; '));
    expected.forEach((pattern, index) => t.regex(found[index] ?? '', pattern));
  },
  title: (title = '') => `${title} is refused`,
});

const override = (bound: string, ...named: readonly string[]) => ({overrides: [{columns: named, bound}]});
test('an unknown column', refuses, override('free', 'colour'), /column colour, which the rows do not have/);
test('an unknown area column', refuses, {area: 'place'}, /column place/);
test('a column in two overrides', refuses, {overrides: [{columns: ['note'], bound: 'free'}, {columns: ['note'], bound: 'free'}]}, /note stands in two/);
test('a key that could be overridden', refuses, override('free', 'code'), /code is key/);
test('an area that could be overridden', refuses, {area: 'areaCode', ...override('free', 'areaCode')}, /areaCode is key, parent or area/);
test('a limit without its unit', refuses, override('notLonger', 'value'), /value and unit/);
test('a status that any text may replace', refuses, override('free', 'status'), /only be overridden by retire/);
test('a unit column that refers to no units', refuses, override('ownUnit', 'note'), /refers to units/);
test('a direction without its order', refuses, override('notLower', 'note'), /wants an order/);
test('an order without its direction', refuses, {overrides: [{columns: ['note'], bound: 'free', order: ['low', 'high']}]}, /wants an order/);
test('a limit on a text column', refuses, override('notLonger', 'note', 'unit'), /note is to be a number/);
test('a limit whose unit is a text', refuses, override('notLonger', 'value', 'note'), /choice of units/);
test('a direction of a text', refuses, {overrides: [{columns: ['note'], bound: 'notLower', order: ['a', 'b']}]}, /every value of the choice note/);
test('a direction that leaves a value out', refuses, {overrides: [{columns: ['grade'], bound: 'notLower', order: ['a', 'c']}]}, /every value of the choice grade/);
test('a choice to extend', refuses, override('extend', 'grade'), /extend wants a text/);
test('a retired column', refuses, override('free', 'old'), /old is retired/);
test('a text to extend over two columns', refuses, override('extend', 'note', 'value'), /extend wants one column/);
test('values of rows of its own where there are none', refuses, {localOnly: {note: ['a']}}, /wants local rows/);
test('values of an unknown column', refuses, {local: true, localOnly: {colour: ['red']}}, /column colour/);
test('an unknown bound', refuses, override('longer', 'note'), /allowed values/);
test('an empty statement', refuses, {}, /fewer than 1/);
