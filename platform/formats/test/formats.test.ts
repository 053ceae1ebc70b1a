import test from 'ava';
import fc from 'fast-check';
import {Ajv2020} from 'ajv/dist/2020.js';
import {checkSchema, maxFileBytes, readLimits, readManifest, readPermissions, schemas} from '@banli/formats';
import {propertySeed} from '@banli/testing/property-seed';

const manifest = `id: leaveDesk
version: 1.0.0
title: {zh-CN: 请假, en: Leave}
mainProcess: leaveCase
needs: {plugins: [], catalogs: []}
roles:
  - {id: clerk, title: {zh-CN: 经办人}}
numbering: {pattern: "{centre}-{seq:6}"}
states:
  - {id: open, title: {zh-CN: 办理中}, public: null}
publicStates: []
caseFields: {title: title}
sharedGroups: []
duplicateKey: []
variables: []
`;

test('a complete manifest is read', t => {
  const {value, problems} = readManifest('bundle.yaml', manifest);
  t.deepEqual(problems, []);
  t.is(value?.mainProcess, 'leaveCase');
});

test('every wrong place is listed with line, column and code', t => {
  const text = manifest.replace('version: 1.0.0', 'version: one').replace('mainProcess: leaveCase\n', '').concat('colour: red\n');
  const {value, problems} = readManifest('bundle.yaml', text);
  t.is(value, null);
  t.deepEqual(problems.map(({code, place}) => [code, place.line, place.column]).sort(), [
    ['FORMATS_MISSING_KEY', 1, 1],
    ['FORMATS_PATTERN', 2, 10],
    ['FORMATS_UNKNOWN_KEY', 15, 1],
  ]);
});

test('the nearest of several shapes is reported', t => {
  const {problems} = readLimits('limits.yaml', 'clocks:\n  - {id: a, title: {zh-CN: 甲}, limit: {fixed: P1D, unit: week, source: own}, on: [{event: started, do: start}], lapse: []}\n');
  t.deepEqual(problems.map(({code}) => code), ['FORMATS_NOT_ALLOWED']);
});

test('how long before a promised date of a pause somebody is reminded is a whole number of working days, with its source', t => {
  const codes = (remind: string) => readLimits('limits.yaml', `clocks: []\npauses: {remind: ${remind}}\n`).problems.map(({code}) => code);
  t.deepEqual(codes("{workingDays: 1, sms: true, source: 'own:'}"), []);
  t.deepEqual(codes("{workingDays: 0, source: 'own:'}"), ['FORMATS_RANGE']);
  t.deepEqual(codes('{workingDays: 1}'), ['FORMATS_MISSING_KEY']);
});

const refuses = test.macro({
  exec(t, text: string, code: string) {
    t.is(readPermissions('permissions.yaml', text).problems[0]?.code, `FORMATS_${code}`);
  },
  title: title => `${title ?? ''} is refused`,
});

test('an unclosed bracket', refuses, 'start: [a\n', 'SYNTAX');
test('a repeated key', refuses, 'start: [a]\nstart: [b]\n', 'SYNTAX');
test('an alias', refuses, 'start: &a [b]\ncancel: *a\n', 'SYNTAX');
test('a tag', refuses, 'start: !!js/function x\n', 'SYNTAX');
test('hostile nesting', refuses, '['.repeat(100_000), 'TOO_DEEP');
test('hostile indentation', refuses, Array.from({length: 400}, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'TOO_DEEP');
test('a file that is too large', refuses, '#'.repeat(maxFileBytes + 1), 'TOO_LARGE');
test('a list instead of a mapping', refuses, '- a\n', 'TYPE');
test('an empty file', refuses, '', 'TYPE');

for (const [name, schema] of Object.entries(schemas)) {
  test(`our check of ${name} agrees with Ajv, on good and on damaged values`, t => {
    const validate = new Ajv2020({strict: true, strictRequired: false, allowUnionTypes: true, formats: {}}).compile(schema);
    const names = fc.constantFrom('id', 'type', 'title', 'zh-CN', 'properties', 'x-banli', 'x-banli-form', 'clocks', 'limit', 'kind', 'fixed', 'unit', 'source', 'on', 'event', 'do', 'start', 'cancel', 'view', 'groups', 'steps', 'readers', 'closures', 'roles', 'lapse', 'entry', 'server', 'version', 'sdk');
    const leaves = fc.constantFrom('respond', 'a', 'A-b', '', '1.0.0', '^1.0.0', 'P1D', 'hour', 'string', 'object', 'start', 'started', 'own:x', 1, -1, 1.5, true, null);
    const {value} = fc.letrec<{value: unknown}>(tie => ({
      value: fc.oneof({maxDepth: 4}, leaves, fc.array(tie('value'), {maxLength: 3}), fc.dictionary(names, tie('value'), {maxKeys: 6, noNullPrototype: true})),
    }));
    fc.assert(fc.property(value, sample => (checkSchema(schema, sample).length === 0) === validate(sample)), {numRuns: 400, seed: propertySeed});
    if (name === 'bundle') t.true(validate(readManifest('bundle.yaml', manifest).value));
    t.pass();
  });
}
