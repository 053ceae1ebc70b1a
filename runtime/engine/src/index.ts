export {buildEngine, type BuiltEngine, type EngineProduct} from '../bin/build.mjs';
export {engineDatabase, prepareSchema, type EngineDatabase} from './database.js';
export {engineHostErrors} from './errors.js';
export {parseProduct} from './product.js';
export {startEngine, superviseEngine, type EngineHandle, type EngineLog, type EngineOptions, type EngineStatus} from './supervisor.js';
