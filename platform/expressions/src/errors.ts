import {defineErrors} from '@banli/errors';

/** Everything that can be wrong with an expression, at check time and at run time. */
export const expressionErrors = defineErrors('EXPRESSIONS', {
  SYNTAX: {status: 422, message: 'The expression "{text}" breaks off or cannot be read near position {position}. Complete it there.', zh: '表达式“{text}”在第 {position} 个字符附近不完整或写法有误，请在此处补全或改正。'},
  EMPTY: {status: 422, message: 'The expression is empty. Write a FEEL expression or remove it.', zh: '表达式为空，请填写 FEEL 表达式或删除该项。'},
  TOO_LONG: {status: 422, message: 'The expression has {length} characters, at most {limit} are allowed. Split it up.', zh: '表达式有 {length} 个字符，最多 {limit} 个，请拆分。'},
  TOO_DEEP: {status: 422, message: 'The expression is nested deeper than {limit} levels. Simplify it.', zh: '表达式嵌套超过 {limit} 层，请简化。'},
  NAME_UNKNOWN: {status: 422, message: 'The name "{name}" is not known here. The most alike: {known}.', zh: '此处没有名为“{name}”的变量，相近的有：{known}。'},
  ENTRY_UNKNOWN: {status: 422, message: '"{parent}" has no entry "{name}". Correct the name or add the field.', zh: '“{parent}”中没有“{name}”，请改正名称或增加该字段。'},
  FUNCTION_UNKNOWN: {status: 422, message: 'The function "{name}" is not allowed. The most alike of those that are: {known}.', zh: '不允许使用函数“{name}”，相近的有：{known}。'},
  ARGUMENTS: {status: 422, message: 'The function "{name}" takes {expected}, got {actual}.', zh: '函数“{name}”的参数应为 {expected}，实际为 {actual}。'},
  TYPE: {status: 422, message: '"{text}" is {actual}, but {expected} is needed here.', zh: '“{text}”的类型是 {actual}，此处需要 {expected}。'},
  NOT_COMPARABLE: {status: 422, message: '{left} and {right} cannot be compared in "{text}".', zh: '“{text}”中 {left} 与 {right} 无法比较。'},
  RESULT: {status: 422, message: 'The expression gives {actual}, but {expected} is needed.', zh: '表达式的结果是 {actual}，此处需要 {expected}。'},
  CONSTRUCT: {status: 422, message: '"{text}" uses {construct}, which is not allowed here.', zh: '“{text}”使用了此处不允许的写法（{construct}）。'},
  NAME_MISSING: {status: 422, message: 'The expression needs "{name}", which has no value here.', zh: '表达式需要“{name}”，但此处没有提供。'},
  FAILED: {status: 422, message: 'The expression "{text}" cannot be computed: {reason}.', zh: '表达式“{text}”无法计算：{reason}。'},
});
