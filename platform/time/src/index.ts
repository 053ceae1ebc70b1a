export {createTestClock, systemClock, type Clock} from './clock.js';
export {createAlarm, every, sleep, type Alarm, type AlarmOptions, type EveryOptions, type StopSignal} from './timers.js';
