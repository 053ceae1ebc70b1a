export {checkExpression, type ExpressionCheck, type ExpressionProblem} from './check.js';
export {expressionErrors} from './errors.js';
export {evaluateExpression, isTrue, isTrueOr, resolveText, usedNames, type FeelContext} from './evaluate.js';
export {feelFunctions, type FunctionSignature} from './functions.js';
export {maxExpressionLength, parseExpression, type FeelNode} from './tree.js';
export {contextOf, feelTypes, fits, listOf, typeName, unite, type DataModel, type FeelType} from './types.js';
