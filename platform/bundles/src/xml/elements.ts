/** What an element of a drawing may hold. `*` in `values` means any text. */
export interface ElementRule {
  /** Where it may stand. */
  readonly parents: readonly string[];
  readonly attributes: readonly string[];
  /** Attributes that must be there. */
  readonly required?: readonly string[];
  /** The values an attribute may have. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** `text` when it holds text. */
  readonly content?: 'text';
}

const scopes = ['bpmn:process', 'bpmn:subProcess'];
const named = ['id', 'name'];
/** Drawn elements have a name in each language. */
const drawn = [...named, 'banli:nameEn'];
const bool = ['true', 'false'];
const tasks = ['bpmn:userTask', 'bpmn:serviceTask'];
const events = ['bpmn:startEvent', 'bpmn:endEvent', 'bpmn:boundaryEvent'];
const gateways = ['bpmn:exclusiveGateway', 'bpmn:parallelGateway'];
const nodes = [...tasks, ...events, ...gateways, 'bpmn:subProcess'];
const shapes = ['bpmndi:BPMNShape', 'bpmndi:BPMNEdge'];

/**
 * The elements and attributes of a drawing that are executed here; everything else is refused with its name.
 * The page `platform/docs/bpmn-elements.md` lists the same; a test compares both.
 */
export const elementRules: Readonly<Record<string, ElementRule>> = {
  'bpmn:definitions': {parents: [''], attributes: ['id', 'name', 'targetNamespace', 'exporter', 'exporterVersion']},
  'bpmn:process': {parents: ['bpmn:definitions'], attributes: [...named, 'isExecutable'], required: ['id'], values: {isExecutable: bool}},
  'bpmn:message': {parents: ['bpmn:definitions'], attributes: named, required: named},
  'bpmn:startEvent': {parents: scopes, attributes: [...drawn, 'isInterrupting', 'banli:form', 'banli:state', 'banli:clock'], required: ['id'], values: {isInterrupting: bool}},
  'bpmn:endEvent': {parents: scopes, attributes: drawn, required: ['id']},
  'bpmn:userTask': {parents: scopes, attributes: [...drawn, 'banli:form', 'banli:state'], required: ['id', 'banli:form']},
  'bpmn:serviceTask': {parents: scopes, attributes: [...drawn, 'banli:topic', 'banli:template', 'banli:state'], required: ['id']},
  'bpmn:exclusiveGateway': {parents: scopes, attributes: [...drawn, 'default', 'gatewayDirection'], required: ['id']},
  'bpmn:parallelGateway': {parents: scopes, attributes: [...drawn, 'gatewayDirection'], required: ['id']},
  'bpmn:subProcess': {parents: scopes, attributes: [...drawn, 'triggeredByEvent'], required: ['id'], values: {triggeredByEvent: bool}},
  'bpmn:boundaryEvent': {parents: scopes, attributes: [...drawn, 'attachedToRef', 'cancelActivity', 'banli:clock'], required: ['id', 'attachedToRef'], values: {cancelActivity: bool}},
  'bpmn:sequenceFlow': {parents: scopes, attributes: [...drawn, 'sourceRef', 'targetRef', 'banli:outcome'], required: ['id', 'sourceRef', 'targetRef']},
  'bpmn:conditionExpression': {parents: ['bpmn:sequenceFlow'], attributes: ['id', 'xsi:type', 'language'], content: 'text'},
  'bpmn:messageEventDefinition': {parents: ['bpmn:startEvent', 'bpmn:boundaryEvent'], attributes: ['id', 'messageRef'], required: ['messageRef']},
  'bpmn:timerEventDefinition': {parents: ['bpmn:startEvent', 'bpmn:boundaryEvent'], attributes: ['id']},
  'bpmn:terminateEventDefinition': {parents: ['bpmn:endEvent'], attributes: ['id']},
  'bpmn:multiInstanceLoopCharacteristics': {parents: ['bpmn:userTask'], attributes: ['id', 'isSequential'], values: {isSequential: ['false']}},
  'bpmn:incoming': {parents: nodes, attributes: [], content: 'text'},
  'bpmn:outgoing': {parents: nodes, attributes: [], content: 'text'},
  'bpmn:documentation': {parents: ['bpmn:process', 'bpmn:sequenceFlow', ...nodes], attributes: ['id', 'textFormat'], content: 'text'},
  'bpmn:textAnnotation': {parents: scopes, attributes: ['id', 'textFormat'], required: ['id']},
  'bpmn:text': {parents: ['bpmn:textAnnotation'], attributes: [], content: 'text'},
  'bpmn:association': {parents: scopes, attributes: ['id', 'sourceRef', 'targetRef', 'associationDirection'], required: ['id']},
  'bpmn:extensionElements': {parents: ['bpmn:startEvent', ...tasks], attributes: []},
  'banli:assignment': {parents: ['bpmn:extensionElements'], attributes: ['role', 'unit', 'sameAs', 'exclude', 'follow'], required: ['role', 'unit'], values: {follow: ['true']}},
  'banli:outcome': {parents: ['bpmn:extensionElements'], attributes: ['id', 'name', 'nameEn', 'tone', 'requires', 'when', 'confirm', 'confirmEn', 'confirmWhen', 'batch'], required: named, values: {tone: ['primary', 'default', 'danger'], batch: ['true']}},
  'banli:effect': {parents: ['banli:outcome'], attributes: ['kind', 'name', 'op', 'value', 'when', 'sender', 'reason', 'column', 'right'], required: ['kind'], values: {right: ['refuse', 'reason'], kind: ['set', 'field', 'hold', 'participants', 'request', 'excludeUnit', 'round', 'message'], op: ['set', 'push', 'pop', 'clear', 'approve', 'refuse']}},
  'banli:action': {parents: ['bpmn:extensionElements'], attributes: ['id', 'name', 'nameEn', 'command', 'message', 'fields', 'requires', 'when', 'clock', 'amountField', 'reasonField', 'untilField'], required: ['id', 'name', 'command', 'message'], values: {command: ['extend', 'pause', 'resume']}},
  'banli:input': {parents: ['bpmn:extensionElements'], attributes: ['name', 'value'], required: ['name', 'value']},
  'bpmndi:BPMNDiagram': {parents: ['bpmn:definitions'], attributes: ['id', 'name']},
  'bpmndi:BPMNPlane': {parents: ['bpmndi:BPMNDiagram'], attributes: ['id', 'bpmnElement']},
  'bpmndi:BPMNShape': {parents: ['bpmndi:BPMNPlane'], attributes: ['id', 'bpmnElement', 'isExpanded', 'isMarkerVisible', 'isHorizontal']},
  'bpmndi:BPMNEdge': {parents: ['bpmndi:BPMNPlane'], attributes: ['id', 'bpmnElement', 'sourceElement', 'targetElement']},
  'bpmndi:BPMNLabel': {parents: shapes, attributes: ['id']},
  'dc:Bounds': {parents: [...shapes, 'bpmndi:BPMNLabel'], attributes: ['x', 'y', 'width', 'height']},
  'di:waypoint': {parents: ['bpmndi:BPMNEdge'], attributes: ['x', 'y']},
};
