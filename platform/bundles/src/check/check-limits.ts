import {feelTypes} from '@banli/expressions';
import {bundleErrors} from '../errors.js';
import {checkFeel, checkTextOrFeel, reportInto} from '../report.js';
import {kinds, needKnown, type World} from './world.js';

const file = 'limits.yaml';

/** Checks `limits.yaml`: events that happen, references between clocks, notices that are complete. */
export function checkLimits(world: World): void {
  const report = reportInto(world.problems, file);
  const {clocks} = world.limits;
  const ids = clocks.map(({id}) => id);
  const events = knownEvents(world);
  checkNamedReceivers(world, report);
  clocks.forEach((clock, index) => {
    const at = (...path: ReadonlyArray<string | number>): {field: string} => ({field: [clock.id, ...path].join('.'), ...world.locate(file, ['clocks', index, ...path])});
    if (ids.indexOf(clock.id) !== index) report(bundleErrors.ID_DUPLICATE, {id: clock.id}, at());
    if (clock.notAfter !== undefined) needKnown(report, kinds.clock, clock.notAfter, ids.filter(id => id !== clock.id), at('notAfter'));
    if (clock.strand !== undefined) needKnown(report, kinds.strand, clock.strand, (world.manifest.strands ?? []).map(({id}) => id), at('strand'));
    clock.on.forEach((trigger, place) => {
      if (!events.has(trigger.event)) report(bundleErrors.EVENT_UNKNOWN, {event: trigger.event}, at('on', place));
      if (trigger.when !== undefined) checkFeel(world.problems, {text: trigger.when, model: world.models.ofCase, expected: feelTypes.boolean, file, place: at('on', place, 'when')});
    });
    clock.lapse.forEach((step, place) => {
      if (step.do !== 'notify') return;
      if (step.role === undefined || (step.unit === undefined) === (step.recipient === undefined) || step.text === undefined) return report(bundleErrors.NOTIFY_INCOMPLETE, {}, at('lapse', place));
      checkReceivers(world, report, {...step, role: step.role}, key => at('lapse', place, key));
    });
    clock.warn?.forEach((step, place) => {
      if ((step.unit === undefined) === (step.recipient === undefined)) return report(bundleErrors.NOTIFY_INCOMPLETE, {}, at('warn', place));
      checkReceivers(world, report, step, key => at('warn', place, key));
    });
  });
}

/** Receivers that the catalog names: each once, each told where it is. */
function checkNamedReceivers(world: World, report: ReturnType<typeof reportInto>): void {
  const {receivers = []} = world.limits;
  receivers.forEach((receiver, index) => {
    const at = (...path: readonly string[]): {field: string} => ({field: ['receivers', receiver.id, ...path].join('.'), ...world.locate(file, ['receivers', index, ...path])});
    if (receivers.findIndex(({id}) => id === receiver.id) !== index) report(bundleErrors.ID_DUPLICATE, {id: receiver.id}, at());
    if ((receiver.unit === undefined) === (receiver.recipient === undefined)) return report(bundleErrors.RECEIVER_INCOMPLETE, {id: receiver.id}, at());
    checkReceivers(world, report, receiver, key => at(key));
  });
}

type Place = {readonly field: string};

/** Roles that the bundle declares, and FEEL that gives texts. */
function checkReceivers(world: World, report: ReturnType<typeof reportInto>, step: {readonly role: string; readonly unit?: string}, at: (key: 'role' | 'unit') => Place): void {
  const roles = world.manifest.roles.map(({id}) => id);
  if (!step.role.startsWith('=')) for (const role of step.role.split(',')) needKnown(report, kinds.role, role.trim(), roles, at('role'));
  for (const key of ['role', 'unit'] as const) if (step[key] !== undefined) checkTextOrFeel(world.problems, {text: step[key], model: world.models.ofCase, expected: feelTypes.string, file, place: at(key)});
}

function knownEvents(world: World): ReadonlySet<string> {
  const events = new Set(['started', 'ended', 'paused', 'resumed']);
  for (const step of Object.values(world.steps)) {
    events.add(`${step.id}.entered`).add(`${step.id}.left`);
    for (const outcome of step.outcomes) events.add(`${step.id}.${outcome.id}`);
  }
  return events;
}
