import type {Actor} from './ports.js';

/** Acts for the platform itself where no person does: workers, clocks, compensation, releases from files. It belongs to no unit and has no role. */
export const systemActor: Actor = {personId: 'system', personName: '系统', unitId: '', roles: [], requestId: '', address: ''};
