import type {EngineProduct} from '../bin/build.mjs';
import {engineHostErrors} from './errors.js';

/**
 * Reads the setting `BANLI_ENGINE`; empty or missing means Camunda.
 *
 * @throws AppError `ENGINE_PRODUCT_UNKNOWN`
 */
export function parseProduct(setting: string | undefined): EngineProduct {
  if (setting === undefined || setting === '' || setting === 'camunda') return 'camunda';
  if (setting === 'operaton') return 'operaton';
  throw engineHostErrors.PRODUCT_UNKNOWN({product: setting});
}
