import {Schema} from '@formily/json-schema';
import {uiErrors} from '../errors.js';

/**
 * Refuses every `{{…}}` of a form schema. Formily's own compiler would run it with `new Function`; a stored form would be stored code.
 * Importing this module replaces it for the whole page, so it is imported before anything that renders a schema.
 *
 * @throws AppError `UI_FORM_EXPRESSION` always.
 */
export function refuseExpression(expression: string): never {
  throw uiErrors.FORM_EXPRESSION({text: expression.slice(0, 80)});
}

Schema.registerCompiler(refuseExpression);
