export {createWorkerHost, type WorkerHost, type WorkerHostParts, type WorkerHostSettings, type WorkerHostStatus} from './worker-host.js';
export {createWorkerRegistry, type RegisteredWorker, type WorkerRegistry, type WorkerWrite} from './registry.js';
export {collectEffects, type CollectedEffects, type EffectCollector} from './collect-effects.js';
export {forgetRun, runTask, type TaskParts, type TaskResult} from './run-task.js';
export {workerErrors} from './errors.js';
export type * from './ports.js';
