import type {LimitsFile} from './limits.js';

/** The receivers of the limits catalog that an application knows, by code; `null` where none of its clocks counts a limit of that catalog. */
export function receiversKnown({clocks, receivers = []}: LimitsFile): readonly string[] | null {
  return clocks.some(({limit}) => 'kind' in limit) ? receivers.map(({id}) => id) : null;
}
