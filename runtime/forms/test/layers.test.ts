import test from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {placedFields, type CompiledBundle, type FieldAccess, type KeptLayers} from '@banli/formats';
import type {CatalogRow, ElementTables} from '@banli/formats/catalogs';
import {createForms, fieldsOf} from '@banli/forms';

const folder = new URL('../../../platform/bundles/test/fixtures/leave-desk', import.meta.url).pathname;
const files = readBundleFolder(folder);

/** The leave desk with a class form, one extension for the line 12315 and, if told, layouts by file. */
async function deskWith(layouts: Readonly<Record<string, object>> = {}): Promise<CompiledBundle> {
  const sound = await files;
  const extension = {
    type: 'object',
    'x-banli-extension': {id: 'goodsLine', form: 'leave', title: {'zh-CN': '商品热线'}, layer: 'line', when: {matters: ['0101']}},
    properties: {lineSection: {type: 'void', title: '12315', 'x-component': 'Section', 'x-banli': {group: 'elements'}, properties: {complaintNumber: {type: 'string', title: '投诉编号', 'x-component': 'Input', 'x-banli': {id: 'complaintNumber'}}}}},
  };
  return compileBundle({
    ...sound,
    'bundle.yaml': (sound['bundle.yaml'] ?? '').replace('catalogs: [leave-kinds]', 'catalogs: [leave-kinds, elements, areas]').concat('\nclassForm: {catalog: elements, form: leave, group: elements}\n'),
    'permissions.yaml': (sound['permissions.yaml'] ?? '').replace('groups:', 'groups:\n  elements: []'),
    'forms/leave.form.json': (sound['forms/leave.form.json'] ?? '').replace('"x-banli": {"id": "startsOn"}', '"x-banli": {"id": "startsOn", "element": "event-date"}'),
    'forms/extensions/goodsLine.form.json': JSON.stringify(extension),
    ...Object.fromEntries(Object.entries(layouts).map(([name, layout]) => [`forms/layouts/${name}.layout.json`, JSON.stringify(layout)])),
  });
}

const element = (code: string, type = 'text', more: CatalogRow = {}): CatalogRow => ({code, family: 'event', titleZh: `要素${code}`, titleEn: code, type, status: 'active', ...more});
const use = (matterCode: string, elementCode: string, required = 'no', position = '10'): CatalogRow => ({matterCode, elementCode, required, position, status: 'active'});
const link = (elementCode: string, kind: string, otherCode: string, value?: string): CatalogRow => ({elementCode, otherCode, kind, ...(value === undefined ? {} : {value}), messageZh: '关联', status: 'active'});
const option = (elementCode: string, value: string): CatalogRow => ({elementCode, value, titleZh: `选项${value}`, titleEn: value, status: 'active'});

const tables: ElementTables = {
  version: '1',
  elements: [element('shop-name', 'text', {rule: '^.{2,}$'}), element('amount', 'money', {unitZh: '元'}), element('people', 'number', {rule: '^[0-9]{1,3}$'}), element('sub-phone', 'phone'), element('stranded', 'yesNo'), element('kind', 'choice'), element('proof', 'file'), element('event-date', 'date'), element('broken', 'text', {rule: '['}), element('old', 'text', {status: 'retired'})],
  options: [option('kind', 'a'), option('kind', 'b')],
  uses: [use('01', 'shop-name'), use('01', 'proof'), use('0101', 'shop-name', 'yes'), use('0101', 'event-date', 'yes', '5'), use('010101', 'people', 'no', '20'), use('010101', 'stranded', 'no', '10'), use('010101', 'old', 'yes'), use('0102', 'kind', 'yes'), use('0102', 'sub-phone'), use('0102', 'broken')],
  dependencies: [link('people', 'shown-when', 'stranded', 'yes'), link('sub-phone', 'requires', 'shop-name')],
};

const subjectOf = (matter: string, areaCode = '650100') => ({matters: [matter, matter.slice(0, 4), matter.slice(0, 2)].filter((code, at, all) => all.indexOf(code) === at), channel: null, areaCode});

/** A case of the desk: its form, and what is wrong with what somebody sends. */
async function setup(matter: string, {rows = tables, areaCode = '650100', layouts = {}}: {rows?: ElementTables; areaCode?: string; layouts?: Readonly<Record<string, object>>} = {}) {
  const forms = createForms();
  const release = await deskWith(layouts);
  const kept = forms.layers(release, subjectOf(matter, areaCode), rows);
  const layered = forms.layered(release, kept, []);
  const form = layered.bundle.forms['leave'] ?? release.bundle.forms['leave'];
  if (!form) throw new Error('no form');
  const names = [...fieldsOf(form).keys()];
  const send = (sent: Readonly<Record<string, unknown>>, more: Readonly<Record<string, FieldAccess>> = {}) =>
    forms.submit({form, access: {...Object.fromEntries(names.map(name => [name, 'edit' as const])), ...more}, stored: {}, sent: {title: '报告', ...sent}, requires: [], context: {step: 'applyLeave', form: {}}, partial: false})
      .problems.map(({code, place}) => `${code.replace('FORMS_', '')} ${place.field ?? ''}`);
  return {forms, release, kept, layered, form, names, send};
}

const elementsOf = (names: readonly string[]) => names.filter(name => name.startsWith('el_'));

test('a matter has the elements of its branches, the innermost use holds, retired rows count for nothing', async t => {
  const {names, send, form} = await setup('010101');
  t.deepEqual(elementsOf(names), ['el_shop_name', 'el_stranded', 'el_people', 'el_proof']);
  t.true(names.includes('complaintNumber'), 'the extension of the branch');
  t.deepEqual(send({}), ['REQUIRED startsOn', 'REQUIRED el_shop_name']);
  t.deepEqual(placedFields(form.properties).filter(({path}) => path[0] === 'elementMoreSection').map(({name}) => name), ['el_stranded', 'el_people', 'el_proof']);
});

test('another matter has other fields: those of the first one are refused by name', async t => {
  const {names, send} = await setup('010201');
  t.deepEqual(elementsOf(names), ['el_kind', 'el_broken', 'el_sub_phone', 'el_proof', 'el_shop_name']);
  t.deepEqual(send({el_kind: 'a', el_people: 3, complaintNumber: '1'}), ['FIELD_UNKNOWN el_people', 'FIELD_UNKNOWN complaintNumber']);
});

test('types, rules and options of the catalog are checked', async t => {
  const {send} = await setup('010101');
  const good = {el_shop_name: '商店', startsOn: '2026-02-12'};
  t.deepEqual(send(good), []);
  t.deepEqual(send({...good, el_shop_name: '店'}), ['PATTERN el_shop_name']);
  t.deepEqual(send({...good, el_stranded: 'yes', el_people: 1_000}), ['RANGE el_people']);
  t.deepEqual(send({...good, el_stranded: 'yes', el_people: '3'}), ['TYPE el_people']);
  t.deepEqual(send({...good, el_stranded: 'perhaps'}), ['CHOICE el_stranded']);
  const other = await setup('010201');
  t.deepEqual(other.send({el_kind: 'c'}), ['CHOICE el_kind']);
  t.deepEqual(other.send({el_kind: 'a', el_sub_phone: 'abc', el_shop_name: '商店'}), ['PATTERN el_sub_phone']);
});

test('links are held: one element demands another, one is shown only with another', async t => {
  const other = await setup('010201');
  t.deepEqual(other.send({el_kind: 'a'}), []);
  t.deepEqual(other.send({el_kind: 'a', el_sub_phone: '09912345678'}), ['REQUIRED el_shop_name']);
  const {forms, form} = await setup('010101');
  const access = {startsOn: 'edit', el_shop_name: 'edit', el_stranded: 'edit', el_people: 'edit'} as const;
  const sent = {startsOn: '2026-02-12', el_shop_name: '商店', el_stranded: 'no', el_people: 3};
  t.false('el_people' in forms.submit({form, access, stored: {}, sent, requires: [], context: {form: {}}, partial: false}).values, 'a hidden answer is dropped');
});

test('a field that may not be written is refused by name, a hidden one is not shown, telling ones are masked and encrypted', async t => {
  const {send, forms, form} = await setup('010201');
  t.deepEqual(send({el_kind: 'a'}, {el_kind: 'hidden'}), ['FIELD_FORBIDDEN el_kind']);
  t.deepEqual(send({el_kind: 'a'}, {el_kind: 'read'}), ['FIELD_FORBIDDEN el_kind']);
  t.is(fieldsOf(form).get('el_sub_phone')?.binding.sensitivity, 'encrypt');
  t.deepEqual(forms.show(form, {el_sub_phone: 'read', el_kind: 'hidden'}, {el_sub_phone: '13812345678', el_kind: 'a'}, {unmask: false}), {el_sub_phone: '138****5678'});
});

test('one group of the field matrix stands for all elements, at every step; former ones are only read', async t => {
  const {release, forms, kept} = await setup('010101');
  const other = forms.layers(release, subjectOf('010201'), tables);
  const matrix = {...release.bundle.permissions, steps: {...release.bundle.permissions.steps, applyLeave: {elements: 'edit' as const}}};
  const own = {...release, bundle: {...release.bundle, permissions: matrix}};
  const layered = forms.layered(own, other, kept ? [kept] : []);
  const access = forms.access(layered, {step: 'applyLeave', roles: [], context: {}});
  t.like(access, {el_kind: 'edit', el_shop_name: 'edit', el_people: 'read', complaintNumber: 'read'});
  t.is(forms.access(layered, {step: null, roles: ['nobody'], context: {}})['el_kind'], 'hidden');
});

test('the same layers give the same release, and base fields that nothing touches stay the same objects', async t => {
  const {release, layered, kept, forms} = await setup('010101');
  t.is(forms.layered(release, kept, []), layered);
  t.is(forms.layers(release, subjectOf('010101'), tables)?.hash, kept?.hash);
  t.is(layered.bundle.forms['leave']?.properties['phone'], release.bundle.forms['leave']?.properties['phone']);
  t.is(forms.layers(release, subjectOf('99'), tables), null);
  t.is(forms.layered(release, null, []), release);
});

test('check 11: a field added to the class is on the next form in every city that did not hide it, hand-made layout survives three regenerations, renamed and moved fields stay themselves', async t => {
  const layouts = {base: {form: 'leave', sections: {elementSection: {after: 'main'}}, fields: {'element.shop-name': {section: 'main', after: 'days'}}}, hami: {form: 'leave', areas: ['6505'], fields: {'element.amount': {hidden: true}}}};
  const added = {...tables, version: '2', uses: [...tables.uses, use('0101', 'amount', 'no')]};
  const renamed = {...added, version: '3', elements: added.elements.map(row => (row['code'] === 'shop-name' ? {...row, titleZh: '商户全称'} : row))};
  const moved = {...renamed, version: '4', uses: renamed.uses.map(row => (row['elementCode'] === 'shop-name' && row['matterCode'] === '0101' ? {...row, matterCode: '010101', position: '99'} : row))};
  const ids = new Set<string>();
  let open: KeptLayers | null = null;
  for (const rows of [tables, added, renamed, moved]) {
    for (const [areaCode, hides] of [['650100', false], ['654300', false], ['650500', true]] as const) {
      const {names, form, kept} = await setup('010101', {rows, areaCode, layouts});
      open ??= kept;
      t.is(names.includes('el_amount'), rows !== tables && !hides, `${rows.version} ${areaCode}`);
      const shop = placedFields(form.properties).find(({name}) => name === 'el_shop_name');
      t.deepEqual([shop?.path.join('/'), names[names.indexOf('el_shop_name') - 1]], ['main', 'days'], rows.version);
      ids.add(shop?.node['x-banli']?.id ?? '');
    }
  }
  t.deepEqual([...ids], ['element.shop-name']);
  const demanded = {...moved, version: '5', uses: moved.uses.map(row => (row['elementCode'] === 'amount' ? {...row, required: 'yes'} : row))};
  t.true((await setup('010101', {rows: demanded, areaCode: '650500', layouts})).names.includes('el_amount'), 'what is required is asked although the city hid it');
  const {release, forms} = await setup('010101', {rows: moved, layouts});
  const still = forms.layered(release, open, []).bundle.forms['leave'];
  t.false(placedFields(still?.properties ?? {}).some(({name}) => name === 'el_amount'), 'an open case keeps the form of its version');
});

test('helps come in both languages: that of the use, else of the element, else the reason of the link that asks for it', async t => {
  const rows: ElementTables = {
    ...tables,
    elements: tables.elements.map(row => (row['code'] === 'proof' ? {...row, helpZh: '照片', helpEn: 'Photos'} : row)),
    uses: [...tables.uses.filter(row => row['elementCode'] !== 'stranded'), {...use('010101', 'stranded'), helpZh: '按紧急办理', helpEn: 'Handled as urgent'}],
    dependencies: tables.dependencies.map(row => ({...row, messageEn: 'Goes with it'})),
  };
  const helpsIn = async (matter: string) => Object.fromEntries(placedFields((await setup(matter, {rows})).form.properties).map(({name, node}) => [name, node['x-banli']?.help]));
  t.like(await helpsIn('010101'), {el_proof: {'zh-CN': '照片', en: 'Photos'}, el_stranded: {'zh-CN': '按紧急办理', en: 'Handled as urgent'}});
  t.like(await helpsIn('010201'), {el_shop_name: {'zh-CN': '关联', en: 'Goes with it'}, el_kind: undefined});
});
