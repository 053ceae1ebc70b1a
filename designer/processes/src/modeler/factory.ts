import BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type {ModdleElement} from './services.js';

interface Ids {
  claim(id: string, element: ModdleElement): void;
  nextPrefixed(prefix: string, element: ModdleElement): string;
}

interface Factory {
  readonly _model: {readonly ids: Ids};
  _needsId(element: ModdleElement): boolean;
}

const prefixes: ReadonlyArray<readonly [string, string]> = [
  ['bpmn:UserTask', 'step'],
  ['bpmn:ServiceTask', 'service'],
  ['bpmn:SubProcess', 'scope'],
  ['bpmn:Gateway', 'gateway'],
  ['bpmn:StartEvent', 'start'],
  ['bpmn:EndEvent', 'end'],
  ['bpmn:BoundaryEvent', 'event'],
  ['bpmn:SequenceFlow', 'flow'],
  ['bpmn:Message', 'message'],
];

/** Gives new elements camelCase ids, as they may stand in expressions: `step0a1b2c3`. */
export class BanliFactory extends BpmnFactory {
  static override readonly $inject = ['moddle'];

  /** Called by bpmn-js for every element it makes. */
  _ensureId(element: ModdleElement): void {
    const {_model: {ids}} = this as unknown as Factory;
    if (element.id) return ids.claim(element.id, element);
    if (!(this as unknown as Factory)._needsId(element)) return;
    const known = prefixes.find(([type]) => element.$instanceOf(type))?.[1];
    const fallback = element.$type.replace(/^[^:]*:/, '');
    element.id = ids.nextPrefixed(known ?? fallback.charAt(0).toLowerCase() + fallback.slice(1), element);
  }
}
