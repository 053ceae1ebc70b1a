import {defineErrors} from '@banli/errors';

/** Why the engine cannot be built, reached or started; each sentence says what to do. */
export const engineHostErrors = defineErrors('ENGINE', {
  BUILD_FAILED: {status: 500, message: 'The engine could not be built: {reason}', zh: '无法构建流程引擎：{reason}'},
  START_FAILED: {status: 503, message: 'The engine did not start: {reason}. See its log {logFile}, mend the cause and start again.', zh: '流程引擎未能启动：{reason}。请查看日志 {logFile}，排除原因后重新启动。'},
  PRODUCT_UNKNOWN: {status: 400, message: 'BANLI_ENGINE must be camunda or operaton, not "{product}".', zh: 'BANLI_ENGINE 只能是 camunda 或 operaton，不能是“{product}”。'},
  DATABASE_URL: {
    status: 400,
    message: 'BANLI_DATABASE_URL must look like mysql://user:password@host:3306/schema.',
    zh: 'BANLI_DATABASE_URL 的形式应为 mysql://用户:密码@主机:3306/库名。',
  },
  SCHEMA_MISSING: {
    status: 503,
    message: 'The engine needs the schema {schema}, and {user} may not create it. Run as an administrator: CREATE DATABASE `{schema}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; GRANT ALL ON `{schema}`.* TO {user};',
    zh: '流程引擎需要数据库 {schema}，而账号 {user} 无权创建。请由管理员执行：CREATE DATABASE `{schema}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; GRANT ALL ON `{schema}`.* TO {user};',
  },
  DATABASE_DOWN: {status: 503, message: 'The database server {host} does not answer: {reason}', zh: '数据库服务器 {host} 没有应答：{reason}'},
});
