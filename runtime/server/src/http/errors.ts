import {defineErrors} from '@banli/errors';

/** Refusals of the HTTP border itself, before any business code runs. */
export const httpErrors = defineErrors('HTTP', {
  INTERNAL: {status: 500, message: 'Internal error. Tell the operators the request id.', zh: '服务器内部错误，请将请求编号告知运维人员。'},
  NOT_FOUND: {status: 404, message: 'There is nothing at this address.', zh: '此地址不存在。'},
  METHOD_WRONG: {status: 405, message: 'This address does not take {method}.', zh: '此地址不支持 {method}。'},
  JSON_BROKEN: {status: 400, message: 'The body is not JSON in UTF-8.', zh: '请求体不是有效的 UTF-8 JSON。'},
  JSON_UNSAFE: {status: 400, message: 'The body holds something that is not taken: {what}.', zh: '请求体包含不被接受的内容：{what}。'},
  MEDIA_WRONG: {status: 415, message: 'Send {wanted}.', zh: '请使用 {wanted} 发送。'},
  TOO_LARGE: {status: 413, message: 'The body may have {mostKilobytes} KB at most.', zh: '请求体不能超过 {mostKilobytes} KB。'},
  CUT_OFF: {status: 400, message: 'The request was cut off.', zh: '请求中断。'},
  INPUT_WRONG: {status: 400, message: 'The request does not fit: {count} problems.', zh: '请求不符合要求，共 {count} 处。'},
  FIELD_UNKNOWN: {status: 400, message: '{field} is not known here.', zh: '此处没有 {field}。'},
  FIELD_MISSING: {status: 400, message: '{field} is missing.', zh: '缺少 {field}。'},
  FIELD_WRONG: {status: 400, message: '{field} {rule}.', zh: '{field} 不符合要求（{rule}）。'},
  ORIGIN_FOREIGN: {status: 403, message: 'The request comes from a foreign page.', zh: '请求来自其他网站，已拒绝。'},
  CSRF_WRONG: {status: 403, message: 'The request lacks the token of this session. Load the page again.', zh: '请求缺少本次登录的校验令牌，请刷新页面。'},
  TOKEN_MIXED: {status: 400, message: 'A token is not shown together with a session. Send the request without cookies.', zh: '令牌不能与登录会话同时使用，请不带 Cookie 发送。'},
  TOKEN_NOT_HERE: {status: 403, message: 'Tokens of outside systems are not taken here: they read catalogs alone.', zh: '此地址不接受外部系统令牌，令牌只能读取目录。'},
  TOO_OFTEN: {status: 429, message: 'Too many requests. Try again in {seconds} seconds.', zh: '请求过于频繁，请 {seconds} 秒后再试。'},
});
