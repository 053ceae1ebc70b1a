import {defineErrors} from '@banli/errors';

export const storeErrors = defineErrors('STORE', {
  URL_UNKNOWN: {status: 500, message: 'The database address must start with sqlite: or mysql:, got {scheme}.', zh: '数据库地址必须以 sqlite: 或 mysql: 开头，收到 {scheme}。'},
  BUSY: {status: 503, message: 'The database is busy; nothing was changed. Try again.', zh: '数据库繁忙，未做任何更改，请稍后重试。'},
  DOWN: {status: 503, message: 'The database cannot be reached.', zh: '无法连接数据库。'},
  MIGRATION_NEWER: {status: 500, message: 'The database was made by a newer version (migration {name} is unknown). Start the newer version or restore a backup.', zh: '数据库由更新的版本创建（未知的迁移 {name}）。请启动新版本或恢复备份。'},
});
