import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import type {DocumentTemplate} from '@banli/formats';
import type {Problem} from '@banli/errors';
import {documentErrors} from './errors.js';

const ajv = new Ajv2020({allErrors: true, strict: false, validateFormats: false});
const validators = new WeakMap<object, ValidateFunction>();

/**
 * Compares the data of a document with its schema.
 *
 * @throws AppError `DOCUMENTS_DATA_INVALID` with a problem for every field (names only, never values), `DOCUMENTS_SCHEMA_INVALID`.
 */
export function checkData(template: DocumentTemplate, data: unknown): void {
  const validate = validatorOf(template);
  if (validate(data)) return;
  const problems: Problem[] = (validate.errors ?? []).map(error => {
    const missing = error.keyword === 'required' ? `/${String(error.params['missingProperty'])}` : error.keyword === 'additionalProperties' ? `/${String(error.params['additionalProperty'])}` : '';
    const field = (error.instancePath + missing).slice(1).replaceAll('/', '.') || '/';
    const refused = documentErrors.FIELD_INVALID({field, reason: error.message ?? error.keyword});
    return {code: refused.code, message: refused.message, place: {field}, details: refused.details};
  });
  const fields = [...new Set(problems.map(problem => problem.place.field ?? ''))].join(', ');
  throw documentErrors.DATA_INVALID({documentId: template.id, fields}, {problems});
}

function validatorOf(template: DocumentTemplate): ValidateFunction {
  const known = validators.get(template.schema);
  if (known) return known;
  try {
    const validate = ajv.compile(template.schema);
    validators.set(template.schema, validate);
    return validate;
  } catch (error) {
    throw documentErrors.SCHEMA_INVALID({documentId: template.id, reason: error instanceof Error ? error.message : 'unreadable'}, {cause: error});
  }
}
