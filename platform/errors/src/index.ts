export {AppError, isAppError, type ErrorDetails, type Problem, type ProblemPlace} from './app-error.js';
export {defineErrors, errorText, fillText, listErrorCodes, type ErrorFactory, type ErrorRow, type ErrorTable} from './define-errors.js';
