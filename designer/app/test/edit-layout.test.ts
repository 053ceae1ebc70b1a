import test from 'ava';
import fc from 'fast-check';
import {readFormLayout, type FormLayer, type FormNode, type FormSchema} from '@banli/formats';
import {composeForm, type Composition} from '../src/layout/compose-form.js';
import {layoutText, moveField, newLayout, overruledBy, placeField, replaced} from '../src/layout/edit-layout.js';
import type {LayoutFile} from '../src/layout/read-layers.js';

const field = (id: string, binding: object = {}): FormNode => ({type: 'string', title: id, 'x-banli': {id, ...binding}});
const section = (properties: Record<string, FormNode>): FormNode => ({type: 'void', 'x-component': 'Section', properties});

/** A base form with the section `main` (title, place), and a class with the fields a–d in `elements`. */
function setup(codes: readonly string[] = ['a', 'b', 'c', 'd']) {
  const base: FormSchema = {type: 'object', 'x-banli-form': {id: 'case', title: {'zh-CN': '工单'}}, properties: {main: section({title: field('title'), place: field('place')})}};
  const layer: FormLayer = {id: 'class', layer: 'class', title: {'zh-CN': '要素'}, properties: {elements: section(Object.fromEntries(codes.map(code => [`el_${code}`, field(`element.${code}`, {element: code, ...(code === 'd' ? {requiredWhen: 'true'} : {})})])))}};
  const general: LayoutFile = {path: 'forms/layouts/case.layout.json', layout: {form: 'case', fields: {}}};
  const composition: Composition = {form: 'case', base, layers: [layer], layouts: [general]};
  return {general, composition};
}

const named = (composition: Composition, name: string) => composeForm(composition).sections.find(each => each.name === name)?.fields.map(each => each.name.replace('el_', '')).join('') ?? '';
const after = (composition: Composition, file: LayoutFile) => ({...composition, layouts: replaced(composition.layouts, file)});

test('a field moves by its own place where that is enough, and every order of a class can be reached', t => {
  const {composition, general} = setup();
  const once = moveField(composition, general, 'element.a', 1);
  t.deepEqual(once?.layout.fields, {'element.a': {after: 'element.b'}}, 'one entry');
  t.is(named(after(composition, once ?? general), 'elements'), 'bacd');
  t.is(moveField(composition, general, 'element.a', -1), null);
  t.is(moveField(composition, general, 'element.d', 1), null);
  t.is(moveField(composition, general, 'title', 1), null, 'base forms are laid out by hand');
  fc.assert(fc.property(fc.array(fc.record({id: fc.constantFrom('a', 'b', 'c', 'd'), by: fc.constantFrom(-1 as const, 1 as const)}), {maxLength: 12}), moves => {
    let file = general;
    let expected = ['a', 'b', 'c', 'd'];
    for (const {id, by} of moves) {
      const at = expected.indexOf(id);
      const next = moveField(after(composition, file), file, `element.${id}`, by);
      const isPossible = at + by >= 0 && at + by < expected.length;
      t.is(next !== null, isPossible);
      if (!next) continue;
      expected = expected.map((each, index) => (index === at ? (expected[at + by] ?? '') : index === at + by ? id : each));
      file = next;
      t.is(named(after(composition, file), 'elements'), expected.join(''));
      t.deepEqual(readFormLayout(file.path, layoutText(file.layout)).problems, []);
    }
  }), {numRuns: 60});
});

test('a field goes into another section, behind its fields but not before them, and back', t => {
  const {composition, general} = setup();
  const moved = placeField(composition, general, 'element.b', {section: 'main', after: undefined});
  t.deepEqual([named(after(composition, moved), 'main'), named(after(composition, moved), 'elements')], ['titleplaceb', 'acd']);
  const up = moveField(after(composition, moved), moved, 'element.b', -1);
  t.is(named(after(composition, up ?? moved), 'main'), 'titlebplace');
  t.is(moveField(after(composition, up ?? moved), up ?? moved, 'element.b', -1), null);
  const back = placeField(composition, up ?? moved, 'element.b', {section: undefined, after: undefined});
  t.deepEqual(back.layout.fields, {}, 'what says nothing is not kept');
});

test('what is hidden is set apart and shown again; what is required stays; every field says where it comes from', t => {
  const {composition, general} = setup();
  const hidden = ['a', 'd'].reduce((file, code) => placeField(composition, file, `element.${code}`, {hidden: true}), general);
  const composed = composeForm(after(composition, hidden));
  t.deepEqual(composed.hidden.map(({id, section: home}) => [id, home]), [['element.a', 'elements']]);
  t.is(named(after(composition, hidden), 'elements'), 'bcd', 'd is required');
  t.deepEqual(composed.sections.flatMap(({fields}) => fields.map(({name, sources, isPlaceable, isDemanded}) => [name, sources.map(source => source.layer).join(), isPlaceable, isDemanded])), [['title', 'base', false, false], ['place', 'base', false, false], ['el_b', 'class', true, false], ['el_c', 'class', true, false], ['el_d', 'class', true, true]]);
});

test('the layout of a place takes over what holds everywhere, and says nothing where it says the same', t => {
  const {composition, general} = setup();
  const everywhere = placeField(composition, general, 'element.a', {title: {'zh-CN': '改名'}});
  const local = newLayout('case', '650100');
  t.deepEqual([local.path, local.layout.areas], ['forms/layouts/case6501.layout.json', ['6501']]);
  t.deepEqual([newLayout('case', '650000').layout.areas, newLayout('case', '650102004').layout.areas], [['65'], ['650102004']]);
  const both = {...composition, layouts: [everywhere, local]};
  const wide = placeField(both, local, 'element.a', {width: 'two'});
  t.deepEqual(wide.layout.fields, {'element.a': {title: {'zh-CN': '改名'}, width: 'two'}});
  t.is(overruledBy(after(both, wide).layouts, everywhere, 'element.a')?.path, local.path);
  t.is(overruledBy(after(both, wide).layouts, wide, 'element.a'), null);
  t.deepEqual(placeField(after(both, wide), wide, 'element.a', {width: undefined}).layout.fields, {});
});
