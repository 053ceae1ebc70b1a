import type {CatalogRow} from '@banli/formats/catalogs';
import {isPattern, type FieldBinding, type FormNode} from '@banli/formats';

/** An element of the catalog with its options, active ones only. */
export interface Element {
  readonly row: CatalogRow;
  readonly options: readonly CatalogRow[];
}

const longest = {text: 200, longText: 2_000} as const;
const mostFiles = 20;
/** Choices up to this number stand side by side, more are opened. */
const mostRadios = 4;
const digits = /^\^\[0-9\]\{\d+,(\d{1,2})\}\$$/;
const phonePattern = '^[0-9+-]{5,20}$';
const idNumberPattern = '^[0-9]{17}[0-9Xx]$';

/**
 * The form field of an element by its type; `name` is the field it becomes, for rules about itself. An unknown type is a line of text.
 * What tells who somebody is (family petitioner, telephone and id numbers) is stored encrypted and masked.
 *
 * @see Source: `requirements/xinjiang-hotline.md` §2.1.6 (name, type, rules, control), `requirements/xinjiang-services.md` §2.2.3.
 */
export function elementNode({row, options}: Element, name: string): FormNode {
  const {code = '', titleZh = '', titleEn, unitZh, type = 'text'} = row;
  // Publishing refuses a rule that is no pattern; one from before counts for nothing, as it must not stop registration.
  const rule = row['rule'] !== undefined && isPattern(row['rule']) ? row['rule'] : undefined;
  const binding: FieldBinding = {
    id: `element.${code}`,
    element: code,
    ...(titleEn === undefined ? {} : {titleEn}),
    ...(unitZh === undefined ? {} : {unit: unitZh}),
    ...sensitivityOf(row),
    ...(row['tellsWho'] === 'yes' ? {identifying: true} : {}),
  };
  const {binding: more, ...shape} = shapeOf(type, {options, rule, name});
  return {...shape, title: titleZh, 'x-decorator': 'FormItem', 'x-banli': {...binding, ...more}};
}

type Shape = Omit<FormNode, 'x-banli'> & {readonly type: FormNode['type']; readonly binding?: Partial<FieldBinding>};

function shapeOf(type: string, {options, rule, name}: {readonly options: readonly CatalogRow[]; readonly rule: string | undefined; readonly name: string}): Shape {
  const pattern = rule === undefined ? {} : {pattern: rule};
  const choices = options.map(({value = '', titleZh = '', titleEn}) => ({value, label: titleZh, ...(titleEn === undefined ? {} : {labelEn: titleEn})}));
  if (type === 'number') return numberShape(rule, name);
  if (type === 'money') return {type: 'number', minimum: 0, maximum: 1e12, 'x-component': 'NumberPicker', binding: {unit: '元'}};
  if (type === 'longText') return {type: 'string', maxLength: longest.longText, ...pattern, 'x-component': 'Input.TextArea', 'x-component-props': {rows: 3}};
  if (type === 'date') return {type: 'string', format: 'date', 'x-component': 'DatePicker'};
  if (type === 'dateTime') return {type: 'string', format: 'date-time', 'x-component': 'DatePicker', 'x-component-props': {showTime: true}};
  if (type === 'yesNo') return {type: 'string', enum: [{label: '是', labelEn: 'Yes', value: 'yes'}, {label: '否', labelEn: 'No', value: 'no'}], 'x-component': 'Radio.Group'};
  if (type === 'choice') return {type: 'string', enum: choices, 'x-component': choices.length <= mostRadios ? 'Radio.Group' : 'Select'};
  if (type === 'multiChoice') return {type: 'array', maxItems: Math.max(1, choices.length), enum: choices, items: {type: 'string', maxLength: 64}, 'x-component': choices.length <= mostRadios ? 'Checkbox.Group' : 'Select'};
  if (type === 'area') return {type: 'string', maxLength: 64, 'x-component': 'CatalogSelect', binding: {catalog: {id: 'areas'}}};
  if (type === 'file') return {type: 'array', maxItems: mostFiles, items: {type: 'string', maxLength: 64}, 'x-component': 'FileUpload', 'x-decorator-props': {gridSpan: 2}};
  if (type === 'phone') return {type: 'string', maxLength: 20, pattern: rule ?? phonePattern, 'x-component': 'Input'};
  if (type === 'idNumber') return {type: 'string', maxLength: 18, pattern: rule ?? idNumberPattern, 'x-component': 'Input'};
  return {type: 'string', maxLength: longest.text, ...pattern, 'x-component': 'Input'};
}

/** A rule of digits becomes a whole number with a range; any other is checked over the number as text. */
function numberShape(rule: string | undefined, name: string): Shape {
  const picker = {'x-component': 'NumberPicker'} as const;
  if (rule === undefined) return {type: 'number', ...picker};
  const count = digits.exec(rule)?.[1];
  if (count !== undefined) return {type: 'integer', minimum: 0, maximum: 10 ** Math.min(12, Number(count)) - 1, ...picker};
  return {type: 'number', ...picker, binding: {check: `matches(string(form.${name}), ${JSON.stringify(rule)})`, checkMessage: {'zh-CN': '格式不符合要求', en: 'Not written in the expected way'}}};
}

function sensitivityOf({family, type, code}: CatalogRow): Partial<FieldBinding> {
  const mask = type === 'phone' ? 'phone' : type === 'idNumber' ? 'idNumber' : code === 'petitioner-name' ? 'name' : undefined;
  if (family !== 'petitioner' && mask === undefined) return {};
  return {sensitivity: 'encrypt', ...(mask === undefined ? {} : {mask})};
}
