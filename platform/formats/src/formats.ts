import bundleSchema from '../schemas/bundle.schema.json' with {type: 'json'};
import formSchema from '../schemas/form.schema.json' with {type: 'json'};
import formExtensionSchema from '../schemas/form-extension.schema.json' with {type: 'json'};
import formLayoutSchema from '../schemas/form-layout.schema.json' with {type: 'json'};
import limitsSchema from '../schemas/limits.schema.json' with {type: 'json'};
import permissionsSchema from '../schemas/permissions.schema.json' with {type: 'json'};
import pluginSchema from '../schemas/plugin.schema.json' with {type: 'json'};
import type {BundleManifest} from './bundle.js';
import type {FormSchema} from './form.js';
import type {FormExtension, FormLayout} from './layers/index.js';
import type {LimitsFile} from './limits.js';
import type {PermissionsFile} from './permissions.js';
import type {PluginManifest} from './plugin.js';
import {readFile, type FileReading} from './read-file.js';
import type {Schema} from './schema.js';

/** The JSON Schemas (draft 2020-12) of the text files, by name. */
export const schemas = {
  bundle: bundleSchema as Schema,
  form: formSchema as Schema,
  formExtension: formExtensionSchema as Schema,
  formLayout: formLayoutSchema as Schema,
  limits: limitsSchema as Schema,
  permissions: permissionsSchema as Schema,
  plugin: pluginSchema as Schema,
} as const;

/** Reads `bundle.yaml`. */
export function readManifest(file: string, text: string): FileReading<BundleManifest> {
  return readFile(file, text, schemas.bundle);
}

/** Reads a `*.form.json`. */
export function readForm(file: string, text: string): FileReading<FormSchema> {
  return readFile(file, text, schemas.form);
}

/** Reads `forms/extensions/*.form.json`. */
export function readFormExtension(file: string, text: string): FileReading<FormExtension> {
  return readFile(file, text, schemas.formExtension);
}

/** Reads `forms/layouts/*.layout.json`. */
export function readFormLayout(file: string, text: string): FileReading<FormLayout> {
  return readFile(file, text, schemas.formLayout);
}

/** Reads `permissions.yaml`. */
export function readPermissions(file: string, text: string): FileReading<PermissionsFile> {
  return readFile(file, text, schemas.permissions);
}

/** Reads `limits.yaml`. */
export function readLimits(file: string, text: string): FileReading<LimitsFile> {
  return readFile(file, text, schemas.limits);
}

/** Reads `plugin.yaml`. */
export function readPlugin(file: string, text: string): FileReading<PluginManifest> {
  return readFile(file, text, schemas.plugin);
}
