import {defineErrors} from '@banli/errors';

/** Refusals of the command line. */
export const cliErrors = defineErrors('CLI', {
  COMMAND_UNKNOWN: {status: 400, message: 'There is no command "{words}". Run: banli help', zh: '没有命令 “{words}”。请运行：banli help'},
  ARGUMENT_MISSING: {status: 400, message: 'The command wants: banli {words} {takes}', zh: '命令用法：banli {words} {takes}'},
  HOME_MISSING: {status: 404, message: 'There is no installation at {home}. Run npm start first, or set BANLI_HOME.', zh: '{home} 处没有安装。请先运行 npm start，或设置 BANLI_HOME。'},
  FOLDER_MISSING: {status: 404, message: 'There is no bundle at {folder}: bundle.yaml is missing.', zh: '{folder} 处没有应用包：缺少 bundle.yaml。'},
  CATALOG_MISSING: {status: 404, message: 'There is no catalog at {folder}: catalog.yaml is missing.', zh: '{folder} 处没有目录：缺少 catalog.yaml。'},
  CATALOG_OTHER: {status: 422, message: '{one} and {other} are different catalogs; two states of the same one are compared.', zh: '{one} 与 {other} 不是同一目录，只能比较同一目录的两个状态。'},
  CATALOG_TABLE_UNKNOWN: {status: 404, message: 'The catalog has no table {table}. Tables are: {tables}.', zh: '目录没有表“{table}”，可用的表：{tables}。'},
  FILE_MISSING: {status: 404, message: 'There is no file {file}.', zh: '没有文件 {file}。'},
  OPTION_UNKNOWN: {status: 400, message: 'There is no option {option} here.', zh: '此处没有选项 {option}。'},
  RIGHT_MISSING: {status: 403, message: 'The account {login} has no post with the right {permission} over {owner}, which owns {catalog}.', zh: '账号 {login} 的岗位对目录“{catalog}”的主管单位（{owner}）没有权限 {permission}。'},
  CATALOG_FIRST: {status: 422, message: '{catalog} was never published: there is nothing to compare a change with. Publish its first version with --direct.', zh: '目录“{catalog}”从未发布，没有可以对照的版本；首版请用 --direct 直接发布。'},
  CATALOG_SHAPE: {status: 422, message: 'The folder changes {what} of {catalog}, beyond what a change set can say (rows, bounds, owner, titles). Change columns on the page 字段, or publish with --direct.', zh: '文件夹改动了目录“{catalog}”的{what}，超出变更单所能记载的数据行、下级调整范围、主管单位和名称；字段请在页面“字段”中修改，其余用 --direct 直接发布。'},
  WARNINGS_NEW: {status: 422, message: 'What would be published brings {count} warnings, listed above; nothing was published. Look at them, and publish with --accept-warnings (audited).', zh: '本次发布带来上列 {count} 条须确认的提醒，未发布任何目录。请核对，确认无误后加 --accept-warnings 再发布（记入审计）。'},
  ACCOUNT_UNKNOWN: {status: 404, message: 'There is no account {login}.', zh: '没有账号 {login}。'},
});
