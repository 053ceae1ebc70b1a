import {readdir, readFile} from 'node:fs/promises';
import test from 'ava';
import {readCatalog} from '@banli/formats/catalogs';
import {readTextFiles} from '@banli/testing';

test('everything on the drawing that has a name has one in English, and so has every outcome and request', async t => {
  const drawing = await readFile(new URL('../processes/hotlineCase.bpmn', import.meta.url), 'utf8');
  const named = [...drawing.matchAll(/<(?:bpmn:(?:\w+Event|\w+Task|\w+Gateway|subProcess|sequenceFlow)|banli:(?:outcome|action)) [^>]*\bname="[^"]+"[^>]*>/g)].map(([tag]) => tag);
  t.true(named.length > 100);
  t.deepEqual(named.filter(tag => !/nameEn="[A-Za-z][^"\u4e00-\u9fff]*"/.test(tag)), []);
  t.deepEqual(named.filter(tag => / confirm="/.test(tag) && !/confirmEn="[^"\u4e00-\u9fff]+"/.test(tag)), []);
});

/** Chinese texts of a form without English beside them, by the way to them. */
function untold(node: unknown, way: string): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const {title, label, description, labelEn, 'zh-CN': chinese, en, 'x-banli': binding, 'x-component-props': props, ...rest} = node as Readonly<Record<string, unknown>>;
  const {titleEn, descriptionEn} = {...(props as object), ...(binding as object)} as Readonly<Record<string, unknown>>;
  const isRoot = rest['properties'] !== undefined && rest['type'] !== 'void';
  const pairs: ReadonlyArray<readonly [unknown, unknown, string]> = isRoot ? [] : [[title, titleEn, 'title'], [label, labelEn, 'label'], [description, descriptionEn, 'description'], [chinese, en, 'text']];
  const own = pairs.filter(([zh, english]) => typeof zh === 'string' && typeof english !== 'string').map(([, , what]) => `${way}: ${what}`);
  return [...own, ...Object.entries({...rest, binding}).flatMap(([name, inner]) => untold(inner, `${way}/${name}`))];
}

test('every title, help, choice and phrase of the forms has its English', async t => {
  const folder = new URL('../forms/', import.meta.url);
  const files = (await readdir(folder, {recursive: true})).filter(name => name.endsWith('.form.json'));
  t.true(files.length > 3);
  for (const name of files) t.deepEqual(untold(JSON.parse(await readFile(new URL(name, folder), 'utf8')), name), []);
});

test('every help that the elements bring into the form, and every reason of a link, has its English', t => {
  const {catalog} = readCatalog(readTextFiles(new URL('../../../catalogs/elements/', import.meta.url)));
  const rows = Object.values(catalog?.tables ?? {}).flatMap(table => table.entries.map(entry => entry.values));
  t.true(rows.length > 100);
  t.deepEqual(rows.filter(row => (row['helpZh'] !== undefined && row['helpEn'] === undefined) || (row['messageZh'] !== undefined && row['messageEn'] === undefined)), []);
});
