import {changeJson, changeYaml, type BundleFiles, type RegistrationRules} from '@banli/formats';
import type {FormField} from '@banli/bundles';
import type {Notice} from './read-rules.js';

/** A file with its new text. */
export type Written = readonly [path: string, text: string];

const manifestFile = 'bundle.yaml';

/** Names the field that keeps a hint of the registration; `undefined` takes it away. */
export function nameField(files: BundleFiles, hint: string, field: string | undefined): Written {
  return [manifestFile, changeYaml(files[manifestFile] ?? '', {unit: ['registration'], path: [hint], value: field})];
}

/** Puts the ways of answering a citizen at once; none take the list away. */
export function putAnswers(files: BundleFiles, answers: NonNullable<RegistrationRules['answers']>): Written {
  return [manifestFile, changeYaml(files[manifestFile] ?? '', {unit: ['registration'], path: ['answers'], value: answers.length === 0 ? undefined : answers})];
}

/** Looks for listed words in a text field, or no longer. */
export function lookForWords(files: BundleFiles, form: string, {path}: Pick<FormField, 'path'>, words: string | undefined): Written {
  return [form, changeJson(files[form] ?? '', [...path, 'x-banli', 'words'], words)];
}

/** Which fields a choice fills from which columns; none take the rule away. */
export function fillFrom(files: BundleFiles, form: string, {path}: Pick<FormField, 'path'>, fill: Readonly<Record<string, string>>): Written {
  return [form, changeJson(files[form] ?? '', [...path, 'x-banli', 'catalog', 'fill'], Object.keys(fill).length === 0 ? undefined : fill)];
}

/** Whom a notice goes to: the unit that a catalog names, or one that an expression names. */
export function notify(files: BundleFiles, {position, list, index}: Pick<Notice, 'position' | 'list' | 'index'>, to: {readonly recipient: string} | {readonly unit: string}): Written {
  const file = 'limits.yaml';
  const unit = ['clocks', position, list, index];
  const other = 'recipient' in to ? 'unit' : 'recipient';
  const put = changeYaml(files[file] ?? '', {unit, path: ['recipient' in to ? 'recipient' : 'unit'], value: 'recipient' in to ? to.recipient : to.unit});
  return [file, changeYaml(put, {unit, path: [other], value: undefined})];
}
