import {Ajv2020} from 'ajv/dist/2020.js';
import {parseDocument, stringify} from 'yaml';
import type {Problem} from '@banli/errors';
import {keepLast} from '../kept.js';
import type {CatalogManifest} from './manifest.js';
import {fileProblem} from './problem.js';

const id = {type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$'};
const column = {type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,63}$'};
const path = {type: 'string', pattern: '^[a-z0-9][a-z0-9./-]*$', not: {pattern: '\\.\\.'}};

const issue = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    area: column,
    local: {type: 'boolean'},
    localOnly: {type: 'object', minProperties: 1, propertyNames: column, additionalProperties: {type: 'array', minItems: 1, uniqueItems: true, items: {type: 'string', minLength: 1}}},
    overrides: {
      type: 'array',
      items: {
        type: 'object',
        required: ['columns', 'bound'],
        additionalProperties: false,
        properties: {
          columns: {type: 'array', minItems: 1, maxItems: 8, uniqueItems: true, items: column},
          bound: {enum: ['notLonger', 'notLower', 'extend', 'free', 'ownUnit', 'retire']},
          order: {type: 'array', minItems: 2, uniqueItems: true, items: {type: 'string', minLength: 1}},
        },
      },
    },
  },
} as const;

const risk = {enum: ['low', 'high']} as const;
const review = {type: 'object', minProperties: 1, additionalProperties: false, properties: {risk, byLevel: {type: 'object', minProperties: 1, propertyNames: {pattern: '^[1-5]$'}, additionalProperties: risk}}} as const;

/** JSON Schema of `catalog.yaml`; unknown keys are refused. */
export const catalogManifestSchema = {
  type: 'object',
  required: ['id', 'version', 'effectiveFrom', 'kind', 'title', 'owner', 'tables'],
  additionalProperties: false,
  properties: {
    id,
    version: {type: 'string', pattern: '^\\d{4}\\.\\d+\\.\\d+$'},
    effectiveFrom: {type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$'},
    kind: {enum: ['tree', 'list', 'matrix', 'relation', 'calendar']},
    title: {type: 'object', required: ['zh-CN', 'en'], additionalProperties: false, properties: {'zh-CN': {type: 'string', minLength: 1}, en: {type: 'string', minLength: 1}}},
    owner: {type: 'string', minLength: 1},
    review,
    tables: {
      type: 'object',
      minProperties: 1,
      propertyNames: id,
      additionalProperties: {
        type: 'object',
        required: ['file', 'schema', 'key'],
        additionalProperties: false,
        properties: {
          file: path,
          schema: path,
          key: {type: 'array', minItems: 1, items: column},
          optionalKey: {type: 'array', minItems: 1, maxItems: 8, uniqueItems: true, items: column},
          decides: column,
          parent: column,
          maintainer: column,
          issue,
          references: {
            type: 'array',
            items: {
              type: 'object',
              required: ['column', 'catalog', 'key'],
              additionalProperties: false,
              properties: {column, catalog: id, table: id, key: column, except: {type: 'array', items: {type: 'string'}}, elsewhere: {type: 'boolean'}, leaf: {type: 'boolean'}, list: {type: 'boolean'}},
            },
          },
        },
      },
    },
  },
} as const;

const check = new Ajv2020({allErrors: true}).compile<CatalogManifest>(catalogManifestSchema);

/** Reads `catalog.yaml`; `null` with every problem when it is not valid. */
export function readManifest(text: string | undefined): {readonly manifest: CatalogManifest | null; readonly problems: readonly Problem[]} {
  const file = 'catalog.yaml';
  return text === undefined ? {manifest: null, problems: [fileProblem('FILE_MISSING', {file}, {file})]} : readText(text);
}

const readText = keepLast((text): {readonly manifest: CatalogManifest | null; readonly problems: readonly Problem[]} => {
  const file = 'catalog.yaml';
  const document = parseDocument(text, {uniqueKeys: true});
  if (document.errors.length > 0) {
    return {manifest: null, problems: document.errors.map(error => fileProblem('MANIFEST_INVALID', {file, line: error.linePos?.[0].line ?? 1, column: error.linePos?.[0].col ?? 1}, {reason: error.message.split('\n')[0] ?? ''}))};
  }
  const value: unknown = document.toJS();
  if (!check(value)) {
    return {manifest: null, problems: (check.errors ?? []).map(error => fileProblem('MANIFEST_INVALID', {file, element: error.instancePath || '/'}, {reason: `${error.instancePath || '/'} ${error.message ?? ''}`}))};
  }
  if (!value.tables[value.id]) return {manifest: null, problems: [fileProblem('MANIFEST_INVALID', {file}, {reason: `there must be a table named like the catalog, ${value.id}`})]};
  return {manifest: value, problems: []};
}, 1_000_000);

/** A manifest as the text of `catalog.yaml`; reading it gives the same again. */
export function writeManifest(manifest: CatalogManifest): string {
  return stringify(manifest, {lineWidth: 0});
}
