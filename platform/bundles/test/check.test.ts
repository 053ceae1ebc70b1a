import test from 'ava';
import {errorText} from '@banli/errors';
import {checkBundle, compileBundle} from '@banli/bundles';
import {damage, readDamages, soundFiles} from './setup.js';

const sound = await soundFiles();
const damages = await readDamages();

test('a sound bundle has no problems', t => {
  t.deepEqual(checkBundle(sound).problems, []);
});

for (const each of damages) {
  test(`refused: ${each.name}`, t => {
    const {problems, compiled} = checkBundle(damage(sound, each));
    t.is(compiled, undefined);
    t.deepEqual([...new Set(problems.map(({code}) => code))].sort(), [...new Set(each.codes)].sort(), problems.map(({message}) => message).join('\n'));
    if (each.element) t.true(problems.some(({place}) => place.element === each.element), problems.map(({place}) => place.element).join());
    for (const {place, code, details} of problems) {
      t.truthy(place.file);
      t.truthy(errorText(code, 'zh-CN', details));
      t.notRegex(errorText(code, 'zh-CN', details) ?? '', /\{(?!seq|centre|yyyyMMdd)\w+\}/);
    }
  });
}

test('all problems of several files show at once', t => {
  const some = damages.filter(({name}) => ['step with an unknown form', 'form with an unknown catalog', 'notice to nobody', 'number without a counter'].includes(name));
  const {problems} = checkBundle(some.reduce(damage, sound));
  t.deepEqual([...new Set(problems.map(({place}) => place.file))].sort(), ['bundle.yaml', 'forms/leave.form.json', 'limits.yaml', 'processes/leaveCase.bpmn']);
});

test('a problem in a drawing, a form and a YAML file stands at its line', t => {
  for (const [name, line] of [['effect of the wrong type', 18], ['form rule over an unknown field', 15], ['unknown role may start', 1]] as const) {
    const found = damages.find(each => each.name === name);
    t.is(found && checkBundle(damage(sound, found)).problems[0]?.place.line, line, name);
  }
});

test('what is not installed is refused when the installation is known', t => {
  t.deepEqual(checkBundle(sound, {topics: ['desk.sendNotice'], plugins: ['desk'], catalogs: ['leave-kinds'], widgets: []}).problems, []);
  const {problems} = checkBundle(sound, {topics: [], plugins: [], catalogs: [], widgets: []});
  t.deepEqual(problems.map(({place}) => place.element ?? place.field), ['needs.plugins', 'needs.catalogs', 'sendNotice']);
});

test('the runs of a strand are single user tasks: a worker in its sub-process is refused at the element', t => {
  const [drawing = ''] = Object.keys(sound).filter(file => file.endsWith('.bpmn'));
  const flow = '<bpmn:sequenceFlow id="wholeSeen" sourceRef="wholeLapsed" targetRef="wholeNoted" />';
  const withWorker = (sound[drawing] ?? '').replace(flow, `<bpmn:serviceTask id="noteLate" name="记录" banli:topic="desk.sendNotice" />${flow.replace('wholeNoted', 'noteLate')}<bpmn:sequenceFlow id="wholeOver" sourceRef="noteLate" targetRef="wholeNoted" />`);
  const strands = 'strands:\n  - {id: late, title: {zh-CN: 超期}, subProcess: wholeLate, fields: [reason]}\nstates:\n';
  const files = {...sound, [drawing]: withWorker, 'bundle.yaml': (sound['bundle.yaml'] ?? '').replace('states:\n', strands)};
  t.deepEqual(checkBundle(files).problems.filter(({code}) => code === 'BUNDLES_STRAND_NODE').map(({details}) => details?.['element']), ['noteLate']);
  t.deepEqual(checkBundle({...sound, 'bundle.yaml': files['bundle.yaml']}).problems, [], 'without it the strand is sound');
});

test('what a worker cannot do without must be given, and of the right type', async t => {
  const sound = await soundFiles();
  const noticed = (properties: object, required: readonly string[]): readonly (readonly [string, string | undefined, string | undefined])[] =>
    checkBundle(sound, {topics: ['desk.sendNotice'], inputs: {'desk.sendNotice': {required, properties}}}).problems.map(({code, place}) => [code, place.element, place.field]);
  t.deepEqual(noticed({}, []), []);
  t.deepEqual(noticed({channel: {type: 'string'}}, ['channel']), [['BUNDLES_INPUT_MISSING', 'sendNotice', 'input channel']]);
  t.deepEqual(noticed({title: {type: ['boolean', 'null']}}, ['title']).map(([, element, field]) => [element, field]), [['sendNotice', 'input title']]);
  t.deepEqual(noticed({title: {type: ['string', 'null']}}, ['title']), []);
});

test('compiling a damaged bundle throws one error with every problem', t => {
  const error = t.throws(() => compileBundle({...sound, 'bundle.yaml': 'id: 1'}));
  t.is((error as {code?: string}).code, 'BUNDLES_REFUSED');
});

test('too many files and too much text are refused before anything is read', t => {
  const many = Object.fromEntries(Array.from({length: 401}, (_, index) => [`samples/s${index}.yaml`, 'a: 1']));
  t.deepEqual(checkBundle({...sound, ...many}).problems.map(({code}) => code), ['BUNDLES_TOO_MANY_FILES']);
  t.true(checkBundle({...sound, 'README.md': 'x'.repeat(9_000_000)}).problems.some(({code}) => code === 'BUNDLES_TOO_LARGE'));
});

test('hostile nesting of XML is refused', t => {
  const deep = `${'<bpmn:a>'.repeat(200)}${'</bpmn:a>'.repeat(200)}`;
  const {problems} = checkBundle({...sound, 'processes/leaveCase.bpmn': `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">${deep}</bpmn:definitions>`});
  t.true(problems.some(({code}) => code === 'BUNDLES_XML_TOO_DEEP'));
});
