import {defineErrors} from '@banli/errors';

/** Refusals of the command line. */
export const cliErrors = defineErrors('CLI', {
  COMMAND_UNKNOWN: {status: 400, message: 'There is no command "{words}". Run: banli help', zh: '没有命令 “{words}”。请运行：banli help'},
  ARGUMENT_MISSING: {status: 400, message: 'The command wants: banli {words} {takes}', zh: '命令用法：banli {words} {takes}'},
  HOME_MISSING: {status: 404, message: 'There is no installation at {home}. Run npm start first, or set BANLI_HOME.', zh: '{home} 处没有安装。请先运行 npm start，或设置 BANLI_HOME。'},
  FOLDER_MISSING: {status: 404, message: 'There is no bundle at {folder}: bundle.yaml is missing.', zh: '{folder} 处没有应用包：缺少 bundle.yaml。'},
  ACCOUNT_UNKNOWN: {status: 404, message: 'There is no account {login}.', zh: '没有账号 {login}。'},
});
