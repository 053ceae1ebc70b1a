import {defineErrors} from '@banli/errors';

/** What the question for due times can refuse. */
export const dueErrors = defineErrors('LIMIT_DUE', {
  UNKNOWN: {status: 422, message: 'The question names {count} codes that the catalogs do not have. Read the catalogs for the codes that hold on that day.', zh: '请求中有 {count} 个编码不在目录中，请按当日有效的目录核对编码。'},
  CODE_UNKNOWN: {status: 422, message: '{value} is not in the catalog {catalog} on that day. Take a code that it has (GET /api/catalogs/{catalog}/effective).', zh: '{value} 不在当日的目录“{catalog}”中，请改用其中的编码（GET /api/catalogs/{catalog}/effective）。'},
});
