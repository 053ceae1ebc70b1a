import {defineErrors} from '@banli/errors';

/** Everything that can be wrong with the text and shape of a file. */
export const formatErrors = defineErrors('FORMATS', {
  SYNTAX: {status: 422, message: 'The file cannot be read here: {reason}. Correct the writing.', zh: '文件此处无法读取：{reason}。请改正写法。'},
  TOO_LARGE: {status: 413, message: 'The file has {bytes} bytes, at most {limit} are allowed. Split it up.', zh: '文件有 {bytes} 字节，最多 {limit} 字节，请拆分。'},
  TOO_DEEP: {status: 422, message: 'The file is nested deeper than {limit} levels. Flatten it.', zh: '文件嵌套超过 {limit} 层，请减少层次。'},
  TYPE: {status: 422, message: '"{path}" must be {expected}, but is {actual}.', zh: '“{path}”应为 {expected}，实际为 {actual}。'},
  MISSING_KEY: {status: 422, message: '"{path}" lacks "{key}". Add it.', zh: '“{path}”缺少“{key}”，请补上。'},
  UNKNOWN_KEY: {status: 422, message: '"{key}" is not known at "{path}". Remove it or use one of: {known}.', zh: '“{path}”处不认识“{key}”，请删除或改用：{known}。'},
  KEY_NAME: {status: 422, message: 'The name "{key}" is not allowed: begin with a small letter, then letters and digits only.', zh: '名称“{key}”不合规：以小写字母开头，其后只用字母和数字。'},
  NOT_ALLOWED: {status: 422, message: '"{path}" is "{value}", allowed: {allowed}.', zh: '“{path}”的值“{value}”不允许，可用：{allowed}。'},
  PATTERN: {status: 422, message: '"{path}" is "{value}", which does not follow the pattern {pattern}.', zh: '“{path}”的值“{value}”不符合格式 {pattern}。'},
  LENGTH: {status: 422, message: '"{path}" has {length} characters, the limit is {limit}.', zh: '“{path}”有 {length} 个字符，限制为 {limit}。'},
  RANGE: {status: 422, message: '"{path}" is {value}, the limit is {limit}.', zh: '“{path}”的值为 {value}，限制为 {limit}。'},
  COUNT: {status: 422, message: '"{path}" has {count} entries, the limit is {limit}.', zh: '“{path}”有 {count} 项，限制为 {limit}。'},
  DUPLICATE: {status: 422, message: '"{path}" repeats "{value}". Remove one.', zh: '“{path}”重复了“{value}”，请删除其一。'},
});
