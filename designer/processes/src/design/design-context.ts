import {fieldsOfForms, modelsOf, type BundleModels} from '@banli/bundles';
import type {BundleFiles, FormSchema, LocalizedText} from '@banli/formats';
import type {ElementTemplate} from './element-templates.js';
import {readForm, readLimits, readManifest} from '@banli/formats';

/** A worker the drawing may name. */
export interface WorkerChoice {
  readonly topic: string;
  readonly title: LocalizedText;
  /** JSON Schema of what it takes. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** A choice with a title. */
export interface Choice {
  readonly id: string;
  readonly title: LocalizedText;
}

/** What the panel offers: everything the rest of the bundle defines, as far as it can be read. */
export interface DesignContext {
  readonly roles: readonly Choice[];
  readonly states: readonly Choice[];
  readonly forms: readonly Choice[];
  readonly fields: readonly Choice[];
  readonly clocks: readonly Choice[];
  readonly variables: ReadonlyArray<{readonly name: string; readonly type: 'string' | 'number' | 'boolean'}>;
  readonly workers: readonly WorkerChoice[];
  readonly templates: readonly ElementTemplate[];
  readonly models: BundleModels;
}

/** Reads what the panel offers out of the bundle's files. Files with mistakes offer nothing; the check tells about them. */
export function readDesignContext(files: BundleFiles, workers: readonly WorkerChoice[], stepIds: readonly string[], templates: readonly ElementTemplate[] = []): DesignContext {
  const manifest = readManifest('bundle.yaml', files['bundle.yaml'] ?? '').value;
  const limits = readLimits('limits.yaml', files['limits.yaml'] ?? '').value;
  const forms: Record<string, FormSchema> = {};
  for (const path of Object.keys(files).filter(name => name.endsWith('.form.json'))) {
    const form = readForm(path, files[path] ?? '').value;
    if (form) forms[form['x-banli-form'].id] = form;
  }
  const variables = manifest?.variables ?? [];
  return {
    roles: manifest?.roles ?? [],
    states: manifest?.states ?? [],
    forms: Object.values(forms).map(form => form['x-banli-form']),
    fields: fieldsOfForms(forms).map(({name, node}) => ({id: name, title: {'zh-CN': node.title ?? name, ...(node['x-banli']?.titleEn ? {en: node['x-banli'].titleEn} : {})}})),
    clocks: limits?.clocks ?? [],
    variables,
    workers,
    templates,
    models: modelsOf({forms, variables}, stepIds.map(id => `${id}Outcome`)),
  };
}
