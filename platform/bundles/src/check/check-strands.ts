import type {StrandKind} from '@banli/formats';
import {bundleErrors} from '../errors.js';
import {typeOfField} from '../model.js';
import {checkFeel, reportInto, type Report} from '../report.js';
import {checkPattern} from './check-manifest.js';
import {kinds, needKnown, type World} from './world.js';

const file = 'bundle.yaml';
type At = (...path: ReadonlyArray<string | number>) => {readonly field: string};

/** Checks `strands`: what runs several times is an event sub-process of single user tasks, and its fields are nobody else's. */
export function checkStrands(world: World): void {
  const strands = world.manifest.strands ?? [];
  const report = reportInto(world.problems, file);
  strands.forEach((strand, index) => {
    const at: At = (...path) => ({field: ['strands', index, ...path].join('.'), ...world.locate(file, ['strands', index, ...path])});
    const others = strands.slice(0, index);
    if (others.some(({id}) => id === strand.id)) report(bundleErrors.ID_DUPLICATE, {id: strand.id}, at('id'));
    if (others.some(({subProcess}) => subProcess === strand.subProcess)) report(bundleErrors.ID_DUPLICATE, {id: strand.subProcess}, at('subProcess'));
    checkDrawn(world, report, strand, at);
    checkFields(world, report, strand, others.flatMap(({fields}) => fields), at);
    checkByHand(world, report, strand, at);
    if (strand.number) checkPattern(world, report, strand.number.pattern, ['strands', index, 'number', 'pattern']);
  });
}

/** Only single user tasks: so every task of a run lies in that run's scope and nowhere deeper. */
function checkDrawn(world: World, report: Report, strand: StrandKind, at: At): void {
  const drawing = world.drawings.find(({processId}) => processId === world.manifest.mainProcess);
  const events = (drawing?.nodes ?? []).filter(node => node.type === 'subProcess' && node.element.attributes['triggeredByEvent'] === 'true').map(({id}) => id);
  if (!needKnown(report, kinds.subProcess, strand.subProcess, events, at('subProcess'))) return;
  for (const node of drawing?.nodes ?? []) {
    if (node.scope !== strand.subProcess) continue;
    const isSingle = !world.steps[node.id]?.multiInstance;
    if (!['startEvent', 'endEvent', 'exclusiveGateway'].includes(node.type) && !(node.type === 'userTask' && isSingle)) report(bundleErrors.STRAND_NODE, {element: node.id, strand: strand.id}, at('subProcess'));
  }
}

function checkFields(world: World, report: Report, {id, fields, number, begin = []}: StrandKind, taken: readonly string[], at: At): void {
  const ofCase = new Set([...Object.values(world.manifest.caseFields), ...(world.manifest.numbering.steps ?? []).map(({field}) => field), ...world.manifest.duplicateKey, ...taken]);
  fields.forEach((name, index) => {
    if (!needKnown(report, kinds.field, name, Object.keys(world.fields), at('fields', index))) return;
    const own = world.fields[name]?.node['x-banli'];
    if (ofCase.has(name) || own?.scope === 'task' || own?.sensitivity === 'encrypt' || own?.compute !== undefined) report(bundleErrors.STRAND_FIELD, {field: name, strand: id}, at('fields', index));
  });
  if (number) needKnown(report, kinds.field, number.field, fields, at('number', 'field'));
  begin.forEach(({field, value}, index) => {
    const node = world.fields[field]?.node;
    if (!needKnown(report, kinds.field, field, fields, at('begin', index, 'field')) || !node) return;
    checkFeel(world.problems, {text: value, model: world.models.ofForm, expected: typeOfField(node), file, place: at('begin', index, 'value')});
  });
}

/** Who begins a run by hand, by what, and with which of its own fields; the number is given, not filled in. */
function checkByHand(world: World, report: Report, {subProcess, fields, number, byHand}: StrandKind, at: At): void {
  if (!byHand) return;
  const own = fields.filter(field => field !== number?.field);
  const drawn = world.drawings.filter(({processId}) => processId === world.manifest.mainProcess).flatMap(({messages}) => messages.map(({name}) => name));
  const clocks = world.clockEvents.filter(({scope}) => scope === subProcess).map(({messageName}) => messageName);
  needKnown(report, kinds.message, byHand.message, [...drawn, ...clocks], at('byHand', 'message'));
  byHand.roles.forEach((role, index) => needKnown(report, kinds.role, role, world.manifest.roles.map(({id}) => id), at('byHand', 'roles', index)));
  byHand.fields.forEach((field, index) => needKnown(report, kinds.field, field, own, at('byHand', 'fields', index)));
  byHand.requires?.forEach((field, index) => needKnown(report, kinds.field, field, byHand.fields, at('byHand', 'requires', index)));
}
