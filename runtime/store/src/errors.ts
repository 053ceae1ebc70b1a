import {defineErrors} from '@banli/errors';

export const storeErrors = defineErrors('STORE', {
  URL_UNKNOWN: {status: 500, message: 'The database address must start with sqlite: or mysql:, got {scheme}.', zh: '数据库地址必须以 sqlite: 或 mysql: 开头，收到 {scheme}。'},
  BUSY: {status: 503, message: 'The database is busy; nothing was changed. Try again.', zh: '数据库繁忙，未做任何更改，请稍后重试。'},
  DOWN: {status: 503, message: 'The database cannot be reached.', zh: '无法连接数据库。'},
  SCHEMA_NAME: {status: 500, message: 'The database address needs the name of a schema after the port, of letters, digits and underscores; got "{schema}".', zh: '数据库地址的端口之后需写库名（字母、数字、下划线），收到“{schema}”。'},
  SCHEMA_MISSING: {status: 500, message: 'The schema {schema} is missing and {user} may not make it. As administrator run: CREATE DATABASE {schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; GRANT ALL ON {schema}.* TO that account.', zh: '库 {schema} 不存在，账号 {user} 无权创建。请由管理员执行：CREATE DATABASE {schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; 并授予该账号 {schema}.* 的全部权限。'},
  KEYS_MISSING: {status: 500, message: 'The key file {path} is gone, but the database was sealed with it. Put it back from the backup; without it, phone and id numbers cannot be read.', zh: '密钥文件 {path} 不见了，而数据库是用它加密的。请从备份恢复；没有它就无法读出电话和证件号码。'},
  KEYS_OPEN: {status: 500, message: 'The key file {path} can be read by others. Run: chmod 600 {path}', zh: '密钥文件 {path} 可被他人读取。请执行：chmod 600 {path}'},
  KEYS_BROKEN: {status: 500, message: 'The key file {path} is damaged. Put it back from the backup.', zh: '密钥文件 {path} 已损坏，请从备份恢复。'},
  KEYS_WRONG: {status: 500, message: 'The key file {path} belongs to another database.', zh: '密钥文件 {path} 属于另一个数据库。'},
  SEAL_BROKEN: {status: 500, message: 'A sealed value was changed or cut off.', zh: '加密值已被改动或截断。'},
  SEAL_KEY_UNKNOWN: {status: 500, message: 'A value was sealed with the key {key}, which is not in the key file.', zh: '有值用密钥 {key} 加密，但密钥文件中没有它。'},
  MIGRATION_NEWER: {status: 500, message: 'The database was made by a newer version (migration {name} is unknown). Start the newer version or restore a backup.', zh: '数据库由更新的版本创建（未知的迁移 {name}）。请启动新版本或恢复备份。'},
});
