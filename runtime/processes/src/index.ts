export type * from './port.js';
export {createProcessEngine, type CountedProcessEngine, type EngineCalls, type ProcessEngineOptions} from './companion-engine.js';
export {engineErrors, refusalClass} from './engine-errors.js';
export type {EngineEndpoint} from './engine-http.js';
