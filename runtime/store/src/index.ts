export {createStore, type Store, type Tx} from './store.js';
export type {Dialect} from './open-knex.js';
export {storeErrors} from './errors.js';
export {newId} from './new-id.js';
export {isDuplicateKey, runRetried} from './retry.js';
export {fromRow, toCamel, toRow, toSnake, type SqlRow} from './case-style.js';
export {idColumn, jsonColumn, momentColumn, type Migration} from './migration.js';
export {listMigrations} from './migrate.js';
