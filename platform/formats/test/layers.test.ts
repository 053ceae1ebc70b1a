import test from 'ava';
import fc from 'fast-check';
import {formerLayer, layerForm, layersFor, placedFields, type FormExtension, type FormLayer, type FormLayout, type FormNode, type FormSchema} from '@banli/formats';

const field = (id: string, more: Partial<FormNode> = {}, binding: object = {}): FormNode => ({type: 'string', title: id, ...more, 'x-banli': {id, ...binding}});
const section = (properties: Record<string, FormNode>): FormNode => ({type: 'void', 'x-component': 'Section', 'x-banli': {id: 'section', group: 'elements'}, properties});

/** A base form with one section, one field of which holds the element `place`. */
function setup() {
  const base: FormSchema = {
    type: 'object',
    'x-banli-form': {id: 'case', title: {'zh-CN': '工单'}},
    properties: {main: {type: 'void', 'x-component': 'Section', properties: {grid: {type: 'void', 'x-component': 'Grid', properties: {title: field('title'), place: field('place', {maxLength: 80}, {element: 'place', visibleWhen: 'form.title != null'})}}}}, end: {type: 'void', 'x-component': 'Section', properties: {opinion: field('opinion')}}},
  };
  const layer = (codes: readonly string[], id = 'class'): FormLayer => ({id, layer: 'class', title: {'zh-CN': id}, properties: {elements: section(Object.fromEntries(codes.map(code => [`el_${code}`, field(`element.${code}`, {title: code}, {element: code})])))}});
  const layout = (fields: FormLayout['fields'], more: Partial<FormLayout> = {}): FormLayout => ({form: 'case', fields, ...more});
  return {base, layer, layout};
}

const where = (form: FormSchema) => placedFields(form.properties).map(({name, path}) => `${path.join('/')}/${name}`);

test('a class adds its fields in a section of their own, in its group; untouched nodes stay the same objects', t => {
  const {base, layer, layout} = setup();
  const form = layerForm(base, [layer(['shop', 'amount'])], [layout({}, {sections: {elements: {after: 'main', title: {'zh-CN': '要素', en: 'Elements'}}}})]);
  t.deepEqual(where(form), ['main/grid/title', 'main/grid/place', 'elements/el_shop', 'elements/el_amount', 'end/opinion']);
  t.is(form.properties['main'], base.properties['main']);
  t.is(form.properties['elements']?.title, '要素');
  t.is(placedFields(form.properties)[2]?.node['x-banli']?.group, 'elements');
  t.is(layerForm(base, []), base);
});

test('an element that the base form holds already extends that field: what is demanded adds up, how it looks stays', t => {
  const {base} = setup();
  const over: FormLayer = {id: 'class', layer: 'class', title: {'zh-CN': '类'}, properties: {elements: section({el_place: field('element.place', {title: '发生地址', maxLength: 10, minLength: 2}, {element: 'place', requiredWhen: 'true', visibleWhen: 'form.x = 1', help: {'zh-CN': '精确到门牌'}})})}};
  const form = layerForm(base, [over]);
  t.deepEqual(where(form), where(base));
  const place = placedFields(form.properties)[1]?.node;
  t.like(place, {title: 'place', maxLength: 80, minLength: 2, 'x-banli': {id: 'place', requiredWhen: 'true', visibleWhen: '(form.title != null) and (form.x = 1)', help: {'zh-CN': '精确到门牌'}}});
});

test('lines and local additions extend the class, and the layout of a place hides and renames only there', t => {
  const {base, layer, layout} = setup();
  const line: FormExtension = {type: 'object', 'x-banli-extension': {id: 'goodsLine', form: 'case', title: {'zh-CN': '商品'}, layer: 'line', when: {matters: ['01'], channels: ['line-12315']}}, properties: {elements: section({batch: field('batch'), again: field('element.shop', {}, {requiredWhen: 'true'})})}};
  const local: FormExtension = {...line, 'x-banli-extension': {...line['x-banli-extension'], id: 'city', layer: 'local', when: {areas: ['6501']}}, properties: {elements: section({localNote: field('localNote')})}};
  const layouts = [layout({'element.amount': {hidden: true}, batch: {after: 'title', title: {'zh-CN': '批号'}}}, {areas: ['6501']}), layout({localNote: {section: 'end'}})];
  const at = (areaCode: string, channel: string) => {
    const found = layersFor('case', [local, line], layouts, {matters: ['0101', '01'], channel, areaCode});
    return where(layerForm(base, [layer(['shop', 'amount']), ...found.layers], found.layouts));
  };
  t.deepEqual(at('650102', 'line-12315'), ['main/grid/title', 'main/grid/batch', 'main/grid/place', 'end/opinion', 'end/localNote', 'elements/el_shop']);
  t.deepEqual(at('650200', 'line-12315'), ['main/grid/title', 'main/grid/place', 'end/opinion', 'elements/el_shop', 'elements/el_amount', 'elements/batch']);
  t.deepEqual(at('650200', 'phone'), ['main/grid/title', 'main/grid/place', 'end/opinion', 'elements/el_shop', 'elements/el_amount']);
});

test('fields that a class has no longer are kept for reading only, without their rules', t => {
  const {base, layer} = setup();
  const form = layerForm(base, [layer(['shop'])]);
  const old: FormLayer = {id: 'old', layer: 'class', title: {'zh-CN': '旧'}, properties: {elements: section({el_shop: field('element.shop'), el_loss: field('element.loss', {}, {requiredWhen: 'true', sensitivity: 'encrypt'}), el_place: field('element.place', {}, {element: 'place'})})}};
  const former = formerLayer(form, [old, old], {name: 'formerSection', title: '原事项要素', titleEn: 'Former elements'});
  t.deepEqual(placedFields(former.properties).map(({name}) => name), ['el_loss']);
  t.deepEqual(placedFields(former.properties)[0]?.node['x-banli'], {id: 'element.loss', sensitivity: 'encrypt', group: 'elements', retired: true});
  t.deepEqual(where(layerForm(form, [former])).at(-1), 'formerSection/el_loss');
});

test('two fields of one name are refused', t => {
  const {base} = setup();
  const bad: FormLayer = {id: 'bad', layer: 'line', title: {'zh-CN': '坏'}, properties: {elements: section({title: field('other')})}};
  t.throws(() => layerForm(base, [bad]), {message: /bad.*title/});
});

test('hand-made layout survives three regenerations: what is placed stays where it is, whatever the class gains, loses, renames or orders anew', t => {
  const {base, layer, layout} = setup();
  const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
  const classes = fc.array(fc.shuffledSubarray(codes, {minLength: 1}), {minLength: 3, maxLength: 3});
  const placement = fc.oneof(fc.constant({hidden: true as const}), fc.record({section: fc.constantFrom('main', 'end'), title: fc.constant({'zh-CN': '改名'})}), fc.record({after: fc.constantFrom('title', 'opinion')}));
  fc.assert(fc.property(classes, fc.dictionary(fc.constantFrom(...codes.map(code => `element.${code}`)), placement, {noNullPrototype: true}), (regenerated, fields) => {
    const hand = layout(fields);
    const before = JSON.stringify(hand);
    const home = new Map<string, string>();
    for (const used of regenerated) {
      const form = layerForm(base, [layer(used)], [hand]);
      t.is(JSON.stringify(layerForm(base, [layer(used)], [hand])), JSON.stringify(form));
      for (const code of codes) {
        const shown = placedFields(form.properties).find(({node}) => node['x-banli']?.id === `element.${code}`);
        const hidden = Object.hasOwn(fields, `element.${code}`) && 'hidden' in (fields[`element.${code}`] ?? {});
        t.is(shown !== undefined, used.includes(code) && !hidden, code);
        if (!shown) continue;
        const place = `${shown.name} ${shown.path.join('/')} ${shown.node.title ?? ''}`;
        t.is(home.get(code) ?? place, place);
        home.set(code, place);
      }
      t.true(placedFields(form.properties).map(({name}) => name).filter(name => !name.startsWith('el_')).join() === 'title,place,opinion');
    }
    t.is(JSON.stringify(hand), before);
  }), {numRuns: 200, seed: 11});
});

test('what is required is shown although an old layout hides it, and a layout says how wide a field is', t => {
  const {base, layout} = setup();
  const asked = (requiredWhen: string | undefined): FormLayer => ({id: 'class', layer: 'class', title: {'zh-CN': '类'}, properties: {elements: section({el_shop: field('element.shop', {}, {element: 'shop', ...(requiredWhen === undefined ? {} : {requiredWhen})})})}});
  const shown = (requiredWhen: string | undefined) => where(layerForm(base, [asked(requiredWhen)], [layout({'element.shop': {hidden: true}})])).includes('elements/el_shop');
  t.deepEqual(['true', 'form.title != null', 'false', undefined].map(shown), [true, true, false, false]);
  const line: FormLayer = {...asked('true'), id: 'line', layer: 'line'};
  t.true(where(layerForm(base, [asked(undefined), line], [layout({'element.shop': {hidden: true}})])).includes('elements/el_shop'), 'a line demands what the class does not');
  const wide = layerForm(base, [asked('true')], [layout({'element.shop': {width: 'two'}})]);
  t.deepEqual(placedFields(wide.properties).find(({name}) => name === 'el_shop')?.node['x-decorator-props'], {gridSpan: 2});
});

test('a field stands behind another of a layer, in whatever order the class brings them, and behind the next one before where that is not asked', t => {
  const {base, layer, layout} = setup();
  const own = (codes: readonly string[], fields: FormLayout['fields']) => where(layerForm(base, [layer(codes)], [layout(fields)])).filter(name => name.startsWith('elements/')).join(' ');
  const chain = {'element.a': {after: 'element.b'}, 'element.c': {after: 'element.a'}, 'element.d': {after: 'element.c'}};
  t.is(own(['a', 'b', 'c', 'd'], chain), 'elements/el_b elements/el_a elements/el_c elements/el_d');
  t.is(own(['d', 'c', 'b'], chain), 'elements/el_b elements/el_c elements/el_d', 'a is not asked');
  t.is(own(['a', 'c', 'd'], chain), 'elements/el_a elements/el_c elements/el_d', 'the first of the chain is not asked');
  t.is(own(['a', 'b', 'c'], {'element.a': {after: 'element.b'}, 'element.b': {after: 'element.a'}}), 'elements/el_c elements/el_a elements/el_b', 'a circle says nothing');
});
