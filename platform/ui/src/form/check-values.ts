import {isCreditCode} from '@banli/formats/checks';
import {isTrueOr, type FeelContext} from '@banli/expressions';
import {localize} from '../i18n/hooks.js';
import type {Language, Translate} from '../i18n/texts.js';
import type {UiKey} from '../i18n/zh-cn.js';
import {nodeTitle, type FieldInfo} from './fields-of.js';
import {isEmptyValue, type FieldView, type FormValues} from './field-views.js';

/** What a check needs beside the values. */
export interface CheckTools {
  readonly context: FeelContext;
  readonly language: Language;
  readonly t: Translate<UiKey>;
}

/** The first thing wrong with a field's value, as a sentence; `null` when it is good, empty and optional, or not writable. */
export function checkField(field: FieldInfo, view: FieldView | undefined, values: FormValues, tools: CheckTools): string | null {
  if (view?.display !== 'edit') return null;
  const value = values[field.name];
  const title = nodeTitle(field.name, field.node, tools.language);
  if (isEmptyValue(value)) return view.required ? tools.t(missingText(field), {field: title}) : null;
  return checkShape(field, value, title, tools) ?? checkRule(field, values, title, tools);
}

/** Problems of all fields by name, in reading order. */
export function checkValues(fields: readonly FieldInfo[], views: ReadonlyMap<string, FieldView>, values: FormValues, tools: CheckTools): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const problem = checkField(field, views.get(field.name), values, tools);
    if (problem !== null) problems[field.name] = problem;
  }
  return problems;
}

const chosenComponents = /Select|Radio|Checkbox|Picker|Rating/;

/** 请填写, 请选择 or 请上传, after how the field is filled. */
function missingText({node}: FieldInfo): UiKey {
  const component = node['x-component'] ?? '';
  if (component === 'FileUpload') return 'form.uploadMissing';
  const isChosen = component !== 'NumberPicker' && (node.enum !== undefined || chosenComponents.test(component));
  return isChosen ? 'form.chooseMissing' : 'form.requiredMissing';
}

function checkShape({node}: FieldInfo, value: unknown, title: string, {t}: CheckTools): string | null {
  if (typeof value === 'string') {
    const length = value.length;
    if (node.minLength !== undefined && length < node.minLength) return t('form.tooShort', {limit: node.minLength});
    if (node.maxLength !== undefined && length > node.maxLength) return t('form.tooLong', {limit: node.maxLength, length});
    if (node.format === 'credit-code' && !isCreditCode(value)) return t('form.creditCode');
    if (node.pattern !== undefined && !value.includes('*') && !new RegExp(node.pattern, 'u').test(value)) return t('form.pattern', {field: title});
  }
  if (typeof value === 'number') {
    if (node.minimum !== undefined && value < node.minimum) return t('form.minimum', {limit: node.minimum});
    if (node.maximum !== undefined && value > node.maximum) return t('form.maximum', {limit: node.maximum});
  }
  if (Array.isArray(value) && node.maxItems !== undefined && value.length > node.maxItems) return t('form.tooMany', {limit: node.maxItems});
  return null;
}

/** A check that cannot be evaluated here is left to the server, which refuses by name: it may need facts that only the server has. */
function checkRule({binding}: FieldInfo, values: FormValues, title: string, {t, language, context}: CheckTools): string | null {
  if (binding.check === undefined || isTrueOr(binding.check, {...context, form: values}, true)) return null;
  return localize(binding.checkMessage, language) || t('form.check', {field: title});
}
