import {fileURLToPath} from 'node:url';
import test from 'ava';
import {compileBundle} from '@banli/bundles';
import {readBundleFolder} from '@banli/bundles/node';
import {parseExpression} from '@banli/expressions';
import {placedFields} from '@banli/formats';
import {readCatalog, type ElementTables} from '@banli/formats/catalogs';
import {createForms} from '@banli/forms';
import {readTextFiles} from '@banli/testing';

const rows = (catalog: string, table = catalog) => (readCatalog(readTextFiles(new URL(`../../../catalogs/${catalog}/`, import.meta.url))).catalog?.tables[table]?.entries ?? []).map(entry => entry.values);
const tables: ElementTables = {version: 'test', elements: rows('elements'), options: rows('elements', 'options'), uses: rows('elements', 'uses'), dependencies: rows('elements', 'dependencies')};
const matters = rows('matters').map(row => row['code'] ?? '');
const leaves = matters.filter(code => !matters.some(other => other !== code && other.startsWith(code)));
/** Keeps compiled checks only. */
const forms = createForms();
const release = readBundleFolder(fileURLToPath(new URL('..', import.meta.url))).then(compileBundle);

/** The order form of a matter with the shipped catalog. */
async function formOf(matter: string, channel = 'phone', areaCode = '650100') {
  const own = await release;
  const layered = forms.layered(own, forms.layers(own, {matters: [matter, matter.slice(0, 4), matter.slice(0, 2)], channel, areaCode}, tables), []);
  const form = layered.bundle.forms['case'];
  if (!form) throw new Error('no form');
  return {layered, form, fields: placedFields(form.properties)};
}

test('every leaf of the shipped catalog gives a form that holds: names once, rules that can be computed, open to the clerk and to nobody by default', async t => {
  for (const matter of leaves) {
    const {layered, form, fields} = await formOf(matter);
    const names = fields.map(field => field.name);
    t.is(new Set(names).size, names.length, matter);
    const context = {step: 'callAccepted', form: {}, confidential: false, returnCount: 0, round: 1, excludedUnits: []};
    const access = forms.access(layered, {step: 'callAccepted', roles: ['clerk'], context});
    const reader = forms.access(layered, {step: null, roles: [], context});
    for (const {name, node} of fields.filter(field => field.name.startsWith('el_'))) {
      t.is(access[name], 'edit', `${matter} ${name}`);
      t.is(reader[name], 'hidden', `${matter} ${name}`);
      for (const rule of [node['x-banli']?.requiredWhen, node['x-banli']?.visibleWhen, node['x-banli']?.check]) if (rule !== undefined) t.notThrows(() => parseExpression(rule), `${matter} ${name}: ${rule}`);
    }
    const {problems} = forms.submit({form, access, stored: {}, sent: {}, requires: [], context, partial: false});
    t.deepEqual(problems.filter(({code}) => code !== 'FORMS_REQUIRED'), [], matter);
  }
});

test('what the base form asks already is not asked twice', async t => {
  const {fields} = await formOf('080102');
  t.is(fields.find(field => field.name === 'eventTime')?.node['x-banli']?.requiredWhen, 'true');
  t.deepEqual(fields.map(field => field.name).filter(name => name.startsWith('el_')), ['el_vehicle_plate', 'el_route_number']);
});

test('an order from a merged hotline has that line’s form, whatever its matter; others do not', async t => {
  const has = async (channel: string) => (await formOf('020101', channel)).fields.map(field => field.name).filter(name => name.startsWith('line'));
  t.deepEqual(await has('line-12315'), ['line12315Number', 'line12315Mediated']);
  t.deepEqual(await has('line-12333'), ['line12333Number', 'line12333Insurance']);
  t.deepEqual(await has('phone'), []);
});

test('what tells who a confidential caller is stays from handling units, and an id number always does', async t => {
  const at = async (matter: string, step: string | null, role: string, confidential: boolean) => {
    const {layered} = await formOf(matter);
    return forms.access(layered, {step, roles: [role], context: {step, form: {}, confidential, acceptingUnit: 'centre', actor: {unit: 'bureau', person: 'p', roles: [role]}, returnCount: 0, round: 1, excludedUnits: []}});
  };
  for (const [step, role] of [['signCase', 'liaison'], ['handleCase', 'handler'], [null, 'handler'], [null, 'gridWorker']] as const) {
    t.is((await at('030201', step, role, false))['el_building_unit'], 'read', `${role} needs to know where to go`);
    t.is((await at('030201', step, role, true))['el_building_unit'], 'hidden', role);
    t.is((await at('040201', step, role, false))['el_insured_number'], 'hidden', role);
  }
  t.is((await at('030201', null, 'dispatcher', true))['el_building_unit'], 'read');
  t.is((await at('040201', 'reviewIntake', 'reviewer', false))['el_insured_number'], 'read');
  const {fields} = await formOf('040201');
  t.like(fields.find(field => field.name === 'el_insured_number')?.node['x-banli'], {sensitivity: 'encrypt', mask: 'idNumber'});
});
