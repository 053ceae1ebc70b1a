export {createCaseClocks} from './case-clocks.js';
export {createClockLoop, type ClockLoop, type FiringRound} from './clock-loop.js';
export {clockWords, dueStateOf, restOf} from './view.js';
export {deadlineErrors} from './errors.js';
export {isTextWanted} from './texts.js';
export type {CatalogLimit, ClockCatalogs, ClockDeps, ClockLog, ClockTexts, FiringDeps} from './deps.js';
export {createClockPlans, type ClockPlans} from './plans/clock-plans.js';
export type {ClockPlan, LimitLookup, PlanAudit, PlanCatalogs, PlanDeps, PlanItem, PlanLayer, PlanStatus, RowLimit} from './plans/model.js';
