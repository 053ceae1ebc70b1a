import {defineErrors} from '@banli/errors';

/** Refusals of login, sessions, accounts and of the organisation's text files. */
export const peopleErrors = defineErrors('PEOPLE', {
  LOGIN_REFUSED: {status: 401, message: 'Account or password is wrong.', zh: '账号或密码不正确。'},
  LOGIN_LOCKED: {status: 429, message: 'Too many failed attempts. Try again in {minutes} minutes.', zh: '连续输错次数过多，请 {minutes} 分钟后再试。'},
  NOT_SIGNED_IN: {status: 401, message: 'Sign in first.', zh: '请先登录。'},
  SESSION_ENDED: {status: 401, message: 'The session has ended. Sign in again.', zh: '登录已失效，请重新登录。'},
  POST_FOREIGN: {status: 403, message: 'This is not one of your posts.', zh: '这不是你的岗位。'},
  PASSWORD_WRONG: {status: 422, message: 'The current password is wrong.', zh: '当前密码不正确。'},
  PASSWORD_SHORT: {status: 422, message: 'A password needs at least {least} characters.', zh: '密码至少需要 {least} 个字符。'},
  PASSWORD_PLAIN: {status: 422, message: 'A password needs three of: small letters, capital letters, digits, other signs.', zh: '密码需包含小写字母、大写字母、数字、符号中的三类。'},
  PASSWORD_GUESSABLE: {status: 422, message: 'The password is too easy to guess: it holds the account name, a run of equal signs or a well-known word.', zh: '密码过于简单：含有账号名、连续相同字符或常见词。'},
  PASSWORD_SAME: {status: 422, message: 'The new password is the old one.', zh: '新密码不能与当前密码相同。'},
  PASSWORD_MUST_CHANGE: {status: 403, message: 'Change your password first.', zh: '请先修改密码。'},
  PERSON_UNKNOWN: {status: 404, message: 'There is no such person.', zh: '没有此人员。'},
  LOGIN_TAKEN: {status: 409, message: 'The account name {login} is taken.', zh: '账号 {login} 已被使用。'},
  FILE_BROKEN: {status: 500, message: '{file} cannot be read as a table.', zh: '{file} 无法作为表格读取。'},
  ORGANISATION_BROKEN: {status: 500, message: 'The organisation files have {count} problems; nothing was loaded. The first: {first}', zh: '机构文件有 {count} 个问题，未加载任何内容。第一个：{first}'},
  CELL_EMPTY: {status: 422, message: '{column} must not be empty.', zh: '{column} 不能为空。'},
  CELL_WRONG: {status: 422, message: '{column} cannot be {value}.', zh: '{column} 不能是 {value}。'},
  COLUMN_UNKNOWN: {status: 422, message: 'The column {column} is not known.', zh: '未知的列 {column}。'},
  COLUMN_MISSING: {status: 422, message: 'The column {column} is missing.', zh: '缺少列 {column}。'},
  ROW_TWICE: {status: 422, message: '{value} appears twice.', zh: '{value} 出现了两次。'},
  REFERENCE_UNKNOWN: {status: 422, message: '{column} names {value}, which does not exist.', zh: '{column} 指向不存在的 {value}。'},
  UNIT_CIRCLE: {status: 422, message: 'The unit {value} is its own superior.', zh: '机构 {value} 成了自己的上级。'},
  UNIT_LEVEL: {status: 422, message: 'The unit {value} stands on a higher level than its superior.', zh: '机构 {value} 的层级高于其上级。'},
});
