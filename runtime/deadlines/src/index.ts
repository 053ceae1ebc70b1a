export {createCaseClocks} from './case-clocks.js';
export {createClockLoop, type ClockLoop, type FiringRound} from './clock-loop.js';
export {clockWords, dueStateOf, restOf} from './view.js';
export {deadlineErrors} from './errors.js';
export type {CatalogLimit, ClockCatalogs, ClockDeps, ClockLog, FiringDeps} from './deps.js';
